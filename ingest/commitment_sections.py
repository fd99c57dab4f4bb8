"""Measures that stand as headings: under a heading that says so, each heading that looks like its siblings is one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.blocks import inline_body, read_blocks
from ingest.commitment import Commitment, Passage, Stage
from ingest.commitment_passages import chunk_passage, joined, title_passage
from ingest.commitment_schedule import text_stages
from ingest.commitment_words import Role, is_ours, names_measure, opens_measures, role_of
from ingest.document import Chunk, Kind, Plan, Span
from ingest.lines import Line, LineKind
from ingest.sentences import trim

SUMMARY_LIMIT = 400  # characters; further paragraphs under a heading are left out once a summary is this long
_HASHES = re.compile(r"[#*\s]+")
_LABELLED = re.compile(r"[・･•\s]*(?P<label>[^：:。、\s]{2,12})\s?[：:]\s?(?P<value>\S.*)", re.DOTALL)  # 担当課：総務課


@dataclass(eq=False, slots=True)
class Section:
    """A heading, the chunks right under it and the headings below it. ``end`` is where the section ends in the text."""

    path: tuple[str, ...]
    line: Line
    end: int = 0
    body: list[Chunk] = field(default_factory=list)
    below: list[Section] = field(default_factory=list)

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
    for at, section in enumerate(sections):
        following = sections[at + 1].line.span.start if at + 1 < len(sections) else len(text)
        first = bisect_left(starts, section.line.span.start)
        section.body = list(chunks[first : bisect_left(starts, following)])
        while opened and opened[-1].path != section.path[:-1]:
            opened.pop().end = section.line.span.start
        if opened:
            opened[-1].below.append(section)
        opened.append(section)
    for section in opened:
        section.end = len(text)
    return sections


def section_measures(plan: Plan, chunks: Sequence[Chunk], text: str, elsewhere: Sequence[Span]) -> Iterator[Commitment]:
    """Yield the measures that headings name. A section that holds one of ``elsewhere`` (cards, rows) is none itself."""
    taken = sorted(span.start for span in elsewhere)
    seen: set[int] = set()
    for section in read_sections(plan, chunks, text):
        if not is_ours(section.path) or section.line.span.start in seen:
            continue
        if _is_record(section) and _states_work(section):
            candidates = [section]
        elif opens_measures(section.path[-1]):
            candidates = list(_under(section, seen))
        else:
            continue
        for found in candidates:
            seen.add(found.line.span.start)
            if bisect_left(taken, found.line.span.start) == bisect_left(taken, found.end):
                yield _measure(plan, found, text)


def _under(section: Section, seen: set[int]) -> Iterator[Section]:
    """Yield the sections below one that name measures: those of the commonest style, or what stands under them."""
    styles = Counter(below.style for below in section.below)
    for below in section.below:
        if below.style != styles.most_common(1)[0][0] or below.line.span.start in seen or not is_ours(below.path[-1:]):
            continue
        seen.add(below.line.span.start)
        if below.below and not _is_record(below):
            yield from _under(below, seen)
        elif names_measure(below.path[-1]) and (below.body or below.below):
            yield below


def _is_record(section: Section) -> bool:
    """Return whether the headings below one are the labels of its fields (現状と課題, 取組内容, 担当課)."""
    return bool(section.below) and all(not b.below and role_of(b.path[-1]) for b in section.below)


def _states_work(section: Section) -> bool:
    """Return whether a section's fields say what is done and one more thing: it is a measure wherever it stands."""
    roles = {role_of(below.path[-1]) for below in section.below}
    return len(roles) > 1 and Role.SUMMARY in roles and names_measure(section.path[-1])


def _measure(plan: Plan, section: Section, text: str) -> Commitment:
    fields = {role: Passage() for role in Role}
    schedule: list[Stage] = []
    for part, role in [(section, Role.SUMMARY), *((below, role_of(below.path[-1])) for below in section.below)]:
        if role is Role.WHEN:
            schedule += text_stages(text, [u.span for chunk in part.body for u in chunk.units])
        elif role is not None:
            fields[role] = joined(fields[role], _words(part, text, schedule, fields))
    return Commitment(
        plan.plan_id,
        plan.municipality,
        plan.municipality_code,
        title_passage(text, _heading_span(text, section.line)),
        section.path[:-1],
        summary=joined(fields[Role.SUMMARY], joined(fields[Role.TITLE], fields[Role.DETAIL])),
        state=fields[Role.STATE],
        schedule=tuple(schedule),
        unit=fields[Role.UNIT],
    )


def _words(part: Section, text: str, schedule: list[Stage], fields: dict[Role, Passage]) -> Passage:
    """Return the paragraphs and lists of a section as a passage; lines such as 担当課：総務課 go to the field they name."""
    wanted: list[Chunk] = []
    for chunk in part.body:
        if chunk.kind not in (Kind.PARAGRAPH, Kind.LIST):
            continue
        if len(chunk.units) == 1 and (found := _labelled(text, chunk.units[0].span)):
            role, value = found
            if role is Role.WHEN:
                schedule += text_stages(text, [value])
            else:
                fields[role] = joined(fields[role], Passage(value.of(text), (value,)))
        elif sum(len(chunk.search_text) for chunk in wanted) < SUMMARY_LIMIT:
            wanted.append(chunk)
    return chunk_passage(text, wanted)


def _labelled(text: str, span: Span) -> tuple[Role, Span] | None:
    match = _LABELLED.fullmatch(span.of(text))
    role = role_of(match["label"]) if match else None
    if match is None or role is None or role is Role.TITLE:
        return None
    return role, Span(span.start + match.start("value"), span.start + match.end("value"))


def _heading_span(text: str, line: Line) -> Span:
    """Return a heading's words without Markdown marks and without running text on its line."""
    body = inline_body(line)
    start = line.span.start
    if (marks := _HASHES.match(line.text)) is not None:
        start += marks.end()
    end = body.span.start if body else line.span.end
    while end > start and text[end - 1] in "* ":
        end -= 1
    return trim(text, start, end)
