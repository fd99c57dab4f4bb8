"""The plans that can be read, as a list."""

from __future__ import annotations

from datetime import date

from index.index import Index
from ingest.document import Plan
from ui.web.expired import EXPIRED
from ui.web.inert import inert
from ui.web.plan_view.link import plan_link
from ui.web.read.dates import month, period

REPLACED = "新しい計画があります"
EMPTY = "まだ計画が収録されていません。"


def render_plans(index: Index, today: date, problem: str = "") -> str:
    """Return the list of plans, each a link; ``problem`` is said above it."""
    said = f'<p class="read-problem" role="alert">{inert(problem)}</p>' if problem else ""
    if not index.plans:
        return f'{said}<p class="read-empty">{EMPTY}</p>'
    items = "".join(_item(plan, index, today) for plan in index.plans)
    return f'{said}<h2 class="read-choose">計画を選ぶ</h2><ul class="read-plans">{items}</ul>'


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


def _item(plan: Plan, index: Index, today: date) -> str:
    return (
        f'<li><p class="read-town">{town(plan)}{tags(plan, index, today)}</p>'
        f'<p class="read-link"><a href="{inert(plan_link(plan.plan_id))}"><bdi>{inert(plan.title)}</bdi></a></p>'
        f"{facts(plan)}</li>"
    )
