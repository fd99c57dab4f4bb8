"""Tables and texts of the page: everything that came from a question, an answer or a plan is shown as it is, and does nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evals.report.visible import visible
from ui.web.inert import inert


def shown(text: str) -> str:
    """Return a text for HTML, its hidden characters as their numbers.

    >>> shown("<b>甲町\\u202e")
    '&#60;b&#62;甲町‹U&#43;202E›'
    """
    return inert(visible(text))


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[int] = ()) -> str:
    """Return a table, on a phone a card for each row. ``columns`` are texts, cells are HTML; the first of a row heads it.

    ``numbers`` are the columns (0 is the first) that hold figures.
    """
    heads = "".join(
        f'<th role="columnheader" scope="col"{_class(at, numbers)}>{shown(name)}</th>'
        for at, name in enumerate(columns)
    )
    body = "".join(f'<tr role="row">{_cells(row, columns, numbers)}</tr>' for row in rows)
    return (
        f'<div class="office-scroll" tabindex="0" role="region" aria-label="{shown(caption)}"><table role="table">'
        f'<caption>{shown(caption)}</caption><thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _cells(row: Sequence[str], columns: Sequence[str], numbers: Sequence[int]) -> str:
    head, *rest = row
    return f'<th role="rowheader" scope="row">{head}</th>' + "".join(
        f'<td role="cell" data-name="{shown(columns[at])}"{_class(at, numbers)}><div>{cell}</div></td>'
        for at, cell in enumerate(rest, start=1)
    )


def _class(at: int, numbers: Sequence[int]) -> str:
    return ' class="office-number"' if at in numbers else ""
