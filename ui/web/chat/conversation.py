"""A conversation on the page, apart from how it is drawn: what a question leads to, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from assistant.answer import Answer, Question, Turn, UnknownMunicipalityError
from ui.admission import BusyError
from ui.open import CANNOT_OPEN
from ui.question import QuestionRefusedError, read_question

if TYPE_CHECKING:
    from assistant.assistant import Assistant

MOST_TURNS = 20
"""Earlier messages given to a follow-up question, as in the HTTP contract."""

UNAVAILABLE = "申し訳ありません。ただいま計画を調べられません。しばらくしてから、もう一度お試しください。"


@dataclass(frozen=True, slots=True)
class Step:
    """What the page shows at one moment. ``asked`` is the question being answered, ``problem`` what went wrong.

    ``refused`` is the code of the problem, as the API has it.
    """

    answers: tuple[Answer, ...]
    asked: str = ""
    so_far: str = ""
    problem: str = ""
    refused: str = ""


def history(answers: tuple[Answer, ...]) -> tuple[Turn, ...]:
    """Return the last ``MOST_TURNS`` messages of a conversation, oldest first."""
    turns: list[Turn] = []
    for answer in answers[-(MOST_TURNS // 2) :]:
        turns += [Turn("user", answer.question), Turn("assistant", answer.answer)]
    return tuple(turns)


def ask(
    open_assistant: Callable[[], Assistant],
    text: str,
    town: str,
    answers: tuple[Answer, ...],
    *,
    turn: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Iterator[Step]:
    """Yield the steps of answering ``text`` for a municipality's code ("" for all), after the ``answers`` before it.

    ``turn`` is held while the answer is worked out, which the first of its pieces waits for.
    The last step has either one answer more or a ``problem`` in Japanese.
    """
    try:
        question = Question(read_question(text), (town,) if town else (), history(answers))
        yield Step(answers, asked=question.text)
        so_far = ""
        pieces = open_assistant().stream(question)
        with turn():
            first = next(pieces)
        for piece in chain([first], pieces):
            if isinstance(piece, Answer):
                yield Step((*answers, piece))
            else:
                so_far += piece
                yield Step(answers, asked=question.text, so_far=so_far)
    except BusyError as error:
        yield Step(answers, problem=str(error), refused="busy")
    except QuestionRefusedError as error:
        yield Step(answers, problem=str(error), refused=error.code)
    except UnknownMunicipalityError as error:
        yield Step(answers, problem=str(error), refused="unknown_municipality")
    except CANNOT_OPEN:
        yield Step(answers, problem=UNAVAILABLE, refused="not_ready")
