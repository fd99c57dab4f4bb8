"""English words and phrases -> Japanese ones, as a documented table (``english.txt``) read once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("english.txt")

NUMBER = "<n>"  # what stands for any number, in the table and among the words that are looked up
LONGEST = 9  # words of the longest phrase that is looked up
ARTICLES = frozenset({"a", "an", "the"})
_WORD = re.compile(r"<n>|[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+(?:['.&][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase is in Japanese: the words in its place, and what it asks at the end of the sentence.

    ``rank`` is 1 for what always asks, 2 and 3 for what asks only where nothing of a lower rank does; 0 asks nothing.
    """

    words: str
    asks: str = ""
    rank: int = 0

    @property
    def empty(self) -> bool:
        """Whether the phrase says nothing: grammar, politeness."""
        return not (self.words or self.asks)


def words_of(text: str) -> list[str]:
    """Return the words of an English text as they are looked up: no articles, parted at hyphens, lower case but for HR.

    >>> words_of("The My-Number cards of the HR")
    ['my', 'number', 'cards', 'of', 'HR']
    """
    words = (word if _is_acronym(word) else word.casefold() for word in _WORD.findall(text))
    return [word for word in words if word not in ARTICLES]


def look_up(words: Sequence[str], *, first: bool = False) -> Entry | None:
    """Return what a phrase is in Japanese; ``first`` says that it begins its sentence. ``None``: the table has no line.

    >>> look_up(["elderly", "people"]).words, look_up(["how", "many", "people"]).asks
    ('高齢者', '何人ですか')
    >>> look_up(["xylophone"])
    """
    exact, stems = _tables()
    phrase = tuple(words)
    if first and ("^", *phrase) in exact:
        return exact["^", *phrase]
    return exact.get(phrase) or stems.get(_stems(phrase))


@cache
def _tables() -> tuple[dict[tuple[str, ...], Entry], dict[tuple[str, ...], Entry]]:
    exact: dict[tuple[str, ...], Entry] = {}
    stems: dict[tuple[str, ...], Entry] = {}
    for phrase, entry in _lines():
        start = ("^",) if phrase.startswith("^") else ()
        words = tuple(words_of(phrase))
        if not words:
            continue
        exact.setdefault((*start, *words), entry)
        if not start:
            stems.setdefault(_stems(words), entry)
    return exact, stems


def _lines() -> Iterator[tuple[str, Entry]]:
    """Yield every English phrase of the table with what it is in Japanese."""
    for line in _TABLE.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        english, japanese = line.split(" = ")
        rank = japanese.count("?")
        words, _, asks = japanese.partition("?")
        entry = Entry(words.strip().removeprefix("-"), asks.strip("? "), rank)
        for phrase in english.split("|"):
            yield phrase.strip(), entry


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _stems(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(_stem, words))


def _stem(word: str) -> str:
    """Return what is left of an English word without -s, -ed, -ing: the same for all its forms, and rarely for others."""
    if len(word) <= 3 or word == NUMBER or not word.islower():
        return word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] in "bdgmnprt":
                word = word[:-1]
            break
    if word.endswith("ied"):
        word = word[:-3] + "y"
    return word.removesuffix("e") if len(word) > 3 else word
