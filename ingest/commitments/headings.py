"""The headings of a plan as a tree, each with the chunks right under it; a bold line that opens a paragraph is a heading too."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.blocks import read_blocks
from ingest.document import Chunk, Kind, Plan
from ingest.headings import clean_heading
from ingest.lines import Line, LineKind

_BOLD = re.compile(r"\*\*[^*\n。]{2,60}\*\*")
BOLD = "**"  # the style of a bold line


@dataclass(eq=False, slots=True)
class Section:
    """A heading, the chunks right under it and the headings below it. ``end`` is where the section ends in the text."""

    path: tuple[str, ...]
    line: Line
    end: int = 0
    body: list[Chunk] = field(default_factory=list)
    below: list[Section] = field(default_factory=list)
    above: Section | None = None

    @property
    def style(self) -> str:
        """Return how the heading is marked; Markdown levels are one style, because OCR sets them at random."""
        return "#" if self.line.style.startswith("#") else self.line.style


def read_sections(plan: Plan, chunks: Sequence[Chunk], text: str) -> list[Section]:
    """Return the sections of a plan in reading order, each with its body and its subsections; ``chunks`` are in order."""
    headings = [block for block in read_blocks(text, plan.title) if block.kind is LineKind.HEADING]
    sections = [Section(block.heading_path, block.lines[0]) for block in headings]
    starts = [chunk.span.start for chunk in chunks]
    opened: list[Section] = []
    found: list[Section] = []
    for at, section in enumerate(sections):
        following = sections[at + 1].line.span.start if at + 1 < len(sections) else len(text)
        first = bisect_left(starts, section.line.span.start)
        section.body = list(chunks[first : bisect_left(starts, following)])
        while opened and opened[-1].path != section.path[:-1]:
            opened.pop().end = section.line.span.start
        if opened:
            opened[-1].below.append(section)
            section.above = opened[-1]
        opened.append(section)
        found += (section, *_split(section, text, following))
    for section in opened:
        section.end = len(text)
    return found


def _split(section: Section, text: str, end: int) -> list[Section]:
    """Move what stands behind the bold titles in a section's body to sections of their own below it, and return these."""
    titled: list[Section] = []
    body: list[Chunk] = []
    for chunk in section.body:
        units = list(chunk.units)
        if chunk.kind is not Kind.PARAGRAPH:
            (titled[-1].body if titled else body).append(chunk)
            continue
        kept: list[int] = []
        for at, unit in enumerate(units):
            if _BOLD.fullmatch(unit.span.of(text)) is None:
                kept.append(at)
                continue
            _keep(chunk, kept, titled, body)
            kept = []
            line = Line(unit.span, unit.span.of(text), LineKind.HEADING, BOLD)
            titled.append(Section((*section.path, clean_heading(line.text)), line, above=section))
        _keep(chunk, kept, titled, body)
    section.body = body
    section.below += titled
    starts = [one.line.span.start for one in titled]
    for one, after in zip(titled, [*starts[1:], end][: len(titled)], strict=True):
        one.end = after
    return titled


def _keep(chunk: Chunk, units: Sequence[int], titled: Sequence[Section], body: list[Chunk]) -> None:
    """Add some units of a chunk to the section that is open."""
    if units:
        (titled[-1].body if titled else body).append(replace(chunk, units=tuple(chunk.units[at] for at in units)))
