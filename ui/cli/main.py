"""``machiplan``: the entry point of the command line, and how its failures are told."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import click

from ui.cli.ask import ask
from ui.cli.backup import backup, restore
from ui.cli.corpus import dump, load
from ui.cli.eval.group import evaluation
from ui.cli.ingest import ingest
from ui.cli.japanese import JapaneseGroup, usage_message
from ui.cli.mcp import mcp
from ui.cli.plans import plans
from ui.cli.rollback import rollback
from ui.cli.search import search
from ui.cli.serve import serve
from ui.quiet import silence_libraries

HELP = "自治体の計画への質問に、計画の原文を引用して答えます。"


@click.group(
    cls=JapaneseGroup,
    help=HELP,
    subcommand_metavar="コマンド [引数]...",
    context_settings={"help_option_names": ["--help", "-h"]},
)
def machiplan() -> None:
    """Hold the commands."""


for command in (serve, mcp, ask, search, ingest, plans, dump, load, rollback, backup, restore, evaluation):
    machiplan.add_command(command)


def main() -> None:
    """Run the command line and leave the process: 0 on success, 2 for a wrong command line, 1 for anything else."""
    silence_libraries()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that is not UTF-8 must not turn an answer into a traceback.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = machiplan.main(prog_name="machiplan", standalone_mode=False)
    except click.UsageError as error:
        _tell(usage_message(error))
        code = error.exit_code
    except click.ClickException as error:
        _tell(error.format_message())
        code = error.exit_code
    except click.Abort:
        _tell("中断しました。")
        code = 130
    except BrokenPipeError:
        # The reader (head, less) has gone. Python would complain once more when it flushes at exit.
        sys.stdout = None
        code = 1
    sys.exit(code or 0)


def _tell(message: str) -> None:
    click.echo(f"エラー: {message}", err=True)
