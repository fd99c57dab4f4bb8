"""``machiplan ingest``: plan files into the index, and what became of each."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.cli.japanese import JapaneseCommand
from ui.cli.opened import index_option, json_option, ray_option, settings_with, told_plainly, workers_of
from ui.ingest_report import change_lines, report_json

if TYPE_CHECKING:
    from ui.refresh import Refreshed

HELP = """計画のファイル、またはフォルダーの中のファイルを索引に取り込みます。

\b
指定がなければ、設定 MACHIPLAN_PLANS_DIR のフォルダーを取り込みます。
フォルダーを指定すると、前にそこから取り込み、今はファイルがない計画を
索引から削除します。ほかの場所から取り込んだ計画は、そのまま残ります。
管理ページで削除した計画や入れ替える前の計画は、フォルダーを指定しても
戻りません。戻すときは、そのファイルを指定してください。
市町村名・題名・日付は本文から読み取ります。同じフォルダーに plans.toml が
あれば、その内容を優先します。
取り込めないファイルがあったときは、残りを取り込んだうえで終了コード 1 を返します。
"""


@click.command(cls=JapaneseCommand, help=HELP, short_help="計画のファイルを索引に取り込みます。")
@click.argument("paths", metavar="[ファイルかフォルダー]...", nargs=-1, type=click.Path(readable=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="読み取った結果だけを表示し、索引は変えません。")
@ray_option
@index_option
@json_option
def ingest(paths: tuple[Path, ...], dry_run: bool, ray: str | None, index_dir: Path | None, as_json: bool) -> None:
    """Print what was taken in; exit with 1 when a file was refused."""
    from ui.cli.text import json_text, plain

    with told_plainly():
        refreshed = _refresh(paths, index_dir, dry_run, ray)
    if as_json:
        click.echo(json_text(report_json(refreshed)))
    else:
        click.echo(plain("\n".join([*_found_lines(refreshed), *_lines(refreshed, dry_run)])))
    for refusal in refreshed.refused:
        click.echo(plain(f"取り込めませんでした: {refusal.path}: {refusal.reason}"), err=True)
    if refreshed.refused:
        click.get_current_context().exit(1)


def _refresh(paths: tuple[Path, ...], index_dir: Path | None, dry_run: bool, ray: str | None) -> Refreshed:
    from ui.cli.progress import told
    from ui.open import chroma_url, embedder
    from ui.refresh import NothingToReadError, Progress, preview, refresh_index

    settings = settings_with(index_dir)
    given = paths or (settings.plans_dir,)
    try:
        with workers_of(ray) as workers, told("読み取り中") as reading, told("索引を作成中") as writing:
            progress = Progress(reading, writing)
            if dry_run:
                return preview(given, progress=progress, workers=workers)
            return refresh_index(
                given,
                settings.index_dir,
                embedder=embedder(settings),
                progress=progress,
                chroma_url=chroma_url(settings),
                workers=workers,
            )
    except NothingToReadError as error:
        raise click.ClickException(str(error)) from error


def _found_lines(refreshed: Refreshed) -> Iterator[str]:
    for read in refreshed.read:
        plan, found = read.plan, read.found
        pages = f"、{read.pages}ページ" if read.pages else ""
        yield (
            f"{plan.plan_id}: {plan.municipality}「{plan.title}」{read.characters:,}文字{pages}、"
            f"見出し{found.sections}、段落{found.paragraphs}、箇条書き{found.lists}、表{found.tables}（{found.rows}行）、"
            f"用語{found.definitions}、取組{read.commitments}"
        )
        yield from (f"  ご確認ください: {doubt}" for doubt in read.doubts)


def _lines(refreshed: Refreshed, dry_run: bool) -> Iterator[str]:
    built = refreshed.built
    if dry_run:
        yield f"読み取れた計画: {len(refreshed.read)}件。索引は変えていません。"
    elif built is None:
        yield "取り込めたファイルがないため、索引は変わっていません。"
    else:
        yield from change_lines(built)
    yield f"取り込めなかったファイル: {len(refreshed.refused)}件"
    if refreshed.left_out:
        names = "、".join(path.name for path in refreshed.left_out)
        yield (
            f"前に削除または入れ替えた計画のため、取り込まなかったファイル: {len(refreshed.left_out)}件（{names}）。"
            f"戻すときは「machiplan ingest {shlex.quote(str(refreshed.left_out[0]))}」のように、ファイルを指定してください。"
        )
