"""A comparison as HTML: what differs, then a row for each town. Nothing that came from a plan or a person is markup."""

from __future__ import annotations

from datetime import date

from index.index import Index
from ui.comparison.compare import Comparison, Row
from ui.comparison.status import STATUS_NAMES, status_of
from ui.web.compare.cells import render_measures, render_sources, render_statement
from ui.web.compare.copied import copied_table
from ui.web.compare.state import csv_query, query_of
from ui.web.expired import expired_mark
from ui.web.inert import inert, steady
from ui.web.stage_doubt import END_UNKNOWN, EXPLAINED

CHANGE = '<button type="button" id="compare-change">条件を変える</button>'
"""On a phone the result stands alone; this brings back what it was asked with (static/20-compare.js)."""

LEGEND = (
    "「見つかりませんでした」は、当てはまる文を計画から見つけられなかったことを表します。別のことばで書かれていることもあります。"
    "「記載なし」は、計画の表のその欄が空いていることを表します。"
)


def render_comparison(found: Comparison, typed: str, index: Index, today: date) -> str:
    """Return the whole result. ``typed`` is the topic as the person wrote it, which the address keeps."""
    codes = found.asked.codes
    rows = "".join(_row(row, index, today) for row in found.rows)
    notices = "".join(f'<p class="notice"><strong>ご注意</strong>　{inert(notice)}</p>' for notice in found.notices)
    legend = LEGEND + EXPLAINED if END_UNKNOWN in rows else LEGEND
    return (
        f'<section aria-labelledby="compared-title" data-query="{inert(query_of(codes, typed))}">'
        f'<h2 id="compared-title" tabindex="-1">「{steady(found.asked.topic)}」の比較</h2>{CHANGE}{_differs(found)}{notices}'
        '<table role="table" class="comparison"><caption>市町村ごとの計画の記載</caption>'
        '<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">市町村</th>'
        '<th role="columnheader" scope="col">計画の記載</th><th role="columnheader" scope="col">関係する取組</th></tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table><p class="note">{legend}</p>{_files(found, typed)}</section>'
    )


def _differs(found: Comparison) -> str:
    """Return what differs, where the plans' facts can be held against each other."""
    cited = {citation.n: citation for row in found.rows for citation in row.citations}
    differs = "".join(f"<p>{render_statement(said, cited)}</p>" for said in found.difference)
    return f'<div class="differs">{differs}</div>' if differs else ""


def summary(found: Comparison) -> str:
    """Return in how many of the plans something was found, and in which nothing."""
    silent = [row.municipality for row in found.rows if not row.said]
    count = len(found.rows)
    if len(silent) == count:
        return f"{count}つの市町村の計画からは、当てはまる記載が見つかりませんでした。ことばを変えてお試しください。"
    if not silent:
        return f"{count}つの市町村の計画を比べました。すべての計画に、関係する記載がありました。"
    return (
        f"{count}つの市町村の計画を比べました。{'、'.join(silent)}の計画からは、当てはまる記載が見つかりませんでした。"
    )


def _row(row: Row, index: Index, today: date) -> str:
    plan = next(plan for plan in index.plans if plan.municipality_code == row.code)
    cited = {citation.n: citation for citation in row.citations}
    said = "".join(f"<p>{render_statement(statement, cited)}</p>" for statement in row.said)
    status = status_of(row)
    stated = said if said else f'<p class="not-stated">{STATUS_NAMES[status]}</p>'
    old = expired_mark(plan.expired(today))
    return (
        f'<tr role="row" data-status="{status}"><th role="rowheader" scope="row">{steady(row.municipality)}'
        f'<span class="prefecture">{inert(plan.prefecture)}</span>{old}</th>'
        f'<td role="cell" data-name="計画の記載">{stated}{render_sources(row)}</td>'
        f'<td role="cell" data-name="関係する取組">{render_measures(row)}</td></tr>'
    )


def _files(found: Comparison, typed: str) -> str:
    address = f"/api/compare?{inert(csv_query(found.asked.codes, typed))}"
    return (
        '<div class="files"><button type="button" id="copy-table" '
        f'data-copy="{inert(copied_table(found))}">表をコピーする</button>'
        f'<a href="{address}" download="市町村の比較.csv">表計算ソフト用に保存（CSV）</a>'
        '<p role="status" id="copied"></p></div>'
    )
