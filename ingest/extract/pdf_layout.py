"""What stands where on a PDF page: lines of text, tables and rules, in points from the page's top left corner."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

RAISED, LOWERED = "\ufdd0", "\ufdd1"  # around letters set small and raised; noncharacters, so no text holds them
_LATIN = re.compile(r"[!-~À-ʯ]")
# What a line break keeps together: a Latin word, opening brackets with what follows, closing marks with what precedes.
_FIRST_WORD = re.compile(
    r"[（「『【〔(]*(?:[!-~À-ʯ]+|.)[、。，．）」』】〕・：；！？ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ]*"
)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter. ``weight`` grows with the font's thickness; 4 is a plain Mincho."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    weight: int


@dataclass(frozen=True)
class TextLine:
    """Letters on one baseline without a wide gap; raised letters stand between RAISED and LOWERED."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    weight: int

    @cached_property
    def first_word(self) -> float:
        """Return the width, in points, of what a line break before this line could not have parted."""
        word = _FIRST_WORD.match(self.text.replace(RAISED, "").replace(LOWERED, ""))
        return sum(self.size * (0.5 if _LATIN.match(letter) else 1.0) for letter in word[0]) if word else self.size


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a ruled table: between which x it stands, in which row, how far down it reaches, and its words."""

    x0: float
    x1: float
    row: int
    rows: int
    text: str


@dataclass(frozen=True)
class TableBlock:
    """A ruled table, or the part of one that stands on a page. ``edges`` are the x of its columns, ``height`` its rows."""

    boxes: tuple[Box, ...]
    edges: tuple[float, ...]
    height: int
    x0: float
    x1: float
    top: float
    bottom: float


Piece = TextLine | TableBlock


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line that belongs to no table."""

    x0: float
    x1: float
    y: float


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page. ``unreadable`` counts letters without a Unicode value, ``letters`` all; ``picture`` says that an image fills it."""

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]
    rules: tuple[Rule, ...]
    letters: int
    unreadable: int
    picture: bool

    @property
    def lines(self) -> list[TextLine]:
        """Return the lines outside tables."""
        return [piece for piece in self.pieces if isinstance(piece, TextLine)]


def join(first: str, second: str) -> str:
    """Return two stretches of one sentence as one: a space only where two Latin words meet.

    >>> join("人工知能（", "AI）の活用"), join("Artificial", "Intelligence")
    ('人工知能（AI）の活用', 'Artificial Intelligence')
    """
    apart = _LATIN.match(first[-1:]) and _LATIN.match(second[:1]) and first[-1] not in "-/(["
    return f"{first} {second}" if apart else first + second


def body_size(pages: tuple[PageLayout, ...]) -> float:
    """Return the size, in points, that most of the text outside tables is set in; 10.5 where there is none."""
    counts: dict[float, int] = {}
    for page in pages:
        for line in page.lines:
            size = round(line.size * 2) / 2
            counts[size] = counts.get(size, 0) + len(line.text)
    return max(counts, key=lambda size: (counts[size], size), default=10.5)
