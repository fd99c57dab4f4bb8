"""``machiplan rollback``: the index as it was before the last ingestion."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.cli.japanese import JapaneseCommand
from ui.cli.opened import index_option, json_option, settings_with, told_plainly
from ui.ingest_report import CHANGES

if TYPE_CHECKING:
    from index.rollback import WayBack

HELP = """索引を、最後に変わる前のものに戻します。計画のファイルには触れません。

\b
前の索引は、次に索引が変わるまで残っています。戻せるのは1つ前までです。
もう一度実行すると、戻す前の索引になります。
動いているサーバーは、そのまま次の質問から、戻した索引で答えます。
ファイルが新しいままなら、次の「machiplan ingest」（make run も行います）で
新しい内容がもう一度取り込まれます。先にファイルを元に戻してください。
"""


@click.command(cls=JapaneseCommand, help=HELP, short_help="索引を、最後に変わる前のものに戻します。")
@index_option
@json_option
def rollback(index_dir: Path | None, as_json: bool) -> None:
    """Print which plans are others now."""
    from ui.cli.text import json_text, plain
    from ui.open import embedder
    from ui.rollback import roll_back

    with told_plainly():
        settings = settings_with(index_dir)
        way = roll_back(settings.index_dir, embedder=embedder(settings))
    if as_json:
        changes = {name: list(getattr(way.report, name)) for name, _ in CHANGES}
        click.echo(json_text({"generation": way.pointer.previous, "before": way.pointer.generation, **changes}))
    else:
        click.echo(plain("\n".join(_lines(way))))


def _lines(way: WayBack) -> Iterator[str]:
    yield f"前の索引に戻しました（{way.pointer.generation} → {way.pointer.previous}）。"
    for name, label in CHANGES:
        plan_ids: tuple[str, ...] = getattr(way.report, name)
        yield f"{label}: {len(plan_ids)}件" + (f"（{'、'.join(plan_ids)}）" if plan_ids else "")
    yield (
        "計画のファイルは新しいままです。次の「machiplan ingest」や make run で、新しい内容がもう一度取り込まれます。"
        "戻したままにするには、先にファイルを元に戻してください。"
    )
    yield "「machiplan rollback」をもう一度実行すると、戻す前の索引になります。"
