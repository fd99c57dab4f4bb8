"""``machiplan eval lint``: question sets checked against the plans."""

from __future__ import annotations

from pathlib import Path

import click

from ui.cli.eval.opened import QUESTIONS, opened_subject, told_evaluation, url_option
from ui.cli.japanese import JapaneseCommand
from ui.cli.opened import index_option

HELP = """質問セットの誤りを、ファイルと行の番号とともに表示します。

\b
形式のほか、根拠の引用が計画の原文に一字一句あるか、id や質問が重なって
いないか、dev と test が同じ箇所を使っていないかを確かめます。
ファイルの指定がなければ、付属の質問セットを調べます。
"""


@click.command(cls=JapaneseCommand, help=HELP, short_help="質問セットの誤りを探します。")
@click.argument("files", metavar="[ファイル]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--apart",
    metavar="ファイル",
    type=click.Path(path_type=Path),
    help="この質問セットと、同じ箇所や同じ質問を使っていないかも確かめます。",
)
@url_option
@index_option
def lint(files: tuple[Path, ...], apart: Path | None, url: str | None, index_dir: Path | None) -> None:
    """Print the faults; exit with 1 when there is one."""
    from evals.lint import lint as find_faults
    from evals.read_cases import read_cases
    from evals.run import is_sealed
    from evals.split import leaks

    shipped = (QUESTIONS / "dev.jsonl", QUESTIONS / "test.jsonl")
    files = files or shipped
    own = not apart and files == shipped
    with told_evaluation(), opened_subject(url, index_dir, None) as subject:
        problems = find_faults(files, subject.corpus)
        for problem in problems:
            click.echo(str(problem))
        shared = []
        if not problems and (apart or own):
            second = files[1:] if own else (apart,) if apart else ()
            shared = leaks(read_cases(files[:1] if own else files), read_cases(second), subject.corpus)
            sealed = any(is_sealed(path.stem) for path in (*files, *second))
            for leak in shared:
                what = "" if sealed else f": {leak.shared}"  # a blind set must not be read, not even here
                click.echo(f"{leak.second.id}: {leak.first.id} と同じ箇所か質問です{what}")
    if problems or shared:
        raise click.ClickException(f"誤りが {len(problems) + len(shared)} 件あります。")
    click.echo("誤りはありません。", err=True)
