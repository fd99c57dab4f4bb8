"""Which of a municipality's plans took the place of which: a revised edition, or the plan of the next period."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from ingest.document import Plan
from ingest.eras import YEAR
from ingest.search_text import normalise

# What tells one edition of a plan from another, and says nothing of what the plan is about.
_EDITION = re.compile(
    r"第[0-9一二三四五六七八九十]+[次期版回]|[0-9]+(?:年|年度|版|次|期)|改[定訂正]版?|見直し版?|一部変更|新|次期|前期|後期|中間|最終版?"
    r"|[(（〔【][^)）〕】]*[)）〕】]|[\s~・]"
)


def superseded(plans: Iterable[Plan]) -> dict[str, str]:
    """Return for each plan that another one has replaced the id of the newest that did.

    ``plans.toml`` may say so (``supersedes``). Else, of a municipality's plans with the same title but for edition, number
    and years, the one whose period begins last (or, without periods, that was revised or established last) is current. Plans
    without any date replace nothing.
    """
    replaced: dict[str, str] = {}
    editions: dict[tuple[str, str], list[tuple[date, Plan]]] = defaultdict(list)
    for plan in plans:
        replaced |= dict.fromkeys(plan.supersedes, plan.plan_id)
        if (begins := _begins(plan)) is not None and (subject := plan_subject(plan)):
            editions[plan.municipality_code, subject].append((begins, plan))
    for dated in editions.values():
        *older, newest = sorted(dated, key=lambda pair: (pair[0], pair[1].plan_id))
        for begins, plan in older:
            if begins < newest[0]:
                replaced.setdefault(plan.plan_id, newest[1].plan_id)
    return {old: _last(old, replaced) for old in replaced}


def plan_subject(plan: Plan) -> str:
    """Return a plan's title without its municipality, edition and years.

    >>> from dataclasses import replace
    >>> from ingest.document import Plan
    >>> plan = Plan("p", "鏡野町", "", "", "", "第2次鏡野町DX推進計画（令和8年度改訂版）", None, None, None, None, "", "")
    >>> plan_subject(plan), plan_subject(replace(plan, title="鏡野町 DX推進計画"))
    ('DX推進計画', 'DX推進計画')
    """
    title = normalise(plan.title).replace(plan.municipality, "")
    return _EDITION.sub("", YEAR.sub("", title))


def _begins(plan: Plan) -> date | None:
    """Return what orders the editions of a plan: an edition revised within its period is newer than the one it revises."""
    dates = [day for day in (plan.valid_from, plan.revised, plan.established) if day is not None]
    return max(dates, default=None)


def _last(plan_id: str, replaced: dict[str, str]) -> str:
    """Return the newest of a chain of replacements; a circle, which only ``plans.toml`` can make, ends where it began."""
    seen = {plan_id}
    while (following := replaced.get(plan_id, "")) and following not in seen:
        seen.add(following)
        plan_id = following
    return plan_id
