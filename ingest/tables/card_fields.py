"""The rows of a table that could be a record card: labels with their values, and the head of a schedule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.commitments.words import is_time
from ingest.document import Span
from ingest.tables.card_words import is_label, opens_card
from ingest.tables.grid import Grid
from ingest.tables.headers import DITTO

_FIELD_LABEL = 12  # characters of the label of a card's field


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled field of a record card; a value set over several rows has several places."""

    label: str
    values: tuple[Span, ...]

    @property
    def length(self) -> int:
        """Return how many characters the field's value has."""
        return sum(value.end - value.start for value in self.values)


def read_fields(grid: Grid) -> tuple[list[Field], int]:
    """Return the labelled fields at the top of a grid, and the row at which they end."""
    found: list[tuple[str, list[Span]]] = []
    end = len(grid.texts)
    for at, (texts, spans) in enumerate(zip(grid.texts, grid.spans, strict=True)):
        runs = filled(texts)
        if found and len(runs) == 1 and runs[0] > 0:  # the value goes on
            found[-1][1].append(spans[runs[0]])
            continue
        pairs = _pairs(texts, runs)
        if runs and (not pairs or (len(runs) == 1 and is_row_of_times(grid.texts[min(at + 1, end - 1)]))):
            end = at
            break
        found += [(texts[label], [spans[value]] if value is not None else []) for label, value in pairs]
    return [Field(label, tuple(values)) for label, values in found], end


def _pairs(texts: Sequence[str], runs: Sequence[int]) -> list[tuple[int, int | None]]:
    """Return where the labels and values of a row stand, or nothing where it is no row of labels and values."""
    if not runs or runs[0] != 0 or len(texts[0]) > _FIELD_LABEL or DITTO.fullmatch(texts[0]) or heads_schedule(texts):
        return []
    if len(runs) == 1 and len(texts) > 1 and DITTO.fullmatch(texts[1]):  # 担当課 | 同上: as on the card before
        return [(0, 1)]
    if len(runs) <= 2:
        return [(0, runs[1] if len(runs) == 2 else None)]
    labels = runs[::2]
    if len(runs) % 2 or not all(is_label(texts[at]) or opens_card(texts[at]) for at in labels):
        return []
    return list(zip(labels, runs[1::2], strict=True))


def filled(texts: Sequence[str]) -> list[int]:
    """Return where the filled cells of a row begin, a value that a merged cell repeats counted once."""
    return [
        at for at, cell in enumerate(texts) if cell and (at == 0 or cell != texts[at - 1]) and not DITTO.fullmatch(cell)
    ]


def is_row_of_times(texts: Sequence[str]) -> bool:
    """Return whether a row names stretches of time behind its first cell: the head of a schedule.

    >>> is_row_of_times(("年度", "Ｒ７", "Ｒ８")), is_row_of_times(("担当課", "総務課", ""))
    (True, False)
    """
    names = [cell for cell in texts[1:] if cell and not DITTO.fullmatch(cell)]
    return bool(names) and sum(map(is_time, names)) * 2 > len(names)


def heads_schedule(texts: Sequence[str]) -> bool:
    """Return whether a row is the head of a schedule: a label and stretches of time."""
    runs = filled(texts)
    return len(runs) > 2 and is_row_of_times(texts)
