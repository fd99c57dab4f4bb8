"""Letters of a page -> its lines of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ingest.extract.pdf_layout import LOWERED, RAISED, Glyph, TextLine

_GAP = 0.9  # of the type size; a wider gap parts two lines that stand beside each other
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_KANA = re.compile(r"[\u3040-\u30ff\s]+")


def read_lines(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """Return the lines that ``glyphs``, in the order of the file, make up; readings set above a line (ルビ) are left out."""
    lines = [_line(run) for run in _attach(_runs(glyphs))]
    return [line for line in lines if line.text and not _is_reading(line, lines)]


def _runs(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return stretches of letters that follow each other in the file, on one baseline and in one size."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and abs(glyph.bottom - last.bottom) <= 0.1 * last.size
            and abs(glyph.size - last.size) <= 0.1 * last.size
            and -0.5 * last.size <= glyph.x0 - last.x1 <= _GAP * last.size
        ):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [run for run in runs if any(not glyph.text.isspace() for glyph in run)]


def _attach(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """Return lines: runs that go on where another one ends, raised marks and other fonts among them."""
    lines: list[list[Glyph]] = []
    ahead: list[list[Glyph]] = []  # lines that a run further right can still join
    for run in sorted(runs, key=lambda run: run[0].x0):
        ahead = [line for line in ahead if line[-1].x1 >= run[0].x0 - 2 * max(line[-1].size, run[0].size)]
        fitting = [line for line in ahead if _goes_on(line, run)]
        if fitting:
            min(fitting, key=lambda line: abs(line[-1].x1 - run[0].x0)).extend(run)
        else:
            line = list(run)
            lines.append(line)
            ahead.append(line)
    return lines


def _goes_on(line: Sequence[Glyph], run: Sequence[Glyph]) -> bool:
    size = max(_size(line), _size(run))
    gap = run[0].x0 - line[-1].x1
    if not -0.5 * min(_size(line), _size(run)) <= gap <= _GAP * size:
        return False
    base, small = (line, run) if _size(run) <= _size(line) else (run, line)
    body = next(glyph for glyph in base if glyph.size >= 0.9 * size)
    mark = small[-1] if small is line else small[0]
    if mark.size > 0.8 * size:
        return abs(mark.bottom - body.bottom) <= 0.25 * size
    middle = (mark.top + mark.bottom) / 2
    return body.top - 0.3 * size <= middle <= body.bottom


def _size(glyphs: Sequence[Glyph]) -> float:
    return max(glyph.size for glyph in glyphs)


def _line(glyphs: Sequence[Glyph]) -> TextLine:
    letters = [glyph for glyph in glyphs if not glyph.text.isspace()]
    size = Counter(round(glyph.size, 1) for glyph in letters).most_common(1)[0][0]
    large = [glyph for glyph in letters if glyph.size >= 0.9 * size] or letters
    top, bottom = min(glyph.top for glyph in large), max(glyph.bottom for glyph in large)
    weight = Counter(glyph.weight for glyph in large).most_common(1)[0][0]
    text = _text(glyphs, size, bottom)
    return TextLine(text, letters[0].x0, max(glyph.x1 for glyph in letters), top, bottom, size, weight)


def _text(glyphs: Sequence[Glyph], size: float, bottom: float) -> str:
    out: list[str] = []
    raised = False
    for i, glyph in enumerate(glyphs):
        up = glyph.size < 0.8 * size and glyph.bottom < bottom - 0.15 * size and not glyph.text.isspace()
        if up != raised:
            out.append(RAISED if up else LOWERED)
            raised = up
        elif i and _is_apart(glyphs[i - 1], glyph):
            out.append(" ")
        out.append(glyph.text)
    if raised:
        out.append(LOWERED)
    return "".join(out).strip()


def _is_apart(left: Glyph, right: Glyph) -> bool:
    """Return whether a gap stands for a space that the file leaves out."""
    if left.text.isspace() or right.text.isspace():
        return False
    wide = 0.8 if _CJK.match(left.text) or _CJK.match(right.text) else 0.2
    return right.x0 - left.x1 > wide * min(left.size, right.size)


def _is_reading(line: TextLine, lines: Sequence[TextLine]) -> bool:
    """Return whether a line of small kana stands right above the words that it spells."""
    if _KANA.fullmatch(line.text) is None:
        return False
    return any(
        base.size >= 1.6 * line.size
        and base.x0 - base.size <= line.x0
        and line.x1 <= base.x1 + base.size
        and -0.5 * base.size <= base.top - line.bottom <= 0.3 * base.size
        for base in lines
    )
