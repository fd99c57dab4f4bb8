"""``machiplan eval retrieval``: the product's own retrieval over any BEIR folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.cli.eval.opened import told_evaluation
from ui.cli.japanese import JapaneseCommand
from ui.cli.opened import json_option, settings_with
from ui.cli.progress import progress

if TYPE_CHECKING:
    from pydantic import JsonValue

    from evals.beir_measures import BeirReport

HELP = """BEIR 形式のフォルダーの文書を索引にし、質問で検索して、精度と速さを表示します。

\b
フォルダーには corpus.jsonl、queries.jsonl、qrels/test.tsv が必要です。
計画の検索と同じ方法で調べます。索引は一時フォルダーに作り、終わると消します。
"""


@click.command(cls=JapaneseCommand, help=HELP, short_help="検索の精度を、BEIR 形式のデータで測ります。")
@click.option(
    "--beir",
    "folder",
    metavar="フォルダー",
    required=True,
    type=click.Path(path_type=Path),
    help="BEIR 形式のフォルダー。",
)
@json_option
def retrieval(folder: Path, as_json: bool) -> None:
    """Print the measures with their intervals, and the queries per second."""
    with told_evaluation():
        told = _evaluate(folder)
    if as_json:
        from ui.cli.text import json_text

        click.echo(json_text(_json(told)))
    else:
        click.echo("\n".join(_lines(told)))


def _evaluate(folder: Path) -> BeirReport:
    from tempfile import TemporaryDirectory

    from evals.beir import STEPS, index_corpus, search_queries
    from evals.beir_measures import report
    from evals.beir_read import read_beir
    from ui.open import embedder, reranker

    settings = settings_with(None)
    model = embedder(settings)
    beir = read_beir(folder)
    with TemporaryDirectory(prefix="machiplan-beir-") as name:
        with progress(STEPS * len(beir.documents), "索引を作成しています") as bar:
            built = index_corpus(beir.documents, Path(name), embedder=model, step=bar.update)
        with progress(len(beir.queries), "検索しています") as bar:
            found = search_queries(beir, Path(name), embedder=model, step=bar.update, reranker=reranker(settings))
    return report(beir, found, built)


def _lines(told: BeirReport) -> list[str]:
    return [
        f"文書 {told.documents:,}件、質問 {told.queries:,}問",
        *(f"  {m.name:11}{m.value:.3f} [{m.low:.3f} ～ {m.high:.3f}]" for m in told.measures),
        f"検索 {told.queries_per_second:,.1f}問/秒、索引の作成 {told.build_seconds:,.1f}秒",
    ]


def _json(told: BeirReport) -> dict[str, JsonValue]:
    values: dict[str, JsonValue] = {m.name: m.value for m in told.measures}
    intervals: dict[str, JsonValue] = {m.name: [m.low, m.high] for m in told.measures}
    return values | {
        "queries_per_second": told.queries_per_second,
        "build_seconds": told.build_seconds,
        "documents": told.documents,
        "queries": told.queries,
        "intervals": intervals,
    }
