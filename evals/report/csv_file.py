"""The questions of a report as a table that spreadsheet programs open, and in which no cell is a formula."""

from __future__ import annotations

import csv
import io

from evals.report.key_check import plans_of
from evals.report.summary import Report
from evals.report.table_row import COLUMNS, row_of
from evals.report.visible import visible

_FORMULA = tuple("=+-@\t＝＋－＠")  # a cell that begins so is computed; the full-width ones in Japanese editions


def render_csv(report: Report) -> str:
    """Return one row a question, under a byte order mark, without which UTF-8 is taken for something else."""
    plans = plans_of(result.outcome for result in report.listed if result.outcome is not None)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for result in report.listed:
        writer.writerow({name: inert_cell(text) for name, text in row_of(result, plans).items()})
    return "\ufeff" + out.getvalue()


def inert_cell(text: str) -> str:
    """Return a cell's text so that it is shown as it is and never computed: an apostrophe stands before what would be.

    >>> inert_cell("=HYPERLINK(1)"), inert_cell(" ＋1"), inert_cell("令和5年度")
    ("'=HYPERLINK(1)", "' ＋1", '令和5年度')
    """
    text = visible(text)
    return f"'{text}" if text.lstrip(" \n\u3000").startswith(_FORMULA) else text
