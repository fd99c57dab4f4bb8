"""The reading order of a page: bands that run over the whole width, and columns between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import groupby
from statistics import median

from ingest.extract.pdf_layout import Piece, TableBlock, TextLine

_BULLET = re.compile(r"[・･•‣◦▪●○■\-*\uf020-\uf0ff]|[(（]?[0-9０-９]{1,2}[)）.．]|[①-⑳]")


class Column(IntEnum):
    """Where on its page a piece stands."""

    WHOLE = 0
    LEFT = 1
    RIGHT = 2


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece in reading order, with its page (the first is 1) and column."""

    piece: Piece
    page: int
    column: Column


def reading_order(pieces: Sequence[Piece], page: int) -> list[Placed]:
    """Return the pieces of a page in reading order, lines that stand side by side outside columns joined into one."""
    gutter = _gutter(pieces)
    if gutter is None:
        return [Placed(piece, page, Column.WHOLE) for piece in merge_rows(pieces)]
    out: list[Placed] = []
    for band in _bands(pieces, gutter):
        left = [piece for piece in band if piece.x1 <= gutter + 1]
        right = [piece for piece in band if piece.x0 >= gutter - 1]
        if len(left) + len(right) == len(band) and _are_columns(left, right):
            out += [Placed(piece, page, Column.LEFT) for piece in merge_rows(left)]
            out += [Placed(piece, page, Column.RIGHT) for piece in merge_rows(right)]
        else:
            out += [Placed(piece, page, Column.WHOLE) for piece in merge_rows(band)]
    return out


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Return the x at which most pieces of a right column begin, or ``None`` where the page has no two columns."""
    if len(pieces) < 4:
        return None
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    low, high = left + 0.3 * (right - left), left + 0.7 * (right - left)

    def score(x: float) -> tuple[int, int]:
        before = sum(piece.x1 <= x + 1 for piece in pieces)
        after = sum(piece.x0 >= x - 1 for piece in pieces)
        return min(before, after), before + after

    candidates = {piece.x0 for piece in pieces if low <= piece.x0 <= high}
    best = max(candidates, key=score, default=None)
    return best if best is not None and score(best)[0] >= 2 else None


def _bands(pieces: Sequence[Piece], gutter: float) -> list[list[Piece]]:
    """Return the pieces from top to bottom, parted wherever one of them crosses the gutter."""

    def crosses(piece: Piece) -> bool:
        return piece.x0 < gutter - 1 and piece.x1 > gutter + 1

    # a whole row crosses when one of its pieces does
    rows = _row_groups(pieces)
    return [
        [piece for row in group for piece in row]
        for _, group in groupby(rows, key=lambda row: any(crosses(piece) for piece in row))
    ]


def _are_columns(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Return whether two sides of a band are columns of running text or lists, not labels beside their descriptions."""
    if not left or not right or len(left) + len(right) < 4:
        return False
    overlap = min(left[-1].bottom, right[-1].bottom) - max(left[0].top, right[0].top)
    if overlap <= 0:
        return False
    if all(isinstance(piece, TextLine) and _BULLET.match(piece.text) for piece in (*left, *right)):
        return True
    return _fills(left) and _fills(right)


def _fills(side: Sequence[Piece]) -> bool:
    """Return whether most lines of a side are about as long as its longest, and long enough to be running text."""
    if any(isinstance(piece, TableBlock) for piece in side):
        return True
    width = max(piece.x1 for piece in side) - min(piece.x0 for piece in side)
    size = median(piece.size for piece in side if isinstance(piece, TextLine))
    return width >= 9 * size and median(piece.x1 - piece.x0 for piece in side) >= 0.5 * width


def _row_groups(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return pieces from top to bottom, those on one baseline together, each row from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(
        pieces, key=lambda piece: (piece.bottom if isinstance(piece, TextLine) else piece.top, piece.x0)
    ):
        last = rows[-1][0] if rows else None
        same = (
            isinstance(piece, TextLine)
            and isinstance(last, TextLine)
            and abs(piece.bottom - last.bottom) <= 0.3 * min(piece.size, last.size)
        )
        if same:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.x0) for row in rows]


def merge_rows(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces from top to bottom, lines on one baseline joined into one."""
    out: list[Piece] = []
    for row in _row_groups(pieces):
        lines = [piece for piece in row if isinstance(piece, TextLine)]
        out.append(_side_by_side(lines) if len(lines) == len(row) else row[0])
    return out


def _side_by_side(lines: Sequence[TextLine]) -> TextLine:
    first = lines[0]
    if len(lines) == 1:
        return first
    text = " ".join(line.text for line in lines)
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    longest = max(lines, key=lambda line: len(line.text))
    return replace(first, text=text, x1=lines[-1].x1, top=top, bottom=bottom, size=longest.size, weight=longest.weight)
