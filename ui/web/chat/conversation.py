"""A conversation on the page, apart from how it is drawn: what a question leads to, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answer import Answer, Question, Turn, UnknownMunicipalityError
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


def ask(open_assistant: Callable[[], Assistant], text: str, town: str, answers: tuple[Answer, ...]) -> Iterator[Step]:
    """Yield the steps of answering ``text`` for a municipality's code ("" for all), after the ``answers`` before it.

    The last step has either one answer more or a ``problem`` in Japanese.
    """
    try:
        question = Question(read_question(text), (town,) if town else (), history(answers))
        yield Step(answers, asked=question.text)
        so_far = ""
        for piece in open_assistant().stream(question):
            if isinstance(piece, Answer):
                yield Step((*answers, piece))
            else:
                so_far += piece
                yield Step(answers, asked=question.text, so_far=so_far)
    except QuestionRefusedError as error:
        yield Step(answers, problem=str(error), refused=error.code)
    except UnknownMunicipalityError as error:
        yield Step(answers, problem=str(error), refused="unknown_municipality")
    except CANNOT_OPEN:
        yield Step(answers, problem=UNAVAILABLE, refused="not_ready")
