"""A plan's reading -> HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.blocks import wrapped
from ingest.heading_styles import heading_style
from ingest.lines import Line, LineKind, heading_text, item_text
from ingest.tables.aligned import columns
from ui.web.plan_view.link import quote_id
from ui.web.plan_view.parts import Part
from ui.web.plan_view.reading import Reading
from ui.web.plan_view.tables import read_tables, write_table
from ui.web.plan_view.writer import Marked, Writer

_DEEPEST = 6  # HTML's last level of headings; the page's own heading is the first
_NESTED = 2  # columns by which an item stands further in than the list that it belongs to
_RULE = re.compile(r"[-–—―=*_#\s]+")
_BULLET = re.compile(r"[-*+・･•\s　]+")
_LOOKS = {LineKind.CONTENTS: "plan-contents", LineKind.FIGURE: "plan-figure", LineKind.FURNITURE: "plan-furniture"}


def render_plan(reading: Reading, marks: Sequence[tuple[int, int]] = (), hits: Sequence[tuple[int, int]] = ()) -> str:
    """Return the whole plan as HTML; its text content is the plan's text, white space apart.

    Each span ``(start, end)`` of ``marks`` is in ``mark.plan-quote`` elements, the first of them with the id
    ``quote-START-END``; the spans of ``hits`` in ``mark.plan-hit``, the first of each with the id ``hit-N``, N from 1. A span
    that crosses cells, blocks or links has several elements, which together hold its characters and no others. Headings are
    h2 to h6 with the id ``s-START``.

    >>> from ui.web.plan_view.reading import read_plan
    >>> print(render_plan(read_plan("- 期間は5年間とします。", "計画"), [(5, 8)]))
    <ul><li><span hidden>&#45; </span>期間は<mark class="plan-quote" id="quote-5-8">5年間</mark>とします。</li></ul>
    """
    shown = [Marked(start, end, quote_id(start, end), "plan-quote") for start, end in marks]
    shown += [Marked(start, end, f"hit-{n}", "plan-hit") for n, (start, end) in enumerate(hits, start=1)]
    writer = Writer(reading.text, shown, reading.links)
    names = {note.start: note.name for note in reading.notes}
    page = 0
    for part in reading.parts:
        writer.blank(part.start)
        while page < len(reading.pages) and reading.pages[page] <= part.start:
            page += 1
            writer.add(f'<hr class="plan-page" id="page-{page}" data-page="{page}" aria-label="{page}ページ">')
        _write(writer, reading, part, names)
    writer.blank(len(reading.text))
    return writer.html()


def _write(writer: Writer, reading: Reading, part: Part, names: dict[int, str]) -> None:
    if part.kind is LineKind.HEADING:
        _write_heading(writer, part)
    elif part.kind is LineKind.ROW and (tables := read_tables(reading.text, part)):
        for table in tables:
            end = part.end if table is tables[-1] else max(cell.span.end for row in table.rows for cell in row)
            write_table(writer, table, end, names)
    elif part.kind is LineKind.ITEM:
        _write_list(writer, reading.text, part)
    elif part.kind in (LineKind.ENTRY, LineKind.FOOTNOTE):
        _write_note(writer, reading, part, names)
    elif part.kind is LineKind.FURNITURE and _RULE.fullmatch(part.lines[0].text):
        writer.add("<hr>")
        writer.hidden(part.end)
    else:
        look = _LOOKS.get(part.kind, "")
        writer.add(f'<p class="{look}">' if look else "<p>")
        _write_lines(writer, part.lines, broken=part.kind is not LineKind.TEXT)
        writer.add("</p>")


def _write_heading(writer: Writer, part: Part) -> None:
    level = min(len(part.path) + 1, _DEEPEST)
    line = part.lines[0]
    writer.add(f'<h{level} id="s-{part.start}" tabindex="-1">')
    writer.hidden(line.span.start + line.text.find(heading_text(line.text)))
    writer.words(line.span.start + line.text.rfind(heading_text(line.text)) + len(heading_text(line.text)))
    writer.hidden(part.end)
    writer.add(f"</h{level}>")


def _write_lines(writer: Writer, lines: Sequence[Line], *, broken: bool = False) -> None:
    """Write lines, each on its own unless the layout broke them; ``broken``: every one was meant."""
    writer.words(lines[0].span.end)
    for last, line in pairwise(lines):
        if not broken and wrapped(last, line, blank=False):
            writer.joined(line.span.start)
        else:
            writer.blank(line.span.start)
            writer.line_break()
        writer.words(line.span.end)


def _write_list(writer: Writer, text: str, part: Part) -> None:
    margin = _margin(text, part.lines[0])
    inner = False
    writer.add("<ul>")
    for at, line in enumerate(part.lines):
        writer.blank(line.span.start)
        if at and line.kind is not LineKind.ITEM:
            writer.line_break()
            writer.words(line.span.end)
            continue
        nested = at > 0 and _margin(text, line) >= margin + _NESTED
        if at:
            writer.add("<ul>" if nested and not inner else "</li></ul></li>" if inner and not nested else "</li>")
        inner = nested
        _write_item(writer, line)
    writer.add("</li></ul></li></ul>" if inner else "</li></ul>")


def _write_item(writer: Writer, line: Line) -> None:
    """Write an item, its bullet as the list's own; a number or another sign stays and stands in the bullet's place."""
    words = item_text(line)
    bullet = line.text[: words.start - line.span.start]
    plain = bool(bullet) and _BULLET.fullmatch(bullet) is not None
    own = not plain or heading_style(words.of(" " * words.start + line.text[len(bullet) :])) != ""
    writer.add('<li class="plan-numbered">' if own else "<li>")
    if plain:
        writer.hidden(words.start)
    writer.words(line.span.end)


def _margin(text: str, line: Line) -> int:
    return columns(text[text.rfind("\n", 0, line.span.start) + 1 : line.span.start])


def _write_note(writer: Writer, reading: Reading, part: Part, names: dict[int, str]) -> None:
    name = names.get(part.start, "")
    identity = f' id="{name}" tabindex="-1"' if name else ""
    writer.add(f'<div class="plan-note"{identity}><p>')
    _write_lines(writer, part.lines[:1])
    if len(part.lines) > 1:
        writer.add("</p>")
        writer.blank(part.lines[1].span.start)
        writer.add("<p>")
        _write_lines(writer, part.lines[1:])
    back = reading.returns.get(part.start, "")
    writer.add(
        f'<a class="plan-back" href="#{back}" aria-label="本文の該当箇所へ戻る"></a></p></div>'
        if back
        else "</p></div>"
    )
