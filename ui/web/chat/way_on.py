"""Where to go on when there is no answer, as links: the plans themselves, and the office that keeps them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from ingest.document import Plan
from ui.web.inert import inert, steady
from ui.web.plan_view.link import plan_link

READ_ALL = '<li><a href="/read">収録している計画を読む</a></li>'


def render_way_on(answer: Answer, plans: Sequence[Plan]) -> str:
    """Return links for an answer that is none: to the plans of the one town it speaks of, else to the list of plans."""
    towns = {plan.municipality_code for plan in plans if plan.municipality in answer.answer}
    about = [plan for plan in plans if plan.municipality_code in towns] if len(towns) == 1 else []
    items = "".join(_item(plan) for plan in about) or READ_ALL
    return f'<ul class="way-on">{items}</ul>'


def _item(plan: Plan) -> str:
    link = f'<li><a href="{inert(plan_link(plan.plan_id))}">{steady(plan.title)}を目次から読む</a></li>'
    reach = "　".join(steady(part) for part in (plan.contact.office, plan.contact.phone) if part)
    if plan.contact.page.startswith("https://"):
        reach += f'　<a href="{inert(plan.contact.page)}">{steady(plan.municipality)}の案内</a>'
    return f"{link}<li>お問い合わせ先：{reach}</li>" if reach else link
