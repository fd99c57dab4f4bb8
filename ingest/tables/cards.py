"""Record cards: one measure to a table, its number, title, labelled fields and the schedule below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.document import Row, Span
from ingest.headings import clean_heading
from ingest.search_text import readable
from ingest.tables.card_fields import Field, filled, heads_schedule, is_row_of_times, read_fields
from ingest.tables.card_words import (
    can_be_title,
    is_column_label,
    is_label,
    is_measures_label,
    is_number_label,
    is_title_label,
    opens_card,
)
from ingest.tables.grid import Grid
from ingest.tables.rows import LONG, read_rows

_KNOWN_LABELS = 3  # known labels by which a card is one that names its title with a word of its own
_NEAR_TOP = 4  # fields among which a card's title and number stand


@dataclass(frozen=True, slots=True)
class Card:
    """A record card: number, title, labelled fields, and a schedule's rows with their year columns."""

    title: str
    title_span: Span
    fields: tuple[Field, ...]
    schedule: tuple[Row, ...]


def read_cards(text: str, grid: Grid) -> list[Card]:
    """Return the record cards that a table is, several where they stand one below another, or nothing for an ordinary table.

    A card opens with its number and title in two rows (No, 取組事項 over ①, 窓口の改善), or names its title in a row of its own
    like its other fields (取組事項, 窓口の改善).
    """
    cards = [_headed_card(text, part) or _labelled_card(text, part) for part in _each(grid)]
    found = [card for card in cards if card is not None]
    return found if len(found) == len(cards) else []


def card_of_heading(grid: Grid, title: str, title_span: Span) -> Card | None:
    """Return the record card that a table of labels and values is whose title is the heading above it, else ``None``."""
    fields, at = read_fields(grid)
    if fields and is_column_label(fields[0].label):
        fields = fields[1:]  # 項目 | 内容 over the labels and values
    known = [field.label for field in fields if is_label(field.label)]
    if len(known) < _KNOWN_LABELS or len(known) * 2 < len(fields) or not any(map(is_measures_label, known)):
        return None
    more, rows = _below(grid, at, title)
    return Card(title, title_span, (*fields, *more), rows)


def goes_on_in_card(text: str, grid: Grid, other: Grid) -> bool:
    """Return whether a card that a page break cuts goes on in another table: it is no card of its own."""
    label = other.texts[0][0]
    anew = label == grid.texts[0][0] or is_number_label(label)
    if anew or not opens_card(grid.texts[0][0]) or read_fields(grid)[1] < 2 or read_cards(text, other):
        return False
    return bool(read_fields(other)[0]) or any(map(heads_schedule, (other.texts[0], *grid.texts)))


def _each(grid: Grid) -> Iterator[Grid]:
    """Yield the parts of a grid that begin with the label with which the whole begins, where that opens a card."""
    first = grid.texts[0][0]
    starts = [
        r
        for r, row in enumerate(grid.texts)
        if row[0] == first and not (r and grid.spans[r][0] == grid.spans[r - 1][0])
    ]
    if not opens_card(first):
        starts = [0]
    for start, end in zip(starts, [*starts[1:], len(grid.texts)], strict=True):
        yield grid.rows(start, end)


def _labelled_card(text: str, grid: Grid) -> Card | None:
    fields, at = read_fields(grid)
    if fields and is_column_label(fields[0].label) and all(is_column_label(word) for word in _words(text, fields[0])):
        fields = fields[1:]  # 項目 | 内容 over the labels and values
    title = _title_field(text, fields)
    number = next((field for field in fields[:_NEAR_TOP] if is_number_label(field.label)), None)
    rest = tuple(field for field in fields if field not in (title, number))
    if title is None or not any(field.length >= LONG for field in rest):
        return None
    if number is None and not any(is_label(field.label) for field in rest):
        return None
    rest, at = _last_row(grid, rest, at)
    words = [clean_heading(field.values[0].of(text)) for field in (number, title) if field and field.values]
    name = " ".join(words).strip()
    more, rows = _below(grid, at, name)
    return Card(name, title.values[0], (*rest, *more), rows)


def _words(text: str, field: Field) -> list[str]:
    return [readable(value.of(text)) for value in field.values]


def _title_field(text: str, fields: Sequence[Field]) -> Field | None:
    """Return the field that holds a card's title: by its label, or the first one where most other labels are such as measures have."""
    short = [field for field in fields[:_NEAR_TOP] if len(field.values) == 1 and can_be_title(_words(text, field)[0])]
    named = [field for field in short if is_title_label(field.label)]
    if named:
        return next((field for field in named if field.label.endswith(("名", "名称"))), named[0])
    others = [field.label for field in fields[1:]]
    known = sum(map(is_label, others))
    if not any(map(is_measures_label, others)) or known < max(_KNOWN_LABELS, len(fields) // 2):
        return None
    return fields[0] if fields[0] in short and not is_label(fields[0].label) else None


def _last_row(grid: Grid, fields: tuple[Field, ...], at: int) -> tuple[tuple[Field, ...], int]:
    """Return the fields with a last row that is neither label and value nor a schedule as one more of them."""
    if at != len(grid.texts) - 1:
        return fields, at
    runs = filled(grid.texts[at])
    values = tuple(grid.spans[at][run] for run in runs if run or len(runs) == 1)
    return ((*fields, Field(grid.texts[at][0], values)) if values else fields), at + 1


def _below(grid: Grid, at: int, name: str) -> tuple[list[Field], tuple[Row, ...]]:
    """Return what stands below the fields at a card's top: more fields, and the rows of its schedule and of its indicators.

    Each begins with a label of its own (スケジュール, 成果指標, 予算額), in a cell that may go over several rows.
    """
    fields: list[Field] = []
    rows: list[Row] = []
    starts = [r for r in range(at, len(grid.texts)) if r == at or _begins_part(grid, r)]
    for start, end in pairwise([*starts, len(grid.texts)]):
        part = grid.rows(start, end)
        read, read_to = read_fields(part)
        if start > at and read_to == len(part.texts):
            fields += read
        else:
            rows += _schedule(part, name)
    return fields, tuple(rows)


def _begins_part(grid: Grid, at: int) -> bool:
    """Return whether a row begins with a label of cards that is neither the cell of the row above nor under that row's years."""
    merged = grid.spans[at][0] == grid.spans[at - 1][0]
    return not merged and is_label(grid.texts[at][0]) and not heads_schedule(grid.texts[at - 1])


def _schedule(part: Grid, name: str) -> list[Row]:
    """Return the rows of a part with column names; its label may stand on a row of its own."""
    if len(part.texts) > 1 and len(filled(part.texts[0])) == 1 and is_row_of_times(part.texts[1]):
        part = part.rows(1)
    return read_rows(part, name=f"{name} {part.texts[0][0]}") if len(part.texts) > 1 else []


def _headed_card(text: str, grid: Grid) -> Card | None:
    head = grid.texts[0]
    if len(grid.texts) < 4 or len(filled(head)) != 2 or not is_number_label(head[0]) or not is_title_label(head[1]):
        return None
    number, title = (clean_heading(span.of(text)) for span in grid.spans[1][:2])
    fields, at = read_fields(grid.rows(2))
    at += 2
    if not any(field.length >= LONG for field in fields) or not any(is_label(field.label) for field in fields):
        return None
    if len(grid.texts) - at == 1 and len(filled(grid.texts[at])) > 1:  # a row that is neither field nor schedule
        return None
    more, rows = _below(grid, at, title)
    return Card(f"{number} {title}".strip(), grid.spans[1][1], (*fields, *more), rows)
