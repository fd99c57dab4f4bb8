"""The fields of a measure that stand in a table of labels and values under its heading (事業内容, 実施主体, 実施時期)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.commitments.words import Role, role_of
from ingest.document import Row, Span
from ingest.sentences import trim

_FEWEST = 2  # labels that make a table one of fields


def labelled_fields(rows: Sequence[Row], text: str) -> list[tuple[Role, Span]]:
    """Return the fields that two-column tables of labels and values hold, the first row included, which is no header."""
    found: list[tuple[Role, Span]] = []
    for _, table in groupby(rows, key=lambda row: row.table_span):
        fields = list(_fields(list(table), text))
        if len(fields) >= _FEWEST:
            found += fields
    return found


def _fields(rows: Sequence[Row], text: str) -> Iterator[tuple[Role, Span]]:
    if any(len(row.cells) != 2 for row in rows):
        return
    label = rows[0].cells[0].column
    value = text.find("\t", rows[0].header.start, rows[0].header.end) + 1
    pairs = [(label, trim(text, value, rows[0].header.end))] if value else []
    pairs += [(row.cells[0].value, row.cells[1].span) for row in rows]
    for name, span in pairs:
        role = role_of(name)
        if role is not None and role is not Role.TITLE and span.start < span.end:
            yield role, span
