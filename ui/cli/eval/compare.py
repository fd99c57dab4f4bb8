"""``machiplan eval compare``: two runs side by side."""

from __future__ import annotations

from pathlib import Path

import click

from ui.cli.eval.opened import run_at, told_evaluation
from ui.cli.japanese import JapaneseCommand
from ui.cli.opened import json_option

HELP = """2つの記録を、共通する質問で比べます。

\b
差には 95％区間（ブートストラップ）と、対応のある並べ替え検定の p 値が
付きます。＊ は偶然では説明しにくい差（p < 0.05）です。
"""


@click.command(cls=JapaneseCommand, help=HELP, short_help="2つの記録を比べます。")
@click.argument("first", metavar="記録A", type=click.Path(path_type=Path))
@click.argument("second", metavar="記録B", type=click.Path(path_type=Path))
@json_option
def compare(first: Path, second: Path, as_json: bool) -> None:
    """Print what changed from the first run to the second."""
    from evals.compare import compare as compare_runs
    from ui.cli.eval.text import comparison_text

    with told_evaluation():
        comparison = compare_runs(run_at(first), run_at(second))
    if as_json:
        from pydantic import TypeAdapter

        from evals.compare import Comparison
        from ui.cli.text import json_text

        click.echo(json_text(TypeAdapter(Comparison).dump_python(comparison, mode="json")))
    else:
        click.echo(comparison_text(comparison))
