"""A fact that a text states, with the place that states it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ingest.document import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A value and the span of the text that states it."""

    value: T
    span: Span


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places of one text that state a field differently; ``used`` is the one that counts."""

    field: str
    used: Span
    other: Span


def first(statements: Sequence[Stated[T]]) -> Stated[T] | None:
    """Return the statement that counts, which stands first, or ``None`` where nothing is stated."""
    return statements[0] if statements else None


def conflicts(field: str, statements: Sequence[Stated[T]]) -> Iterable[Conflict]:
    """Yield where a later statement says another thing than the first, each other value once."""
    seen = [statement.value for statement in statements[:1]]
    for statement in statements[1:]:
        if statement.value not in seen:
            seen.append(statement.value)
            yield Conflict(field, statements[0].span, statement.span)
