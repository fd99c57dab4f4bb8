"""``machiplan dump`` and ``machiplan load``: the corpus with its structure as one file of JSON lines, and back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from ui.cli.japanese import JapaneseCommand
from ui.cli.opened import assistant_over, index_option, json_option, settings_with, told_plainly, town_option

DUMP = """索引にある計画を、本文・構造・取組とともに1つのファイルに書き出します。

\b
1行に1件の JSON（JSON Lines）です。名前を .gz で終えると圧縮します。
1行目が形式、続いて計画ごとに、計画、その区分（段落・表の行など）、取組です。
"""
LOAD = """dump で書き出したファイルから、計画を索引に取り込みます。元のファイルは要りません。

\b
はじめにファイルの全体を確かめます。誤りがあれば行番号を示し、索引は変えません。
同じ plan_id の計画は入れ替え、ほかの計画はそのまま残します。
取り込んだ計画は、あとでフォルダーを取り込んでも削除されません。
"""


@click.command(cls=JapaneseCommand, help=DUMP, short_help="計画を1つのファイル（JSON Lines）に書き出します。")
@click.argument("file", metavar="ファイル", type=click.Path(path_type=Path))
@town_option
@index_option
@json_option
def dump(file: Path, towns: tuple[str, ...], index_dir: Path | None, as_json: bool) -> None:
    """Write the corpus and print how much of what it is."""
    from ui.cli.text import json_text
    from ui.corpus.dump import dump_corpus

    with _told():
        dumped = dump_corpus(assistant_over(index_dir).index, file.absolute(), towns=towns)
    size = file.stat().st_size
    if as_json:
        click.echo(json_text({"file": str(file), "bytes": size, **asdict(dumped)}))
    else:
        counts = f"計画 {dumped.plans}件、区分 {dumped.chunks:,}件、取組 {dumped.commitments:,}件"
        click.echo(f"書き出しました: {file}（{counts}、{size / 1024**2:,.1f} MB）")


@click.command(cls=JapaneseCommand, help=LOAD, short_help="dump で書き出したファイルを索引に取り込みます。")
@click.argument("file", metavar="ファイル", type=click.Path(path_type=Path))
@index_option
@json_option
def load(file: Path, index_dir: Path | None, as_json: bool) -> None:
    """Load a dumped file and print what changed."""
    from ui.cli.progress import told
    from ui.cli.text import json_text
    from ui.corpus.load import load_corpus
    from ui.ingest_report import change_lines, changes_json
    from ui.open import chroma_url, embedder

    with _told(), told("索引を作成中") as writing:
        settings = settings_with(index_dir)
        built = load_corpus(
            file.absolute(),
            settings.index_dir,
            embedder=embedder(settings),
            on_town=writing,
            chroma_url=chroma_url(settings),
        )
    if as_json:
        click.echo(json_text({**changes_json(built), "chunks": built.chunks, "generation": built.generation}))
    else:
        click.echo("\n".join(change_lines(built)))


@contextmanager
def _told() -> Iterator[None]:
    from ui.corpus.records import CorpusError

    try:
        with told_plainly():
            yield
    except CorpusError as error:
        raise click.ClickException(str(error)) from error
