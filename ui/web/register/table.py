"""The measures that were found, as a table in which nothing that came from a plan is markup."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from index.index import Index
from ingest.commitments.commitment import Stage
from ui.commitments.choose import NOT_STATED
from ui.commitments.order import Order, read_order
from ui.commitments.records import Record
from ui.web.expired import expired_mark
from ui.web.inert import inert, steady
from ui.web.plan_view.link import quote_link
from ui.web.register.details import render_details
from ui.web.register.state import STEP
from ui.web.stage_doubt import END_UNKNOWN, EXPLAINED, short_doubt

HEADS = {"title": "取組", "summary": "概要", "schedule": "工程", "unit": "担当課", "town": "市町村"}
"""The columns and their names; each can be sorted by."""

SOURCE = "原文"
NONE = f'<span class="not-stated">{NOT_STATED}</span>'
_NEXT = {"none": "並べ替える", "ascending": "逆の順に並べる", "descending": "元の順に戻す"}


def render_table(records: Sequence[Record], sort: str, shown: int, index: Index, today: date) -> str:
    """Return the first ``shown`` measures as a table, what its marks mean, and a button for more where there are more."""
    order = read_order(sort)
    heads = "".join(_head(column, name, order) for column, name in HEADS.items())
    rows = "".join(_row(record, index, today) for record in records[:shown])
    explained = f'<p class="note">{EXPLAINED}</p>' if END_UNKNOWN in rows else ""
    more = len(records) - shown
    button = (
        f'<button type="button" data-more="{min(more, STEP)}">次の{min(more, STEP)}件を表示する</button>'
        if more > 0
        else ""
    )
    return (
        f'{explained}<table role="table" class="measures"><caption>計画に書かれている取組</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}<th role="columnheader" scope="col">{SOURCE}</th></tr></thead>'
        f"{rows}</table>{button}"
    )


def _head(column: str, name: str, order: Order) -> str:
    way = "none" if order.column != column else "descending" if order.down else "ascending"
    return (
        f'<th role="columnheader" scope="col" aria-sort="{way}"><button type="button" data-sort="{column}">{name}'
        f'<span class="sort-mark" aria-hidden="true"></span><span class="unseen">（{_NEXT[way]}）</span></button></th>'
    )


def _row(record: Record, index: Index, today: date) -> str:
    found, plan = record.commitment, record.plan
    place = found.title.spans[0]
    title = steady(found.title.text)
    town = f"{steady(plan.municipality)}{expired_mark(plan.expired(today))}"
    cells = (
        (HEADS["summary"], steady(found.summary.text) or NONE),
        (HEADS["schedule"], _schedule(found.schedule) or NONE),
        (HEADS["unit"], steady(found.unit.text) or NONE),
        (HEADS["town"], town),
    )
    return (
        f'<tbody role="rowgroup"><tr role="row"><th role="rowheader" scope="row">{title}</th>'
        + "".join(f'<td role="cell" data-name="{name}"><div>{cell}</div></td>' for name, cell in cells)
        + f'<td role="cell" class="to-source"><a href="{inert(quote_link(plan.plan_id, place.start, place.end))}">計画で読む'
        f'<span class="unseen">：{title}（{steady(plan.municipality)}）</span></a></td></tr>'
        f'<tr role="row" class="measure-more"><td role="cell" colspan="{len(HEADS) + 1}">'
        f"{render_details(record, index)}</td></tr></tbody>"
    )


def _schedule(stages: Sequence[Stage]) -> str:
    lines = "".join(f"<li>{_stage(stage)}</li>" for stage in stages)
    return f'<ul class="stages">{lines}</ul>' if lines else ""


def _stage(stage: Stage) -> str:
    """Return a stage: when, what, and what the plan's table no longer tells."""
    when = f"{stage.when}～{stage.until}" if stage.until else stage.when
    parts = [f"<strong>{steady(when)}</strong>"] if when else []
    parts += [steady(stage.what)] if stage.what else []
    doubt = short_doubt(stage)
    parts += [f'<span class="doubt">（{steady(doubt)}）</span>'] if doubt else []
    return " ".join(parts)
