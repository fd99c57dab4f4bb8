"""``machiplan backup`` and ``machiplan restore``: everything that cannot be made anew, in one file and back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.cli.japanese import JapaneseCommand
from ui.cli.opened import index_option, json_option, settings_with, told_plainly

if TYPE_CHECKING:
    from pydantic import JsonValue

    from ui.backup.contents import Manifest

BACKUP = """作り直せないデータを、1つのファイルにまとめます。サーバーは動かしたままで構いません。

\b
入るもの: ご質問と回答、ご意見、管理ページから追加した計画のファイル、
計画のフォルダー、評価の記録と質問セット、索引。
入らないもの: 設定（.env の合言葉や API キーなど）。別に保管してください。
ファイルには利用者のご質問が含まれます。読めるのは作成した利用者だけです。
保存期間（MACHIPLAN_ANSWER_DAYS）を過ぎたバックアップは削除してください。
"""
RESTORE = """バックアップのファイルから、データを元の場所に戻します。サーバーは終了しておいてください。

\b
はじめにファイルの全体を確かめます。壊れていれば、何も変えません。
保存期間が過ぎた回答は戻しません。索引も戻るので、すぐに前と同じように
答えられます。
"""
LABELS = {
    "answers.sqlite3": "ご質問と回答のファイル",
    "uploads": "管理ページから追加した計画のファイル",
    "plans": "計画のフォルダーのファイル",
    "evals": "評価の記録と質問セットのファイル",
    "index": "索引のファイル",
}


@click.command(cls=JapaneseCommand, help=BACKUP, short_help="作り直せないデータを1つのファイルにまとめます。")
@click.argument("file", metavar="ファイル", type=click.Path(path_type=Path))
@index_option
@json_option
def backup(file: Path, index_dir: Path | None, as_json: bool) -> None:
    """Write a backup and print what it holds."""
    from ui.backup.save import back_up
    from ui.open import japan_time

    with _told():
        manifest = back_up(settings_with(index_dir), file.absolute(), clock=japan_time)
    size = file.stat().st_size
    if as_json:
        _print_json({"file": str(file), "bytes": size, **_counts(manifest)})
    else:
        click.echo(f"バックアップを書き込み、読み直して確かめました: {file}（{size / 1024**2:,.1f} MB）")
        click.echo("\n".join(_lines(manifest)))
        click.echo("設定（.env）は入っていません。利用者のご質問が入っているので、保管場所にご注意ください。")


@click.command(cls=JapaneseCommand, help=RESTORE, short_help="バックアップからデータを戻します。")
@click.argument("file", metavar="ファイル", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="今のデータと置き換えます。今のデータは、名前に日時を付けて残します。")
@index_option
@json_option
def restore(file: Path, replace: bool, index_dir: Path | None, as_json: bool) -> None:
    """Restore a backup and print what was restored."""
    from ui.backup.restore import restore as put_back
    from ui.open import japan_time

    with _told():
        restored = put_back(settings_with(index_dir), file.absolute(), replace=replace, clock=japan_time)
    if as_json:
        _print_json({"file": str(file), "kept": [str(path) for path in restored.kept], **_counts(restored.manifest)})
        return
    click.echo(f"{restored.manifest.made:%Y年%m月%d日 %H:%M} のバックアップから戻しました。")
    click.echo("\n".join(_lines(restored.manifest)))
    for path in restored.kept:
        click.echo(f"前のデータを残しました: {path}（確かめたら削除してください）")


@contextmanager
def _told() -> Iterator[None]:
    from ui.backup.contents import BackupError
    from ui.database import AnswersFileError

    try:
        with told_plainly():
            yield
    except (BackupError, AnswersFileError) as error:
        raise click.ClickException(str(error)) from error


def _counts(manifest: Manifest) -> dict[str, JsonValue]:
    parts: dict[str, JsonValue] = {part: len(manifest.of(part)) for part in LABELS}
    return {"made": manifest.made.isoformat(), "version": manifest.version, "files": parts}


def _lines(manifest: Manifest) -> Iterator[str]:
    for part, label in LABELS.items():
        yield f"{label}: {len(manifest.of(part))}件"


def _print_json(value: dict[str, JsonValue]) -> None:
    from ui.cli.text import json_text

    click.echo(json_text(value))
