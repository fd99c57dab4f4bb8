"""Measures that stand as headings: under a heading that says so, each heading that looks like its siblings is one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.commitments.commitment import Commitment, Passage, Stage
from ingest.commitments.fields import labelled_fields
from ingest.commitments.headings import Section
from ingest.commitments.legend import is_legend, read_legend
from ingest.commitments.passages import cell_passage, chunk_passage, joined, title_passage
from ingest.commitments.places import holds_figures, is_ours, is_policy, names_measure, opens_measures
from ingest.commitments.schedule import row_stages, sentence_stages, text_stages
from ingest.commitments.tags import bracketed_office, read_tags
from ingest.commitments.words import Role, is_time, role_of
from ingest.document import Chunk, Kind, Plan, Row, Span
from ingest.lines import Line, inline_heading
from ingest.sentences import trim

SUMMARY_LIMIT = 400  # characters; further paragraphs under a heading are left out once a summary is this long
_HASHES = re.compile(r"[#*\s]+")
# 担当課：総務課, 【担当課】総務課
_LABELLED = re.compile(
    r"[・･•\s*]*(?:(?P<label>[^：:。、\s]{2,12})\s?[：:]|[【〔［\[](?P<marked>[^】〕］\]]{2,12})[】〕］\]])\s?\**\s?(?P<value>[^\s*].*)",
    re.DOTALL,
)
_FIGURE = re.compile(r"[\d,.%△▲\s\-－―円千百万件人]*")


def section_measures(
    plan: Plan, sections: Sequence[Section], text: str, elsewhere: Sequence[Span]
) -> Iterator[Commitment]:
    """Yield the measures that headings name. A section that holds one of ``elsewhere`` (cards, rows, items) is none itself."""
    taken = sorted(span.start for span in elsewhere)
    for found in named_sections(sections):
        if bisect_left(taken, found.line.span.start) != bisect_left(taken, found.end):
            continue
        measure = _measure(plan, found, text)
        if not is_policy(measure.title.text) or measure.schedule or sentence_stages(plan, text, measure.summary):
            yield measure


def named_sections(sections: Sequence[Section]) -> list[Section]:
    """Return the sections that can be measures, by their headings."""
    seen: set[int] = set()
    found: list[Section] = []
    for section in sections:
        if not is_ours(section.path) or section.line.span.start in seen:
            continue
        if _states_work(section):
            candidates = [section]
        elif opens_measures(section.path[-1]):
            candidates = list(_under(section, seen))
        else:
            continue
        seen.update(one.line.span.start for one in candidates)
        found += candidates
    return found


def is_stated(section: Section, text: str) -> bool:
    """Return whether a section is a measure whatever its lists hold: its fields or its heading say more than what is done."""
    tags = read_tags(text, _heading_span(text, section.line))
    return _states_work(section) or tags.unit is not None or bool(tags.times)


def _states_work(section: Section) -> bool:
    """Return whether a section's fields say what is done and one more thing: it is a measure wherever it stands."""
    roles = {role_of(below.path[-1]) for below in section.below}
    if Role.TITLE in roles:  # 主な取組 below a heading opens measures of its own
        return False
    told = len(roles - {None}) > 1 and Role.SUMMARY in roles
    return told and _is_record(section) and names_measure(section.path[-1])


def _under(section: Section, seen: set[int]) -> Iterator[Section]:
    """Yield the sections below one that name measures: those of the commonest style, or what stands under them."""
    wanted = [below for below in section.below if not holds_figures(below.path[-1])]
    styles = Counter(below.style for below in wanted)
    for below in wanted:
        if below.style != styles.most_common(1)[0][0] or below.line.span.start in seen or not is_ours(below.path[-1:]):
            continue
        seen.add(below.line.span.start)
        finer = [one for one in below.below if _has_parts(one)]
        if finer and not _is_record(below):
            yield from _under(below, seen)
        elif names_measure(below.path[-1]) and (below.body or below.below):
            yield below


def _has_parts(section: Section) -> bool:
    """Return whether a section below a heading makes that heading more than a leaf: a part or a field of it, with content."""
    title = section.path[-1]
    return bool(section.below) or (bool(section.body) and (names_measure(title) or role_of(title) is not None))


def _is_record(section: Section) -> bool:
    """Return whether the headings below one are the labels of its fields (現状と課題, 取組内容, 担当課), its figures beside them."""
    below = [one for one in section.below if not holds_figures(one.path[-1])]
    return bool(below) and all(not one.below and role_of(one.path[-1]) for one in below)


