"""What is evaluated: the assistant in this process, or one behind an address. Both are asked in the same way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Answer, Question
from evals.corpus import Corpus
from ingest.document import Span


class AskingFailedError(RuntimeError):
    """A question got no reply at all, or one that is none. It counts as an error and is never scored as an answer."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that the search found: the plan's id and the span of its text."""

    plan_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Identity:
    """What was evaluated, so that another run can be compared with it.

    ``where`` is "in process" or an address, ``generation`` the index's id, ``manifest`` what built the index, ``clock`` the
    moment that decided which plans had expired ("server" where it cannot be known).
    """

    where: str
    version: str
    generation: str
    manifest: dict[str, str]
    settings: dict[str, str]
    clock: str


class Subject(Protocol):
    """Something that answers questions over plans."""

    @property
    def corpus(self) -> Corpus:
        """The plans that it answers from."""

    @property
    def identity(self) -> Identity:
        """What it is."""

    def answer(self, question: Question) -> Answer:
        """Return the answer. Raises ``AskingFailedError`` when there is none."""

    def search(self, question: Question, k: int) -> list[Passage]:
        """Return the ``k`` best passages for the question, best first. Raises ``AskingFailedError``."""
