"""What the register shows, as the page's address says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from ui.commitments.choose import Choice
from ui.commitments.order import COLUMNS, read_order

STEP = 50
"""Measures shown at once; a button shows as many more."""

_MOST = 5_000  # shown by one address


@dataclass(frozen=True, slots=True)
class View:
    """What is looked for, and how many measures of it are shown at most."""

    choice: Choice = field(default_factory=Choice)
    shown: int = STEP


def read_view(query: Mapping[str, str]) -> View:
    """Return the view that an address asks for; a column to sort by that does not exist is left out.

    >>> read_view({"town": "甲町", "year": "2025", "sort": "-title", "shown": "100"}).shown
    100
    """
    shown = query.get("shown", "")
    sort = query.get("sort", "")
    return View(
        Choice(
            municipalities=(town,) if (town := query.get("town", "").strip()) else (),
            words=query.get("q", ""),
            theme=query.get("theme", ""),
            year=query.get("year", ""),
            unit=query.get("unit", ""),
            sort=sort if sort.removeprefix("-") in COLUMNS else "",
        ),
        min(max(int(shown), STEP), _MOST) if shown.isdecimal() and len(shown) <= 6 else STEP,
    )


def query_of(view: View) -> str:
    """Return the address's query for a view; what is not chosen is not in it.

    >>> query_of(View(Choice(words="電子 申請", sort="title")))
    'q=%E9%9B%BB%E5%AD%90+%E7%94%B3%E8%AB%8B&sort=title'
    """
    shown = {"shown": str(view.shown)} if view.shown > STEP else {}
    return urlencode([*(("town", code) for code in view.choice.municipalities), *_given(view.choice), *shown.items()])


def file_query(choice: Choice, form: str) -> str:
    """Return the API's query for all measures of a choice, as ``json`` or ``csv``.

    >>> file_query(Choice(("000000",), year="2025"), "csv")
    'municipality=000000&year=2025&format=csv'
    """
    towns = (("municipality", code) for code in choice.municipalities)
    return urlencode([*towns, *_given(choice), ("format", form)])


def sorted_by(sort: str, column: str) -> str:
    """Return the order after a press on a column's button: by it, then the other way round, then as found.

    >>> sorted_by("", "title"), sorted_by("title", "title"), sorted_by("-title", "title")
    ('title', '-title', '')
    """
    order = read_order(sort)
    if order.column != column:
        return column
    return "" if order.down else f"-{column}"


def _given(choice: Choice) -> list[tuple[str, str]]:
    fields = {
        "q": choice.words.strip(),
        "theme": choice.theme,
        "year": choice.year,
        "unit": choice.unit,
        "sort": choice.sort,
    }
    return [(name, value) for name, value in fields.items() if value]
