"""The plans that can be read, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from index.index import Index
from ingest.document import Plan
from ui.web.expired import EXPIRED
from ui.web.inert import inert
from ui.web.plan_view.link import plan_link
from ui.web.read.dates import month, period
from ui.web.towns import FEW

REPLACED = "新しい計画があります"
EMPTY = "まだ計画が収録されていません。"


def render_plans(index: Index, today: date, problem: str = "") -> str:
    """Return the list of plans, each a link; ``problem`` is said above it."""
    said = f'<p class="read-problem" role="alert">{inert(problem)}</p>' if problem else ""
    if not index.plans:
        return f'{said}<p class="read-empty">{EMPTY}</p>'
    return f'{said}<h2 class="read-choose">計画を選ぶ</h2>{_lists(index, today)}'


def town(plan: Plan) -> str:
    """Return the town of a plan as HTML."""
    return f"<span><bdi>{inert(plan.municipality)}</bdi>（<bdi>{inert(plan.prefecture)}</bdi>）</span>"


def tags(plan: Plan, index: Index, today: date) -> str:
    """Return the marks of a plan that no longer holds."""
    marks = [EXPIRED] if plan.expired(today) else []
    marks += [REPLACED] if plan.plan_id in index.superseded else []
    return "".join(f'<span class="read-tag">{mark}</span>' for mark in marks)


def facts(plan: Plan) -> str:
    """Return what a plan states of itself, as a list of terms and values; what it does not state is left out."""
    pairs = {
        "計画期間": period(plan),
        "策定": month(plan.established) if plan.established else "",
        "改定": month(plan.revised) if plan.revised else "",
        "出典": plan.source,
    }
    rows = "".join(
        f"<div><dt>{key}</dt><dd><bdi>{inert(value)}</bdi></dd></div>" for key, value in pairs.items() if value
    )
    return f'<dl class="read-facts">{rows}</dl>' if rows else ""


def _lists(index: Index, today: date) -> str:
    """Return the plans' items: one list, or of more than a few municipalities one for each prefecture, to be opened."""
    if len(index.codes) <= FEW:
        return _list(index.plans, index, today)
    prefectures: dict[str, list[Plan]] = {}
    for plan in sorted(index.plans, key=lambda plan: plan.municipality_code):
        prefectures.setdefault(plan.prefecture, []).append(plan)
    return "".join(
        f'<details class="read-prefecture"><summary><bdi>{inert(prefecture)}</bdi>（{len(plans)}件）</summary>'
        f"{_list(plans, index, today)}</details>"
        for prefecture, plans in prefectures.items()
    )


def _list(plans: Sequence[Plan], index: Index, today: date) -> str:
    return f'<ul class="read-plans">{"".join(_item(plan, index, today) for plan in plans)}</ul>'


def _item(plan: Plan, index: Index, today: date) -> str:
    return (
        f'<li><p class="read-town">{town(plan)}{tags(plan, index, today)}</p>'
        f'<p class="read-link"><a href="{inert(plan_link(plan.plan_id))}"><bdi>{inert(plan.title)}</bdi></a></p>'
        f"{facts(plan)}</li>"
    )
