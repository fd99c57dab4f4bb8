"""A comparison as it is sent: as records, and as a table for spreadsheets."""

from __future__ import annotations

from datetime import date

from evals.report.csv_table import csv_table
from index.index import Index
from ui.api.commitment_bodies import commitment_body
from ui.api.commitment_models import ComparedBody, ComparisonBody, StatementBody
from ui.api.convert import citation_body
from ui.api.models import CitationBody
from ui.comparison.compare import Comparison, Row, Said
from ui.comparison.status import STATUS_NAMES, status_of

COLUMNS = ("自治体", "自治体コード", "記載の有無", "記載", "引用", "出典", "取組")


def comparison_body(found: Comparison, index: Index, today: date) -> ComparisonBody:
    """Return a comparison as it is sent."""
    return ComparisonBody(
        question=found.asked.topic,
        difference=next(map(_statement, found.difference), None),
        rows=[_row(row, index, today) for row in found.rows],
        notices=list(found.notices),
    )


def _row(row: Row, index: Index, today: date) -> ComparedBody:
    return ComparedBody(
        municipality=row.municipality,
        municipality_code=row.code,
        status=status_of(row),
        statements=[_statement(said) for said in row.said],
        citations=[citation_body(citation) for citation in row.citations],
        commitments=[commitment_body(record, index, today) for record in row.commitments],
    )


def _statement(said: Said) -> StatementBody:
    return StatementBody(text=said.text, citations=list(said.numbers))


def comparison_csv(body: ComparisonBody) -> str:
    """Return one row a town, as a file for spreadsheets."""
    return csv_table(COLUMNS, map(_cells, body.rows))


def _cells(row: ComparedBody) -> tuple[str, ...]:
    return (
        row.municipality,
        row.municipality_code,
        STATUS_NAMES[row.status],
        "\n".join(statement.text + "".join(f"[{n}]" for n in statement.citations) for statement in row.statements),
        "\n".join(f"[{citation.n}] {citation.quote}" for citation in row.citations),
        "\n".join(map(_source, row.citations)),
        "\n".join(measure.title for measure in row.commitments),
    )


def _source(citation: CitationBody) -> str:
    page = f" {citation.page}ページ" if citation.page is not None else ""
    return f"[{citation.n}] {' > '.join((citation.title, *citation.heading_path))}{page}"
