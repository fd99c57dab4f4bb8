"""Measures that stand in record cards and in tables whose columns say what a measure is, who does it and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.commitments.commitment import Commitment, Passage, Stage
from ingest.commitments.legend import read_legend
from ingest.commitments.passages import cell_passage, chunk_passage, joined, title_passage
from ingest.commitments.places import is_ours
from ingest.commitments.schedule import row_stages, text_stages
from ingest.commitments.tags import read_tags
from ingest.commitments.words import (
    Role,
    is_item_column,
    is_named_item,
    is_time,
    is_timetable,
    role_of,
    tells_results,
    title_key,
)
from ingest.document import Chunk, Kind, Plan, Row

_BLANK = re.compile(r"[-－―—ー‐–\s]*")
_FIGURE = re.compile(r"[\d,.%△▲\s\-－―円千百万件人]*")
_LONGEST_NAME = 60  # characters; what is longer tells, and does not name
_CONTENT = (Role.SUMMARY, Role.DETAIL, Role.STATE, Role.WHEN, Role.UNIT)


def card_measures(plan: Plan, chunks: Sequence[Chunk], text: str) -> Iterator[Commitment]:
    """Yield the measures of record cards: a title with labelled fields, before and behind it, and the rows of a schedule."""
    titles = {chunk.heading_path for chunk in chunks if chunk.kind is Kind.CARD}
    titles -= {path for path in titles if path[:-1] in titles}

    def card_of(chunk: Chunk) -> tuple[str, ...]:
        path = chunk.heading_path
        return path if path in titles and chunk.kind is Kind.CARD else path[:-1] if path[:-1] in titles else ()

    for card, same in groupby(chunks, key=card_of):
        parts = list(same)
        title = next((chunk for chunk in parts if chunk.heading_path == card), None)
        if card and title is not None and is_ours(card):
            yield _card(plan, title, [chunk for chunk in parts if chunk is not title], text)


def _card(plan: Plan, title: Chunk, parts: Sequence[Chunk], text: str) -> Commitment:
    fields = {role: Passage() for role in Role}
    schedule: list[Stage] = []
    for part in parts:
        role = role_of(part.heading_path[-1])
        if part.row is not None:
            head = part.row.cells[0]
            named = not is_time(head.column) and head.value not in ("", "〃", head.column)
            step = cell_passage(text, (head.span,)) if named else Passage()
            schedule += row_stages(part.row, step.text, step.spans, read_legend(text, part.row.table_span))
        elif role is Role.WHEN:
            schedule += text_stages(text, [part.span])
        elif role is not None:
            fields[role] = joined(fields[role], chunk_passage(text, [part]))
    return Commitment(
        plan.plan_id,
        plan.municipality,
        plan.municipality_code,
        title_passage(text, title.span),
        title.heading_path[:-1],
        summary=joined(fields[Role.SUMMARY], fields[Role.DETAIL]),
        state=fields[Role.STATE],
        schedule=tuple(schedule),
        unit=fields[Role.UNIT],
    )


def table_measures(plan: Plan, chunks: Sequence[Chunk], text: str) -> Iterator[Commitment]:
    """Yield the measures of tables that have a column for the measure's name and one for its content, time or office."""
    rows = [chunk for chunk in chunks if chunk.row is not None and not chunk.row.total]
    for _, same in groupby(rows, key=lambda chunk: chunk.row.table_span if chunk.row else None):
        table = list(same)
        if is_ours(table[0].heading_path):
            yield from _table(plan, table, text)


def _table(plan: Plan, table: Sequence[Chunk], text: str) -> Iterator[Commitment]:
    rows = [chunk.row for chunk in table if chunk.row is not None]
    columns = [cell.column for cell in rows[0].cells]
    roles = _roles(rows)
    at = _title_column(columns, roles, timetable=is_timetable(table[0].heading_path))
    if at is None or not _has_content(rows, roles) or (any(map(tells_results, columns)) and not _timed(columns, roles)):
        return
    groups: list[list[Row]] = []
    for row in rows:
        if at >= len(row.cells):
            continue
        cell = row.cells[at]
        if groups and (not cell.value or title_key(cell.value) == title_key(groups[-1][0].cells[at].value)):
            groups[-1].append(row)
        elif cell.value:
            groups.append([row])
    stepped = any(len(group) > 1 for group in groups) and _timed(columns, roles)
    parents = [
        i for i in range(at) if roles[i] in (Role.TITLE, Role.SUMMARY)
    ]  # 基本方針 before 取組: what it belongs to
    roles = [None if i in parents else role for i, role in enumerate(roles)]
    for group in groups:
        above = tuple(value for i in parents if len(value := group[0].cells[i].value) > 1)
        yield _measure(plan, group, (at, roles), (*table[0].heading_path, *above), text, stepped=stepped)


