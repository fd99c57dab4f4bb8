"""``machiplan eval run``: every question of the sets, each answer judged and recorded."""

from __future__ import annotations

from pathlib import Path

import click

from ui.cli.eval.opened import clock_option, opened_subject, read_sets, set_option, told_evaluation, url_option
from ui.cli.japanese import JapaneseCommand
from ui.cli.opened import index_option, json_option, ray_option, settings_with, workers_of
from ui.cli.progress import progress

HELP = """質問セットの質問をすべて尋ね、回答を採点して記録します。

\b
記録のフォルダーを最後に表示します。report・compare・gate にはそれを渡します。
応答しなかった質問があれば、終了コード 1 を返します（記録は残ります）。
"""


@click.command(cls=JapaneseCommand, help=HELP, short_help="質問を尋ね、回答を採点して記録します。")
@set_option
@url_option
@clock_option
@click.option(
    "--jobs",
    metavar="数",
    type=click.IntRange(1, 64),
    default=1,
    help="同時に尋ねる質問の数。既定は 1（応答時間を測るとき）。",
)
@ray_option
@click.option(
    "--record",
    metavar="フォルダー",
    type=click.Path(file_okay=False, path_type=Path),
    help="記録を書くフォルダー。前の記録は置き換えます。指定がなければ MACHIPLAN_EVALS_DIR の中に、日時の名前で作ります。",
)
@index_option
@json_option
def run(
    sets: tuple[str, ...],
    url: str | None,
    clock: str | None,
    jobs: int,
    ray: str | None,
    record: Path | None,
    index_dir: Path | None,
    as_json: bool,
) -> None:
    """Print the scores and where the record is."""
    from evals.revision import git_revision
    from evals.run import run_sets
    from evals.store import new_folder, require_free, save_run
    from ui.cli.eval.text import run_json, run_text
    from ui.cli.text import json_text
    from ui.open import japan_time
    from ui.settings import PROJECT_ROOT

    if ray and (url or jobs > 1):
        raise click.UsageError("--ray は --url や --jobs と一緒には使えません。")
    with told_evaluation():
        if record:
            require_free(record)  # before the questions are asked, not after
        question_sets = read_sets(sets)
        total = sum(len(question_set.cases) for question_set in question_sets)
        started = japan_time().isoformat(timespec="seconds")
        with (
            workers_of(ray, jobs) as workers,
            opened_subject(url, index_dir, clock) as subject,
            progress(total, "質問中") as bar,
        ):
            done = run_sets(
                question_sets,
                subject,
                started=started,
                revision=git_revision(PROJECT_ROOT),
                workers=workers,
                on_done=lambda: bar.update(1),
            )
        path = record or new_folder(settings_with(None).evals_dir, done.info)
        save_run(done, path)
    click.echo(json_text(run_json(done, path)) if as_json else run_text(done, path))
    if done.failures:
        click.echo(f"応答しなかった質問が {len(done.failures)} 件あります: {done.failures[0].error}", err=True)
        click.get_current_context().exit(1)
