"""Ruled tables of a PDF page: ruling lines -> cells, each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from ingest.extract.pdf_columns import merge_rows
from ingest.extract.pdf_layout import Box, Glyph, TableBlock, TextLine, join
from ingest.extract.pdf_lines import read_lines

if TYPE_CHECKING:
    from pdfplumber.page import Page

_MAX_CROSSINGS = 6_000  # of lines on a page; more is a map or a chart, and finding its cells takes minutes
_SNAP = 3.0  # points; edges nearer than this are one
_PADDING = 8.0  # points at most between a cell's edge and its text, where the text fills the cell
_BULLET = re.compile(r"[・･•‣◦▪▫●○◎■□◆◇※➢►▶\-*\uf020-\uf0ff]|[(（]?[0-9０-９]{1,2}[)）.．]|[①-⑳]")

Area = tuple[float, float, float, float]  # x0, top, x1, bottom
Edges = Sequence[dict[str, Any]]


def find_tables(page: Page, glyphs: Sequence[Glyph]) -> tuple[list[TableBlock], list[Glyph]]:
    """Return the tables that ruling lines draw, and the letters that stand in none of them.

    A table has two columns or more, and more than one cell with words; a frame around text is none.
    """
    if _crossings(page.edges) > _MAX_CROSSINGS:
        return [], list(glyphs)
    blocks: list[TableBlock] = []
    outside = list(glyphs)
    found, edges = _cells(page)
    for cells in found:
        xs = _distinct([x for cell in cells for x in (cell[0], cell[2])])
        ys = _distinct([y for cell in cells for y in (cell[1], cell[3])])
        areas = [*cells, *_open_areas(cells, xs, ys, edges)]
        held: list[list[Glyph]] = [[] for _ in areas]
        rest: list[Glyph] = []
        for glyph in outside:
            at = _holder(areas, glyph)
            (rest if at is None else held[at]).append(glyph)
        boxes = [_box(area, inside, ys) for area, inside in zip(areas, held, strict=True)]
        if len(xs) > 2 and sum(bool(box.text) for box in boxes) > 1:
            whole = [box for i, box in enumerate(boxes) if i < len(cells) or box.text]
            blocks.append(TableBlock(tuple(whole), tuple(xs), len(ys) - 1, xs[0], xs[-1], ys[0], ys[-1]))
            outside = rest
    return blocks, outside


def _crossings(edges: Edges) -> int:
    upright: set[int] = set()
    level: set[int] = set()
    for edge in edges:
        if edge["orientation"] == "v":
            upright.add(int(edge["x0"] // _SNAP))
        else:
            level.add(int(edge["top"] // _SNAP))
    return len(upright) * len(level)


def _cells(page: Page) -> tuple[list[list[Area]], Edges]:
    """Return the cells of each table, and the lines; sides that a design leaves open count as drawn."""
    finder = page.debug_tablefinder()
    sides = _open_sides(finder.edges)
    if len(sides) >= 2:
        finder = page.debug_tablefinder({"explicit_vertical_lines": sides})
    return [table.cells for table in finder.tables], finder.edges


def _open_sides(edges: Edges) -> list[dict[str, Any]]:
    """Return lines for the left and right sides of rulings that share both ends, three or more, but have no side there."""
    groups: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for edge in edges:
        if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > 20:
            groups.setdefault((round(edge["x0"] / _SNAP), round(edge["x1"] / _SNAP)), []).append(edge)
    sides: list[dict[str, Any]] = []
    for group in groups.values():
        if len(group) < 3:
            continue
        top, bottom = min(edge["top"] for edge in group), max(edge["top"] for edge in group)
        upright = [
            edge for edge in edges if edge["orientation"] == "v" and edge["bottom"] > top and edge["top"] < bottom
        ]
        inner = [edge for edge in upright if group[0]["x0"] + _SNAP < edge["x0"] < group[0]["x1"] - _SNAP]
        for x in (group[0]["x0"], group[0]["x1"]):
            if inner and not any(abs(edge["x0"] - x) <= _SNAP for edge in upright):
                sides.append(_upright(x, top, bottom))
    return sides


def _upright(x: float, top: float, bottom: float) -> dict[str, Any]:
    return {"object_type": "line", "x0": x, "x1": x, "top": top, "bottom": bottom, "width": 0, "height": bottom - top}


def _distinct(values: Iterable[float]) -> list[float]:
    """Return the distinct edges, those nearer than _SNAP as one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _SNAP:
            out.append(float(value))
    return out


def _at(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))


def _open_areas(cells: Sequence[Area], xs: Sequence[float], ys: Sequence[float], edges: Edges) -> list[Area]:
    """Return the areas inside a table that no cell covers: a merged cell that a page break leaves open, for example.

    At the table's top and foot they reach as far as the upright lines beside them.
    """
    covered = {
        (row, column)
        for x0, top, x1, bottom in cells
        for row in range(_at(ys, top), _at(ys, bottom))
        for column in range(_at(xs, x0), _at(xs, x1))
    }
    areas: list[Area] = []
    for column, (x0, x1) in enumerate(pairwise(xs)):
        beside = [
            edge
            for edge in edges
            if edge["orientation"] == "v" and min(abs(edge["x0"] - x0), abs(edge["x0"] - x1)) <= _SNAP
        ]
        for is_open, group in groupby(range(len(ys) - 1), key=lambda row: (row, column) not in covered):
            rows = list(group)
            if is_open:
                top, bottom = ys[rows[0]], ys[rows[-1] + 1]
                if rows[0] == 0:
                    top = min([edge["top"] for edge in beside if edge["bottom"] >= top], default=top)
                if rows[-1] == len(ys) - 2:
                    bottom = max([edge["bottom"] for edge in beside if edge["top"] <= bottom], default=bottom)
                areas.append((x0, min(top, ys[rows[0]]), x1, max(bottom, ys[rows[-1] + 1])))
    return areas


def _holder(areas: Sequence[Area], glyph: Glyph) -> int | None:
    """Return which area holds the middle of a letter."""
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return next((i for i, (x0, top, x1, bottom) in enumerate(areas) if x0 <= x < x1 and top <= y < bottom), None)


def _box(area: Area, glyphs: Sequence[Glyph], ys: Sequence[float]) -> Box:
    x0, top, x1, bottom = area
    row = _at(ys, top)
    return Box(x0, x1, row, max(_at(ys, bottom) - row, 1), _words(glyphs, x0, x1))


def _words(glyphs: Sequence[Glyph], x0: float, x1: float) -> str:
    """Return a cell's words: lines that the cell's width broke are joined, lines that the author broke get a space."""
    lines = [line for line in merge_rows(read_lines(glyphs)) if isinstance(line, TextLine)]
    if not lines:
        return ""
    gap = min(min(line.x0 for line in lines) - x0, x1 - max(line.x1 for line in lines))
    room = x1 - x0 - 2 * max(0.0, min(gap, _PADDING))
    text = lines[0].text
    for last, line in pairwise(lines):
        filled = last.x1 - last.x0 + line.first_word > room and not _BULLET.match(line.text)
        text = join(text, line.text) if filled else f"{text} {line.text}"
    return " ".join(text.split(" ")).strip()
