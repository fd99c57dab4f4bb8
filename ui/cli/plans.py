"""``machiplan plans``: what can be asked about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.cli.japanese import JapaneseCommand
from ui.cli.opened import assistant_over, index_option, json_option, told_plainly

if TYPE_CHECKING:
    from ui.api.plan_models import PlanBody

HELP = "索引にある計画を一覧にします。"


@click.command(cls=JapaneseCommand, help=HELP, short_help="索引にある計画を一覧にします。")
@index_option
@json_option
def plans(index_dir: Path | None, as_json: bool) -> None:
    """Print the plans of the index."""
    from ui.api.convert import plan_body
    from ui.cli.text import json_text, plain
    from ui.open import japan_time

    with told_plainly():
        index = assistant_over(index_dir).index
        today = japan_time().date()
        bodies = [plan_body(plan, index, today) for plan in index.plans]
    if as_json:
        click.echo(json_text({"plans": [body.model_dump(mode="json") for body in bodies]}))
    else:
        click.echo(plain("\n".join(plan_text(body) for body in bodies)))


def plan_text(plan: PlanBody) -> str:
    """Return a plan as two lines."""
    period = "記載なし"
    if plan.valid_from or plan.valid_to:
        period = f"{plan.valid_from or ''}～{plan.valid_to or ''}" + ("（終了）" if plan.expired else "")
    period += "（後の計画あり）" if plan.superseded_by else ""
    return (
        f"{plan.plan_id}  {plan.prefecture}{plan.municipality}（{plan.municipality_code}）  {plan.title}\n"
        f"    計画期間 {period}  {plan.characters:,}文字  {plan.chunks:,}区分"
    )