def _measure(plan: Plan, section: Section, text: str) -> Commitment:
    heading = _heading_span(text, section.line)
    tags = read_tags(text, heading)
    fields = {role: Passage() for role in Role}
    if tags.unit:
        fields[Role.UNIT] = Passage(tags.unit.of(text), (tags.unit,))
    schedule: list[Stage] = list(text_stages(text, tags.times))
    for part, role in [(section, Role.SUMMARY), *((below, role_of(below.path[-1])) for below in section.below)]:
        if role is Role.WHEN:
            schedule += text_stages(text, [u.span for chunk in part.body if chunk.row is None for u in chunk.units])
        elif role is not None:
            fields[role] = joined(fields[role], _words(part, text, schedule, fields))
        if role in (Role.SUMMARY, Role.WHEN):
            rows = [chunk.row for chunk in part.body if chunk.row is not None]
            schedule += _timetable(rows, text)
            for name, span in labelled_fields(rows, text):
                if name is Role.WHEN:
                    schedule += text_stages(text, [span])
                else:
                    fields[name] = joined(fields[name], cell_passage(text, [span]))
    return Commitment(
        plan.plan_id,
        plan.municipality,
        plan.municipality_code,
        title_passage(text, heading),
        section.path[:-1],
        summary=joined(fields[Role.SUMMARY], joined(fields[Role.TITLE], fields[Role.DETAIL])),
        state=fields[Role.STATE],
        schedule=tuple(schedule),
        unit=fields[Role.UNIT],
    )


def _timetable(rows: Sequence[Row], text: str) -> Iterator[Stage]:
    """Yield the entries of a timetable that stands in a measure's text: a step a row, then years alone, with marks or words."""
    values = [cell.value for row in rows for cell in row.cells[1:] if cell.value]
    if (
        not values
        or not all(is_time(cell.column) for row in rows for cell in row.cells[1:])
        or any(map(_is_figure, values))
    ):
        return
    for row in rows:
        step = row.cells[0]
        yield from row_stages(row, step.value, (step.span,), read_legend(text, row.table_span))


def _is_figure(value: str) -> bool:
    return any(letter.isdigit() for letter in value) and _FIGURE.fullmatch(value) is not None


def _words(part: Section, text: str, schedule: list[Stage], fields: dict[Role, Passage]) -> Passage:
    """Return the paragraphs and lists of a section as a passage; lines such as 担当課：総務課 go to the field they name."""
    wanted: list[Chunk] = []
    for chunk in part.body:
        if chunk.kind not in (Kind.PARAGRAPH, Kind.LIST):
            continue
        units = []
        for unit in chunk.units:
            if is_legend(unit.span.of(text)):
                continue
            if (office := bracketed_office(text, unit.span)) is not None:
                fields[Role.UNIT] = joined(fields[Role.UNIT], Passage(office.of(text), (office,)))
            elif (found := _labelled(text, unit.span)) is None:
                units.append(unit)
                if (office := read_tags(text, _without_stop(text, unit.span)).unit) is not None:
                    fields[Role.UNIT] = joined(fields[Role.UNIT], Passage(office.of(text), (office,)))
            elif found[0] is Role.WHEN:
                schedule += text_stages(text, [found[1]])
            else:
                fields[found[0]] = joined(fields[found[0]], Passage(found[1].of(text), (found[1],)))
        if units and sum(len(chunk.search_text) for chunk in wanted) < SUMMARY_LIMIT:
            wanted.append(replace(chunk, units=tuple(units)))
    return chunk_passage(text, wanted)


def _without_stop(text: str, span: Span) -> Span:
    return Span(span.start, span.end - text.startswith("。", span.end - 1))


def _labelled(text: str, span: Span) -> tuple[Role, Span] | None:
    match = _LABELLED.fullmatch(span.of(text))
    role = role_of(match["label"] or match["marked"]) if match else None
    if match is None or role is None or role is Role.TITLE:
        return None
    return role, Span(span.start + match.start("value"), span.start + match.end("value"))


def _heading_span(text: str, line: Line) -> Span:
    """Return a heading's words without Markdown marks and without running text on its line."""
    inline = inline_heading(line)
    start = line.span.start
    if (marks := _HASHES.match(line.text)) is not None:
        start += marks.end()
    end = inline[0].span.end if inline else line.span.end
    while end > start and text[end - 1] in "* ":
        end -= 1
    return trim(text, start, end)
