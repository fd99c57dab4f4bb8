"""``machiplan eval report``: a run as a page, a table, JSON and JUnit XML."""

from __future__ import annotations

from pathlib import Path

import click

from ui.cli.eval.opened import run_at, run_folder, told_evaluation
from ui.cli.japanese import JapaneseCommand

HELP = """評価の記録を、1つの HTML ページ、CSV、JSON、JUnit XML にします。

\b
HTML はそれだけで開けます（外部のファイルは読み込みません）。
"""


@click.command(cls=JapaneseCommand, help=HELP, short_help="評価の記録を HTML などにします。")
@click.argument("record", metavar="記録", type=click.Path(path_type=Path))
@click.option(
    "--out",
    metavar="フォルダー",
    type=click.Path(file_okay=False, path_type=Path),
    help="書き出すフォルダー。指定がなければ、記録のフォルダーの中の report。",
)
def report(record: Path, out: Path | None) -> None:
    """Print the paths of what was written."""
    from evals.report.write import write_report

    with told_evaluation():
        run = run_at(record)
        paths = write_report(run, out or run_folder(record) / "report")
    for path in paths:
        click.echo(path)
