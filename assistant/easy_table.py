"""Formal words and the plain ones that stand in their place, as a documented table (``easy_words.txt``) read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from assistant.easy_verbs import Verb
from index.tokens import tokenize

_TABLE = Path(__file__).with_name("easy_words.txt")

Sort = Literal["=", "~", "+"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table for one spelling of its formal words.

    ``sort`` is the line's sign. ``lead`` is what a text holds wherever the entry applies: all of ``formal``, but for ``~``,
    where both sides end in a verb: ``formal`` is ``lead`` and a form of ``verb``, ``plain`` is ``plain_lead`` and a form of
    ``plain_verb``.
    """

    sort: Sort
    formal: str
    plain: str
    lead: str
    verb: Verb | None = None
    plain_lead: str = ""
    plain_verb: Verb | None = None


@cache
def entries() -> Mapping[str, tuple[Entry, ...]]:
    """Return the table by the first letter of the formal words, the longest first."""
    table: dict[str, list[Entry]] = defaultdict(list)
    for sort, formal, plain in _lines():
        for spelling in formal.split("|"):
            table[spelling[0]].append(_entry(sort, spelling, plain))
    return {
        first: tuple(sorted(found, key=lambda e: (-len(e.formal), e.sort == "~"))) for first, found in table.items()
    }


@cache
def doers() -> frozenset[str]:
    """Return the words for people and offices that do things."""
    lines = (line.split() for line in _TABLE.read_text("utf-8").splitlines())
    return frozenset(word for kind, *words in filter(None, lines) if kind == "!" for word in words)


def _lines() -> Iterator[tuple[Sort, str, str]]:
    for line in _TABLE.read_text("utf-8").splitlines():
        if line.startswith(("=", "~", "+")):
            sort, formal, plain = line.split()
            yield _sort(sort), formal, plain


def _sort(sign: str) -> Sort:
    return "=" if sign == "=" else "~" if sign == "~" else "+"


def _entry(sort: Sort, formal: str, plain: str) -> Entry:
    if sort != "~":
        return Entry(sort, formal, plain, lead=formal)
    lead, verb = _last_verb(formal)
    plain_lead, plain_verb = _last_verb(plain)
    return Entry(sort, formal, plain, lead, verb, plain_lead, plain_verb)


def _last_verb(words: str) -> tuple[str, Verb]:
    """Return what stands before the last verb, and the verb."""
    last = tokenize(words)[-1]
    return words[: last.start], Verb.of(last)
