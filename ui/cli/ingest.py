"""``machiplan ingest``: plan files into the index, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.cli.japanese import JapaneseCommand
from ui.cli.opened import index_option, json_option, settings_with, told_plainly

if TYPE_CHECKING:
    from pydantic import JsonValue

    from ui.refresh import Refreshed

CHANGES = (("added", "追加"), ("changed", "変更"), ("unchanged", "変更なし"), ("removed", "削除"))

HELP = """計画のファイル、またはフォルダーの中のファイルを索引に取り込みます。

\b
指定がなければ、設定 MACHIPLAN_PLANS_DIR のフォルダーを取り込みます。
フォルダーを指定すると、前にそこから取り込み、今はファイルがない計画を
索引から削除します。ほかの場所から取り込んだ計画は、そのまま残ります。
市町村名・題名・日付は本文から読み取ります。同じフォルダーに plans.toml が
あれば、その内容を優先します。
取り込めないファイルがあったときは、残りを取り込んだうえで終了コード 1 を返します。
"""


@click.command(cls=JapaneseCommand, help=HELP, short_help="計画のファイルを索引に取り込みます。")
@click.argument("paths", metavar="[ファイルかフォルダー]...", nargs=-1, type=click.Path(path_type=Path))
@index_option
@json_option
def ingest(paths: tuple[Path, ...], index_dir: Path | None, as_json: bool) -> None:
    """Print what was taken in; exit with 1 when a file was refused."""
    from ui.cli.text import json_text, plain

    with told_plainly():
        refreshed = _refresh(paths, index_dir)
    if as_json:
        click.echo(json_text(_json(refreshed)))
    else:
        click.echo(plain("\n".join(_lines(refreshed))))
    for refusal in refreshed.refused:
        click.echo(plain(f"取り込めませんでした: {refusal.path}: {refusal.reason}"), err=True)
    if refreshed.refused:
        click.get_current_context().exit(1)


def _refresh(paths: tuple[Path, ...], index_dir: Path | None) -> Refreshed:
    from index.embedder import open_embedder
    from ui.refresh import NothingToReadError, refresh_index

    settings = settings_with(index_dir)
    try:
        return refresh_index(
            paths or (settings.plans_dir,),
            settings.index_dir,
            embedder=open_embedder(settings.embedding_model),
        )
    except NothingToReadError as error:
        raise click.ClickException(str(error)) from error


def _lines(refreshed: Refreshed) -> Iterator[str]:
    built = refreshed.built
    if built is None:
        yield "取り込めたファイルがないため、索引は変わっていません。"
        return
    for name, label in CHANGES:
        plan_ids: tuple[str, ...] = getattr(built, name)
        yield f"{label}: {len(plan_ids)}件" + (f"（{'、'.join(plan_ids)}）" if plan_ids else "")
    yield f"取り込めなかったファイル: {len(refreshed.refused)}件"


def _json(refreshed: Refreshed) -> dict[str, JsonValue]:
    built = refreshed.built
    changes: dict[str, JsonValue] = {name: list(getattr(built, name)) if built else [] for name, _ in CHANGES}
    refused: list[JsonValue] = [{"path": str(it.path), "reason": it.reason} for it in refreshed.refused]
    return changes | {"refused": refused, "chunks": built.chunks if built else None}
