"""Figures: of a picture that a text cannot hold, its caption and its source are left, and the words that were in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Span
from ingest.lines import Line, LineKind

SOURCE_STYLE = "source"
_CAPTION = re.compile(
    r"[【〔〈《\[［(（]?\s*(?:図表?|グラフ|写真)\s?(?:[0-9０-９]{1,3}(?:[-－‐―.．・][0-9０-９]{1,3})*)?[】〕〉》\]］)）]?"
    r"(?:[\s　：:.．]+|(?<=[】〕]))\S.{0,60}"
    r"|[【〔〈《].{2,40}(?:推移|予測|見通し|推計|内訳|割合|比率|構成比?|分布|比較|グラフ|図|イメージ|フロー)[】〕〉》]"
)
_SOURCE = re.compile(r"[(（※]?\s?(?:資料|出典|出所)[）)]?\s?[:：)）\s]|[(（](?:資料|出典|出所)")
_REMARK = re.compile(r"※|[(（]?注[)）]?[\s：:0-9０-９]")
_TAG = re.compile(r"</?fig\w+>")
_PICTURE = re.compile(r"<img\b[^<>]*>|!\[[^\]\n]*\]\([^)\n]*\)")
_WORDS_INSIDE = 30  # lines of axis labels and boxes that OCR may have read out of a figure
_LABEL = 60  # characters of the longest of them
_GAP = 2  # lines from a caption to what follows it, the blank one between them counted


def mark_figures(lines: Sequence[Line]) -> list[Line]:
    """Mark the caption of a figure and what stands below it: the words inside are set aside, source and remarks kept.

    A caption without a picture or a source below it stays a line of text; of one that OCR lost only blank lines are left.
    """
    out = list(lines)
    for i, line in enumerate(lines):
        if line.level or line.kind not in (LineKind.TEXT, LineKind.HEADING) or not _is_caption(line):
            continue
        inside, below = _inside(lines, i + 1)
        if below < len(lines) and (_SOURCE.match(lines[below].text) or _REMARK.match(lines[below].text)):
            for at in inside:
                out[at] = replace(lines[at], kind=LineKind.FURNITURE)
            while below < len(lines) and _is_source(lines, below):
                out[below] = replace(lines[below], kind=LineKind.FIGURE, style=SOURCE_STYLE)
                below += 1
            out[i] = replace(line, kind=LineKind.FIGURE, style="")
        elif _has_picture(lines, i):
            out[i] = replace(line, kind=LineKind.FIGURE, style="")
        elif line.kind is LineKind.HEADING and _gap(lines, i) > _GAP:
            out[i] = replace(line, kind=LineKind.TEXT, style="")
    return out


def _is_caption(line: Line) -> bool:
    return _CAPTION.fullmatch(_TAG.sub("", line.text).strip("*")) is not None


def _inside(lines: Sequence[Line], start: int) -> tuple[list[int], int]:
    """Return the short lines from ``start`` on that may stand in a figure, and the index of the line that does not."""
    inside: list[int] = []
    for at in range(start, len(lines)):
        line = lines[at]
        if line.kind in (LineKind.BLANK, LineKind.FURNITURE):
            continue
        label = (
            line.kind in (LineKind.TEXT, LineKind.ITEM) and len(line.text) <= _LABEL and not line.text.endswith("。")
        )
        if not label or _SOURCE.match(line.text) or _is_caption(line) or len(inside) == _WORDS_INSIDE:
            return inside, at
        inside.append(at)
    return inside, len(lines)


def figure_units(lines: Sequence[Line]) -> list[Span]:
    """Return caption, source and remarks of a figure as spans, each with the next line where the layout broke it."""
    units: list[Span] = []
    for line in lines:
        if units and line.style == SOURCE_STYLE and not (_SOURCE.match(line.text) or _REMARK.match(line.text)):
            units[-1] = Span(units[-1].start, line.span.end)
        else:
            units.append(line.span)
    return units


def _is_source(lines: Sequence[Line], at: int) -> bool:
    """Return whether a line is the source or a remark under a figure, or goes on with one that the layout broke."""
    goes_on = lines[at].kind is LineKind.TEXT and lines[at - 1].full and not lines[at - 1].text.endswith("。")
    marked = _SOURCE.match(lines[at].text) or _REMARK.match(lines[at].text)
    return marked is not None or (goes_on and _SOURCE.match(lines[at - 1].text) is not None)


def _has_picture(lines: Sequence[Line], caption: int) -> bool:
    near = [line for line in lines[max(0, caption - _GAP) : caption + _GAP + 1] if line.text]
    return any(_PICTURE.fullmatch(line.text) for line in near)


def _gap(lines: Sequence[Line], at: int) -> int:
    return next((j for j in range(at + 1, len(lines)) if lines[j].text), len(lines)) - at
