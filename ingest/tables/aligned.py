"""Tables whose columns are set apart by blanks alone, as a PDF's text or an OCR step may hand them on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import east_asian_width

from ingest.document import Span
from ingest.lines import Line, LineKind

ALIGNED = "aligned"
"""The style of a table row whose cells are parted by blanks."""

_GAP = re.compile(r"[ \u00a0]{2,}|[ \u00a0]*　[ 　\u00a0]+")
_LETTER_SPACED = re.compile(
    r"(?<=[\u3041-\u9fff])　　?(?=[\u3041-\u9fff](?:[\s　(（]|$))"
)  # 年　　度, 合　計: one word
_ROWS = 3  # with fewer, blanks may be chance
_OFF = 2  # columns by which a cell may stand beside its column's place
_IN_PLACE = 0.8  # share of cells that stand in a column's place
_LABEL = 40  # columns of a first cell; what is longer is a sentence
_FIGURE = re.compile(r"[\d０-９,，.．%％△▲―\-]+")
_WIDE = frozenset("WFA")  # East Asian widths of letters that take two columns


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a line between gaps, and the display column at which it begins."""

    column: int
    span: Span


def mark_aligned_tables(text: str, lines: Sequence[Line]) -> list[Line]:
    """Turn lines that blanks part into cells standing in columns, under a line of column names, into table rows."""
    out = list(lines)
    pieces = [_row_pieces(text, line) for line in lines]
    start = 0
    while start < len(lines):
        end = start
        if len(pieces[start]) > 1:
            second = pieces[start][1].column
            while end < len(lines) and (
                len(pieces[end]) > 1 or (pieces[end] and pieces[end][0].column >= second - _OFF)
            ):
                end += 1
            if _is_table(text, pieces[start:end]):
                out[start:end] = [replace(line, kind=LineKind.ROW, style=ALIGNED) for line in lines[start:end]]
        start = max(end, start + 1)
    return out


def aligned_rows(text: str, lines: Sequence[Line]) -> Iterator[tuple[Line, list[Span]]]:
    """Yield the rows of a table that blanks align: each with a cell for every column, what goes on in the next line joined."""
    rows = [_pieces(text, line) for line in lines]
    places = _places(rows)
    row: tuple[Line, list[Span]] | None = None
    for line, pieces in zip(lines, rows, strict=True):
        cells = [Span(line.span.end, line.span.end)] * len(places)
        if len(pieces) == len(places):
            cells = [piece.span for piece in pieces]
        for piece in pieces if len(pieces) < len(places) else ():
            at = max((i for i, place in enumerate(places) if place <= piece.column + _OFF), default=0)
            held = cells[at]
            cells[at] = piece.span if held.start == held.end else Span(held.start, piece.span.end)
        at = next(i for i, cell in enumerate(cells) if cell.start < cell.end)
        if row is not None and len(pieces) == 1 and at > 0 and at == len(places) - 1 and _filled(row[1][at]):
            whole = Span(row[1][at].start, cells[at].end)
            row = (replace(row[0], span=Span(row[0].span.start, line.span.end)), [*row[1][:at], whole])
        elif row is not None and len(pieces) == 1 and at == 1 and _last_filled(row[1]) == 1:
            whole = Span(row[1][1].start, cells[1].end)
            row = (replace(row[0], span=Span(row[0].span.start, line.span.end)), [row[1][0], whole, *row[1][2:]])
        else:
            if row is not None:
                yield row
            row = (line, cells)
    if row is not None:
        yield row


def _filled(cell: Span) -> bool:
    return cell.start < cell.end


def _last_filled(cells: Sequence[Span]) -> int:
    return max(i for i, cell in enumerate(cells) if _filled(cell))


def _row_pieces(text: str, line: Line) -> list[_Piece]:
    """Return the pieces of a line that may be a row: text, or what opens like a heading but has several cells."""
    if line.level or line.kind not in (LineKind.TEXT, LineKind.HEADING):
        return []
    pieces = _pieces(text, line)
    return pieces if line.kind is LineKind.TEXT or len(pieces) > 2 else []


def _pieces(text: str, line: Line) -> list[_Piece]:
    """Return the stretches of a line between gaps of two blanks and more."""
    begin = text.rfind("\n", 0, line.span.start) + 1
    words = text[begin : line.span.end]
    pieces: list[_Piece] = []
    at, column = 0, 0
    spaced = {match.start() for match in _LETTER_SPACED.finditer(words)}
    gaps = [gap for gap in _GAP.finditer(words) if gap.start() not in spaced]
    for start, end in zip([0, *(gap.end() for gap in gaps)], [*(gap.start() for gap in gaps), len(words)], strict=True):
        column += columns(words[at:start])
        if start < end:
            stripped = len(words[start:end]) - len(words[start:end].lstrip("　 "))
            pieces.append(_Piece(column + 2 * stripped, Span(begin + start + stripped, begin + end)))
        column += columns(words[start:end])
        at = end
    return [piece for piece in pieces if piece.span.start < piece.span.end]


def columns(words: str) -> int:
    """Return how many columns words take in a fixed-width print."""
    return sum(2 if east_asian_width(letter) in _WIDE else 1 for letter in words)


def _is_table(text: str, rows: Sequence[Sequence[_Piece]]) -> bool:
    full = [row for row in rows if len(row) > 1]
    names = [piece.span.of(text) for piece in full[0]] if full else []
    if len(full) < _ROWS or any(map(_FIGURE.fullmatch, names)):
        return False
    places = _places(rows)
    if len(places) < 2 or any(columns(row[0].span.of(text)) > _LABEL for row in full):
        return False
    short = [row for row in rows if len(row) < len(places)]
    cells = [piece.column for row in short for piece in row if piece is not row[0] or piece.column > _OFF]
    placed = sum(any(abs(column - place) <= _OFF for place in places) for column in cells)
    return placed >= len(cells) * _IN_PLACE


def _places(rows: Sequence[Sequence[_Piece]]) -> list[int]:
    """Return the columns at which cells begin: those of the line with most cells, and others where several lines have one.

    A line with as many cells as there are columns fills them in order, wherever its figures stand.
    """
    widest = max(rows, key=len)
    counts = Counter(piece.column for row in rows for piece in row if len(row) < len(widest))
    places = [piece.column for piece in widest]
    for column, count in sorted(counts.items()):
        if count > 1 and all(abs(column - place) > _OFF for place in places):
            places.append(column)
    return sorted(places)
