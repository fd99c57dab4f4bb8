"""What goes into the assistant and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was typed, the municipalities selected (names or 6-digit codes) and the turns before it, oldest first."""

    text: str
    municipalities: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()


class Reason(StrEnum):
    """Why the assistant gives no answer."""

    NOT_IN_PLANS = "not_in_plans"
    MUNICIPALITY_NOT_COVERED = "municipality_not_covered"
    AMBIGUOUS_MUNICIPALITY = "ambiguous_municipality"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class CellRef:
    """Where in a table a quoted cell stands: the table's name, its row's label and its column's name."""

    table: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A word-for-word quote. ``text[start:end] == quote`` for the text of ``plan_id``, always."""

    n: int
    plan_id: str
    municipality: str
    municipality_code: str
    title: str
    heading_path: tuple[str, ...]
    page: int | None
    quote: str
    start: int
    end: int
    expired: bool
    cell: CellRef | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a user reads. An answer that is not abstained has at least one citation; ``id`` is random (128 bits).

    ``corpus`` is the digest of the index generation that it was drawn from: with the citations' offsets, its receipt.
    """

    id: str
    question: str
    answer: str
    abstained: bool
    reason: Reason | None
    citations: tuple[Citation, ...]
    notices: tuple[str, ...]
    suggestions: tuple[str, ...]
    mode: Literal["extractive", "chat_model"]
    seconds: float
    corpus: str = ""


class UnknownMunicipalityError(ValueError):
    """The filter names a municipality that the index does not hold. The message is Japanese and names those it holds."""


class ChatModelError(ValueError):
    """The chat model's settings cannot be used. The message is Japanese and says what to do."""
