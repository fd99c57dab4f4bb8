"""``machiplan eval``: the group of its commands."""

from __future__ import annotations

import click

from ui.cli.eval.compare import compare
from ui.cli.eval.convert import convert
from ui.cli.eval.gate import gate
from ui.cli.eval.generate import generate
from ui.cli.eval.judge import judge
from ui.cli.eval.lint import lint
from ui.cli.eval.mutants import mutants
from ui.cli.eval.report import report
from ui.cli.eval.retrieval import retrieval
from ui.cli.eval.run import run
from ui.cli.japanese import JapaneseGroup

HELP = """回答の質を評価します。

\b
run で質問を投げて記録し、report で見て、compare で2つの記録を比べ、
gate で公開してよいかを判定します。
"""


@click.group(
    cls=JapaneseGroup,
    name="eval",
    help=HELP,
    short_help="回答の質を評価します。",
    subcommand_metavar="コマンド [引数]...",
)
def evaluation() -> None:
    """Hold the commands."""


for command in (run, report, compare, gate, lint, convert, generate, mutants, judge, retrieval):
    evaluation.add_command(command)
