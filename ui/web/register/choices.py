"""The measures of an index -> what the filters offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.index import Index
from ui.commitments.choose import NOT_STATED, Choice, choose
from ui.commitments.order import in_order, read_order
from ui.commitments.records import MOST_TOWNS
from ui.commitments.themes import find_themes
from ui.commitments.years import year_name
from ui.web.towns import town_choices

Offered = tuple[tuple[str, str], ...]

EVERY = ("すべて", "")
NONE = (f"{NOT_STATED}のもの", NOT_STATED)


@dataclass(frozen=True, slots=True)
class Choices:
    """For each filter the names that are shown, with the values that the address holds."""

    town: Offered
    theme: Offered
    year: Offered
    unit: Offered


def offer(index: Index) -> Choices:
    """Return the choices. Every one of them finds a measure, but for towns whose plans name none.

    Of more municipalities than are gone through at a time only the municipalities are offered.
    """
    records = choose(index, Choice()).records if len(index.codes) <= MOST_TOWNS else ()
    themes = find_themes(records)
    shared = [(f"{word}（市町村に共通）", word) for word in themes.shared]
    headings = [(f"{heading}（{town}）", heading) for town, heading in themes.headings]
    years = sorted({year for record in records for year in record.years})
    units = [record.commitment.unit.text for record in in_order(records, read_order("unit")) if record.commitment.unit]
    return Choices(
        town=(EVERY, *town_choices(index.plans)),
        theme=(EVERY, *shared, *headings),
        year=(EVERY, *((year_name(year), str(year)) for year in years), NONE),
        unit=(EVERY, *((unit, unit) for unit in dict.fromkeys(units)), NONE),
    )


def with_value(offered: Offered, value: str) -> Sequence[tuple[str, str]]:
    """Return what is offered, with a value of an address among it that nobody would have been offered."""
    return offered if any(value == known for _, known in offered) else (*offered, (value, value))
