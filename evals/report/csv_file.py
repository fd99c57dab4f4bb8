"""The questions of a report as a table for spreadsheet programs."""

from __future__ import annotations

from evals.report.csv_table import csv_table
from evals.report.key_check import plans_of
from evals.report.summary import Report
from evals.report.table_row import COLUMNS, row_of


def render_csv(report: Report) -> str:
    """Return one row a question."""
    plans = plans_of(result.outcome for result in report.listed if result.outcome is not None)
    rows = (row_of(result, plans) for result in report.listed)
    return csv_table(COLUMNS, ([row[name] for name in COLUMNS] for row in rows))