def _roles(rows: Sequence[Row]) -> list[Role | None]:
    """Return what each column says. Behind a column of names, one headed 取組 that holds sentences says what is done."""
    roles: list[Role | None] = []
    for at, cell in enumerate(rows[0].cells):
        role = role_of(cell.column)
        if role is Role.TITLE and Role.TITLE in roles:
            values = [row.cells[at].value for row in rows if at < len(row.cells) and row.cells[at].value]
            prose = sum("。" in value or len(value) > _LONGEST_NAME for value in values)
            role = Role.SUMMARY if prose * 2 > len(values) else role
        roles.append(role)
    return roles


def _title_column(columns: Sequence[str], roles: Sequence[Role | None], *, timetable: bool) -> int | None:
    """Return the column with the finest name of a measure: the last of those that stand before its content."""
    named = [i for i, role in enumerate(roles) if role is Role.TITLE]
    if not named:
        known = Role.UNIT in roles and (Role.WHEN in roles or any(map(is_time, columns)))
        item = next((i for i, column in enumerate(columns) if timetable and is_item_column(column)), None)
        return next((i for i, column in enumerate(columns) if known and is_named_item(column)), item)
    content = next((i for i, role in enumerate(roles) if role in _CONTENT or is_time(columns[i])), len(columns))
    return max((i for i in named if i < content), default=named[0])


def _timed(columns: Sequence[str], roles: Sequence[Role | None]) -> bool:
    return Role.WHEN in roles or any(map(is_time, columns))


def _has_content(rows: Sequence[Row], roles: Sequence[Role | None]) -> bool:
    """Return whether a table says more of its measures than figures (a budget names measures too)."""
    if any(role in _CONTENT for role in roles):
        return True
    values = [cell.value for row in rows for cell in row.cells if is_time(cell.column)]
    return bool(values) and not (any(values) and all(_FIGURE.fullmatch(value) for value in values))


def _measure(
    plan: Plan,
    rows: Sequence[Row],
    layout: tuple[int, Sequence[Role | None]],
    path: tuple[str, ...],
    text: str,
    *,
    stepped: bool,
) -> Commitment:
    """Return the measure of one row, or of several under a merged title; ``stepped``: each row is a step with its time.

    ``layout`` is the title's column and the role of every column.
    """
    at, roles = layout

    def column(row: Row, *wanted: Role) -> Passage:
        cells = (c for i, c in enumerate(row.cells[: len(roles)]) if i != at and roles[i] in wanted)
        return cell_passage(text, (cell.span for cell in cells if not _BLANK.fullmatch(cell.value)))

    def whole(*wanted: Role) -> Passage:
        passage = Passage()
        for row in rows:
            passage = joined(passage, column(row, *wanted))
        return Passage("\n".join(dict.fromkeys(passage.text.splitlines())), passage.spans)

    legend = read_legend(text, rows[0].table_span)
    content = (Role.SUMMARY, Role.DETAIL)
    schedule: list[Stage] = []
    for row in rows:
        step = column(row, *content) if stepped else Passage()
        schedule += row_stages(row, step.text, step.spans, legend)
    summary = whole(*content) if not stepped or len(rows) == 1 else Passage()
    title = rows[0].cells[at].span
    tags = (title, *(cell.span for row in rows for cell in row.cells if role_of(cell.column) in content))
    schedule += text_stages(text, tuple(dict.fromkeys(time for span in tags for time in read_tags(text, span).times)))
    return Commitment(
        plan.plan_id,
        plan.municipality,
        plan.municipality_code,
        title_passage(text, title),
        path,
        summary=summary,
        state=whole(Role.STATE),
        schedule=tuple(schedule),
        unit=whole(Role.UNIT),
    )
