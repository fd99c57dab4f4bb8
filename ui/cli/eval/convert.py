"""``machiplan eval convert``: question sets between JSON Lines and spreadsheets."""

from __future__ import annotations

from pathlib import Path

import click

from ui.cli.eval.opened import told_evaluation
from ui.cli.japanese import JapaneseCommand

HELP = """質問セットを、JSON Lines と CSV（表計算ソフト用）の間で変換します。"""


@click.command(cls=JapaneseCommand, help=HELP, short_help="質問セットを CSV などに変換します。")
@click.argument("source", metavar="元のファイル", type=click.Path(path_type=Path))
@click.argument("target", metavar="先のファイル", type=click.Path(path_type=Path))
def convert(source: Path, target: Path) -> None:
    """Write the target; nothing is written when the source has a fault."""
    from evals.read_cases import read_cases
    from evals.write_cases import write_cases

    if target.suffix.lower() not in (".jsonl", ".csv"):
        raise click.ClickException(f"{target}: 名前の終わりを .jsonl か .csv にしてください。")
    with told_evaluation():
        cases = read_cases([source])
        try:
            write_cases(cases, target)
        except ValueError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(f"{target} に書けません（{error.strerror}）。") from error
    click.echo(f"{len(cases)}問を {target} に書きました。", err=True)
