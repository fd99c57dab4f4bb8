"""What the measuring of ingestion against the inventories stands on: the compared form of words, scores, found parts."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.document import Chunk, Document, Kind, Unit
from ingest.formulas import without_formulas

Entry = dict[str, Any]
_MARKUP = re.compile(r"<sup>.*?</sup>|</?[a-z][^>]*>|\^\{[^}]*\}|\[[*※]+\d*\]|※\s?\d*|\*\*|^#+\s*")
_SIGNS = str.maketrans("", "", "■◆●★◇○【】〔〕『』《》〈〉")


def plain(words: str) -> str:
    """Return words as both sides are compared: no markup, note marks, label signs or blanks; NFKC.

    >>> plain("## 【デジタル・ インクルージョン<sup>※18</sup>】")
    'デジタル・インクルージョン'
    """
    bare = unicodedata.normalize("NFKC", _MARKUP.sub("", without_formulas(_MARKUP.sub("", words))))
    return re.sub(r"\s", "", bare.translate(_SIGNS))


@dataclass
class Score:
    """What was found of one kind: how many are right, expected and answered, and the misses and false finds in words."""

    right: int = 0
    expected: int = 0
    answered: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, *, right: bool, answered: bool = True) -> None:
        """Count one expected thing: found right, answered wrongly, or not found."""
        self.expected += 1
        self.right += right
        self.answered += right or answered
        if not right:
            (self.wrong if answered else self.missed).append(name)

    def false(self, name: str) -> None:
        """Count one find that the inventory does not hold."""
        self.answered += 1
        self.wrong.append(name)

    def line(self) -> str:
        """Return recall and precision with their counts, ``-`` where there is nothing to divide by."""
        return f"{_share(self.right, self.expected):>15}  {_share(self.right, self.answered):>15}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f} ({part}/{whole})" if whole else "-"


class Found:
    """A document as ingestion read it, with the lines at which its parts stand."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._starts = [0, *(m.end() for m in re.finditer("\n", document.text))]

    def line(self, offset: int) -> int:
        """Return the line, counted from 1, in which an offset lies."""
        return bisect_right(self._starts, offset)

    def start(self, line: int) -> int:
        """Return the offset at which a line begins."""
        return self._starts[line - 1]

    def first(self, chunk: Chunk) -> int:
        """Return the first line of a chunk."""
        return self.line(chunk.span.start)

    def of(self, *kinds: Kind) -> list[Chunk]:
        """Return the chunks of some kinds."""
        return [chunk for chunk in self.document.chunks if chunk.kind in kinds]

    def words(self, unit: Unit) -> str:
        """Return a unit's characters."""
        return unit.span.of(self.document.text)

    def paths(self) -> list[tuple[str, ...]]:
        """Return every heading with its path: those of the outlines, and those that chunks stand under."""
        paths: dict[tuple[str, ...], None] = {}
        for chunk in self.document.chunks:
            path = chunk.heading_path
            paths.update(dict.fromkeys(path[:depth] for depth in range(1, len(path) + 1)))
            if chunk.kind is Kind.OUTLINE:
                paths.update(dict.fromkeys((*path, self.words(unit)) for unit in chunk.units))
        return list(paths)


def ranges(entries: Iterable[Entry], key: str) -> list[list[int]]:
    """Return the line ranges that entries hold under a key."""
    return [entry[key] for entry in entries]


def inside(line: int, spans: Iterable[Iterable[int]]) -> bool:
    """Return whether a line lies in one of some line ranges, ends included."""
    return any(first <= line <= last for first, last in spans)


def data_lines(table: Entry, lines: Sequence[str]) -> list[int]:
    """Return the lines of a table's data rows, in every piece of it without the header; ``lines`` are the plan's.

    The rule of a Markdown table and the lines of an HTML table that hold no cell are no rows. All rows of an HTML table that
    stands on one line are that line.
    """
    found: list[int] = []
    for first, last in table["parts"]:
        piece = [line for line in range(first, last + 1) if _holds_cells(lines[line - 1])]
        found += piece[table.get("header_rows", 1) :] if len(piece) > 1 else piece
    return found


def _holds_cells(words: str) -> bool:
    html = re.search(r"<t[rdh]\b", words) is not None
    rule = re.fullmatch(r"[\s|:-]*-[\s|:-]*", words) is not None
    return html or not (rule or re.fullmatch(r"\s*</?t\w+[^<>]*>\s*", words) or "</table" in words)
