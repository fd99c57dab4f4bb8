"""Measures as they are sent: the record with its citations, numbered, and the same as a table for spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from evals.report.csv_table import csv_table
from index.index import Index
from ingest.document import Span
from ui.api.commitment_models import CommitmentBody, CommitmentCitationBody, StageBody
from ui.commitments.records import Record

Part = Literal["title", "summary", "state", "schedule", "responsible_unit"]

COLUMNS = (
    "自治体",
    "自治体コード",
    "計画",
    "見出し",
    "取組",
    "概要",
    "現況と課題",
    "工程",
    "担当",
    "計画期間終了",
    "ページ",
    "開始位置",
    "終了位置",
    "引用",
    "plan_id",
)


def commitment_body(record: Record, index: Index, today: date) -> CommitmentBody:
    """Return a measure as it is sent."""
    plan, found = record.plan, record.commitment
    parts: tuple[tuple[Part, tuple[Span, ...]], ...] = (
        ("title", found.title.spans),
        ("summary", found.summary.spans),
        ("state", found.state.spans),
        ("schedule", tuple(dict.fromkeys(span for stage in found.schedule for span in stage.spans))),
        ("responsible_unit", found.unit.spans),
    )
    cited = [(part, span) for part, spans in parts for span in spans]
    numbers = {span: n for n, (part, span) in enumerate(cited, 1) if part == "schedule"}
    citations = [_citation(record, index, today, n, part, span) for n, (part, span) in enumerate(cited, 1)]
    return CommitmentBody(
        plan_id=plan.plan_id,
        municipality=plan.municipality,
        municipality_code=plan.municipality_code,
        plan_title=plan.title,
        expired=plan.expired(today),
        superseded_by=index.superseded.get(plan.plan_id),
        heading_path=list(found.heading_path),
        title=found.title.text,
        summary=found.summary.text or None,
        state=found.state.text or None,
        schedule=[
            StageBody(
                item=stage.what,
                when=stage.when,
                until=stage.until or None,
                note=stage.doubt or None,
                citations=[numbers[span] for span in stage.spans],
            )
            for stage in found.schedule
        ],
        responsible_unit=found.unit.text or None,
        citation=citations[0],
        citations=citations,
    )


def _citation(record: Record, index: Index, today: date, n: int, part: Part, span: Span) -> CommitmentCitationBody:
    plan = record.plan
    return CommitmentCitationBody(
        n=n,
        part=part,
        plan_id=plan.plan_id,
        municipality=plan.municipality,
        municipality_code=plan.municipality_code,
        title=plan.title,
        heading_path=list(record.commitment.heading_path),
        page=index.page(plan.plan_id, span.start),
        quote=span.of(index.text(plan.plan_id)),
        start=span.start,
        end=span.end,
        expired=plan.expired(today),
        cell=None,
    )


def commitments_csv(bodies: Sequence[CommitmentBody]) -> str:
    """Return one row a measure, as a file for spreadsheets."""
    return csv_table(COLUMNS, map(_cells, bodies))


def _cells(body: CommitmentBody) -> tuple[str, ...]:
    return (
        body.municipality,
        body.municipality_code,
        body.plan_title,
        " > ".join(body.heading_path),
        body.title,
        body.summary or "",
        body.state or "",
        "\n".join(map(stage_line, body.schedule)),
        body.responsible_unit or "",
        "はい" if body.expired else "いいえ",
        str(body.citation.page or ""),
        str(body.citation.start),
        str(body.citation.end),
        body.citation.quote,
        body.plan_id,
    )


def stage_line(stage: StageBody) -> str:
    """Return an entry of a schedule as people read it."""
    when = f"{stage.when}～{stage.until}" if stage.until else stage.when
    line = "：".join(filter(None, (when, stage.item)))
    return f"{line}（{stage.note}）" if stage.note else line
