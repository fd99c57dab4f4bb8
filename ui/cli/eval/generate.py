"""``machiplan eval generate``: more questions, made from the plans and from written ones without a model."""

from __future__ import annotations

from pathlib import Path

import click

from ui.cli.eval.opened import read_sets, set_option, told_evaluation
from ui.cli.japanese import JapaneseCommand
from ui.cli.opened import index_option, settings_with

HELP = """質問セットと計画の表から、モデルを使わずに質問を作ります。

\b
generated-swapped.jsonl  ほかの町の計画にだけ答えがある質問（断るのが正しい）
generated-noise.jsonl    かな・半角・打ち間違い・助詞抜き・年の書き方・話し言葉
generated-cells.jsonl    計画の表のセルを尋ねる質問
"""


@click.command(cls=JapaneseCommand, help=HELP, short_help="モデルを使わずに質問を作ります。")
@set_option
@click.option(
    "--out",
    metavar="フォルダー",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="作った質問セットを置くフォルダー。",
)
@click.option("--seed", metavar="数", type=int, default=1, help="同じ数からは同じ質問ができます。既定は 1。")
@click.option("--most", metavar="件数", type=click.IntRange(1), default=300, help="種類ごとの件数の上限。既定は 300。")
@index_option
def generate(sets: tuple[str, ...], out: Path, seed: int, most: int, index_dir: Path | None) -> None:
    """Write the sets and print how many questions each has."""
    from evals.generate.sets import generate_sets
    from evals.write_cases import write_cases
    from index.index import Index
    from ui.open import embedder

    with told_evaluation():
        cases = [case for question_set in read_sets(sets) for case in question_set.cases]
        settings = settings_with(index_dir)
        with Index.open(settings.index_dir, embedder=embedder(settings)) as index:
            made = generate_sets(cases, index, seed, most=most)
        out.mkdir(parents=True, exist_ok=True)
        for question_set in made:
            path = out / f"{question_set.name}.jsonl"
            write_cases(question_set.cases, path)
            click.echo(f"{path}: {len(question_set.cases)}問")
