"""Asking the assistant, and reading figures and citations out of what it says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.answer import Answer, Question, Turn
from evals.read_cases import read_cases

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ROOT / "evals" / "questions"
PERIOD = "計画の期間はいつからいつまでですか？"
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_MARK = re.compile(r"\[([0-9]+)\]")


class Ask(Protocol):
    """Ask a question, perhaps with towns selected and turns before it."""

    def __call__(self, text: str, *towns: str, history: Sequence[Turn] = ()) -> Answer:
        """Return the answer."""


@dataclass(frozen=True, slots=True)
class Case:
    """A development question. ``towns`` are those that it is about, named, selected or spoken of before; none: all."""

    case_id: str
    question: Question
    type: str
    towns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A development question and the answer it got."""

    case: Case
    answer: Answer


def development_cases() -> Iterator[Case]:
    """Yield the development questions of ``evals/questions/dev*.jsonl``; the blind set stays unread."""
    for case in read_cases(sorted(QUESTIONS.glob("dev*.jsonl"))):
        yield Case(case.id, case.asked, case.type, case.municipalities)


def conversation(*texts: str) -> tuple[Turn, ...]:
    """Return turns of a user and the assistant in alternation, the user first."""
    return tuple(Turn("assistant" if i % 2 else "user", text) for i, text in enumerate(texts))


def numbers(text: str) -> set[str]:
    """Return the numbers in a text, full-width as half-width, without thousands separators.

    >>> sorted(numbers("１，１６４件と74.9%[1]"))
    ['1', '1164', '74.9']
    """
    return {number.replace(",", "") for number in _NUMBER.findall(unicodedata.normalize("NFKC", text))}


def marks(answer: Answer) -> set[int]:
    """Return the numbers of the [n] marks in an answer's text."""
    return {int(n) for n in _MARK.findall(answer.answer)}


def without_marks(text: str) -> str:
    """Return a text without its [n] marks."""
    return _MARK.sub("", text)


def places(answer: Answer) -> list[tuple[str, int, int]]:
    """Return where an answer's citations stand, in order: what it says, apart from the words around it."""
    return [(c.plan_id, c.start, c.end) for c in answer.citations]


def towns(answer: Answer) -> set[str]:
    """Return the municipalities that an answer cites."""
    return {c.municipality for c in answer.citations}


def quoted(answer: Answer) -> str:
    """Return all quotes of an answer as one text."""
    return "\n".join(c.quote for c in answer.citations)
