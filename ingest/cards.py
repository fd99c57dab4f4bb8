"""Record cards: one measure to a table, its number, title, labelled fields and the schedule below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Row, Span
from ingest.headings import clean_heading
from ingest.tables import DITTO, LONG, Grid, read_rows

_CARD_NUMBER = re.compile(r"no\.?|№|番号|項番", re.IGNORECASE)
_CARD_TITLE = re.compile(
    r"(?:取組|取り組み|事業|施策|業務|項目|プロジェクト|活動)(?:事項|項目|内容)?(?:の?名称?)?|名称|件名|テーマ"
)
_FIELD_LABEL = 12  # characters of the label of a card's field


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled field of a record card."""

    label: str
    value: Span


@dataclass(frozen=True, slots=True)
class Card:
    """A record card: number, title, labelled fields, and a schedule's rows with their year columns."""

    title: str
    title_span: Span
    fields: tuple[Field, ...]
    schedule: tuple[Row, ...]


def read_card(text: str, grid: Grid) -> Card | None:
    """Return the record card that a table is, or ``None`` when it is an ordinary table.

    A card opens with its number and title in two rows (No, 取組事項 over ①, 窓口の改善), or names its title in a row of its own
    like its other fields (取組事項, 窓口の改善).
    """
    return _labelled_card(text, grid) or _headed_card(text, grid)


def _labelled_card(text: str, grid: Grid) -> Card | None:
    rows = list(zip(grid.texts, grid.spans, strict=True))
    fields: list[Field] = []
    for texts, spans in rows:
        runs = _runs(texts)
        if not texts[0] or len(texts[0]) > _FIELD_LABEL or len(runs) > 2 or DITTO.fullmatch(texts[0]):
            break
        fields.append(Field(texts[0], spans[runs[1]] if len(runs) == 2 else Span(spans[0].end, spans[0].end)))
    title = next((field for field in fields[:3] if _CARD_TITLE.fullmatch(field.label)), None)
    rest = [field for field in fields if field is not title and not _CARD_NUMBER.fullmatch(field.label)]
    if title is None or not any(field.value.end - field.value.start >= LONG for field in rest):
        return None
    number = next((f.value for f in fields[:3] if _CARD_NUMBER.fullmatch(f.label)), Span(0, 0))
    number_words = clean_heading(number.of(text)) if number.end else ""
    name = f"{number_words} {clean_heading(title.value.of(text))}".strip()
    at = len(fields)
    below = Grid(grid.texts[at:], grid.raw[at:], grid.spans[at:], grid.lines[at:])
    schedule = tuple(read_rows(below, name=f"{name} {below.texts[0][0]}")) if len(below.texts) > 1 else ()
    return Card(name, title.value, tuple(rest), schedule)


def _runs(texts: Sequence[str]) -> list[int]:
    """Return where the filled cells of a row begin, a value that a merged cell repeats counted once."""
    return [at for at, cell in enumerate(texts) if cell and (at == 0 or cell != texts[at - 1])]


def _headed_card(text: str, grid: Grid) -> Card | None:
    if len(grid.texts) < 4 or sum(map(bool, grid.texts[0])) > 2 or not _CARD_NUMBER.fullmatch(grid.texts[0][0]):
        return None
    number, title = (clean_heading(span.of(text)) for span in grid.spans[1][:2])
    fields: list[Field] = []
    at = 2
    while at < len(grid.texts) and sum(map(bool, grid.texts[at])) == 2 and grid.texts[at][0] and grid.texts[at][1]:
        fields.append(Field(grid.texts[at][0], grid.spans[at][1]))
        at += 1
    if not any(field.value.end - field.value.start >= LONG for field in fields):
        return None
    if len(grid.texts) - at == 1 and sum(map(bool, grid.texts[at])) > 1:  # a row that is neither field nor schedule
        return None
    rest = Grid(grid.texts[at:], grid.raw[at:], grid.spans[at:], grid.lines[at:])
    schedule = tuple(read_rows(rest, name=f"{title} {rest.texts[0][0]}")) if len(rest.texts) > 1 else ()
    return Card(f"{number} {title}".strip(), grid.spans[1][1], tuple(fields), schedule)
