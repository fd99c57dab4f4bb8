"""A comparison -> the table that is copied: tab-separated, so that a spreadsheet, a document and plain text all take it."""

from __future__ import annotations

from evals.report.csv_table import inert_cell
from ui.comparison.compare import Comparison, Row
from ui.comparison.status import STATUS_NAMES, status_of

_HEAD = ("市町村", "計画の記載", "出典", "関係する取組")


def copied_table(found: Comparison) -> str:
    """Return the rows under their heads; a cell with line breaks stands in quotation marks, as spreadsheets read it."""
    lines = [_HEAD, *(_cells(row) for row in found.rows)]
    return "\n".join("\t".join(_cell(cell) for cell in line) for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    sources = [f"[{c.n}] {' > '.join((c.title, *c.heading_path))}「{c.quote}」" for c in row.citations]
    return (
        row.municipality,
        "\n".join(said.marked for said in row.said) or STATUS_NAMES[status_of(row)],
        "\n".join(sources),
        "\n".join(record.commitment.title.text for record in row.commitments),
    )


def _cell(text: str) -> str:
    """Return a cell that is never computed and never breaks the table.

    >>> _cell("甲\\t乙"), _cell("=1"), _cell("甲\\n乙")
    ('甲 乙', "'=1", '"甲\\n乙"')
    """
    plain = inert_cell(text.replace("\t", " "))
    return f'"{plain.replace(chr(34), chr(34) * 2)}"' if '"' in plain or "\n" in plain else plain
