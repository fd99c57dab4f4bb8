"""``machiplan search``: passages of the plans, best first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.cli.japanese import JapaneseCommand
from ui.cli.opened import assistant_over, index_option, json_option, told_plainly, town_option

if TYPE_CHECKING:
    from ui.api.plan_models import HitBody

HELP = "計画の中から、語に近い箇所を探し、近い順に表示します。"


@click.command(cls=JapaneseCommand, help=HELP, short_help="計画の中から、語に近い箇所を探します。")
@click.argument("query", metavar="検索語")
@town_option
@click.option(
    "-k", "k", metavar="件数", type=click.IntRange(1, 100), default=10, help="表示する件数、1 から 100。既定は 10。"
)
@index_option
@json_option
def search(query: str, towns: tuple[str, ...], k: int, index_dir: Path | None, as_json: bool) -> None:
    """Print the passages found, best first."""
    from ui.api.convert import hit_body
    from ui.cli.text import json_text
    from ui.search import search_plans

    with told_plainly():
        assistant = assistant_over(index_dir)
        found = search_plans(assistant, query, municipalities=towns, k=k)
        bodies = [hit_body(hit, assistant.index) for hit in found]
    if as_json:
        click.echo(json_text({"hits": [body.model_dump(mode="json") for body in bodies]}))
    elif bodies:
        click.echo(hits_text(bodies))
    else:
        click.echo("見つかりませんでした。別の語でお試しください。", err=True)


def hits_text(hits: Sequence[HitBody]) -> str:
    """Return passages as they are shown, each with its place; "" for none."""
    from ui.cli.text import plain

    return plain("\n\n".join(_lines(number, hit) for number, hit in enumerate(hits, start=1)))


def _lines(number: int, hit: HitBody) -> str:
    from textwrap import indent

    where = " > ".join(hit.heading_path)
    return f"{number}. {hit.municipality} {where}（{hit.plan_id} {hit.start}-{hit.end}、{hit.score:.3f}）\n" + indent(
        hit.text, "    "
    )
