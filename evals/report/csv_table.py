"""Rows as a table that spreadsheet programs open right, and in which no cell is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from evals.report.visible import visible

_FORMULA = tuple("=+-@\t＝＋－＠")  # a cell that begins so is computed; the full-width ones in Japanese editions


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return the rows under their heads, under a byte order mark, without which UTF-8 is taken for something else.

    >>> csv_table(("町", "値"), [("甲町", "=1")])
    "\\ufeff町,値\\r\\n甲町,'=1\\r\\n"
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([inert_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def inert_cell(text: str) -> str:
    """Return a cell's text so that it is shown as it is and never computed: an apostrophe stands before what would be.

    >>> inert_cell("=HYPERLINK(1)"), inert_cell(" ＋1"), inert_cell("令和5年度")
    ("'=HYPERLINK(1)", "' ＋1", '令和5年度')
    """
    text = visible(text)
    return f"'{text}" if text.lstrip(" \n\u3000").startswith(_FORMULA) else text
