"""What every command starts with: the settings and the assistant, their failures told as one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from ingest.workers import Workers
    from ui.settings import Settings

DIED = "処理の1つが途中で止まりました。ほかの処理でやり直します。"

index_option = click.option(
    "--index",
    "index_dir",
    metavar="フォルダー",
    type=click.Path(file_okay=False, path_type=Path),
    help="索引のフォルダー。指定がなければ設定 MACHIPLAN_INDEX_DIR のもの。",
)
town_option = click.option(
    "--town",
    "towns",
    metavar="市町村",
    multiple=True,
    help="市町村名か6桁のコード。この市町村の計画だけを調べます。何度でも指定できます。",
)
ray_option = click.option(
    "--ray",
    metavar="接続先",
    help="Ray で、いくつもの処理に分けて実行します（追加の bulk が必要）。local はこの計算機だけ（local:4 なら4つの処理）、"
    "auto はこの計算機で動いているクラスター、ほかは host:6379 のようなクラスターのアドレス。",
)
json_option = click.option("--json", "as_json", is_flag=True, help="結果を JSON で出力します。")


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn the failures that a user can mend into one sentence on stderr and exit code 1."""
    from assistant.answer import UnknownMunicipalityError
    from index.errors import IndexBusyError, IndexWriteError
    from ingest.workers import WorkersError
    from ui.open import CANNOT_OPEN, TracesMissingError
    from ui.question import QuestionRefusedError
    from ui.settings import SettingsError

    wrong_use = (SettingsError, TracesMissingError, QuestionRefusedError, UnknownMunicipalityError)
    try:
        yield
    except (*wrong_use, IndexBusyError, IndexWriteError, WorkersError, *CANNOT_OPEN) as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def workers_of(ray: str | None, threads: int = 1) -> Iterator[Workers]:
    """Give those who do the work: the cluster that ``--ray`` names, so many threads of this process, or it alone.

    Raises:
        WorkersError: Ray is not installed, or there is no such cluster.
    """
    from ingest.workers import ONE_PROCESS, Threads

    if ray is None:
        yield Threads(threads) if threads > 1 else ONE_PROCESS
        return
    from ingest.ray_workers import ray_workers

    with ray_workers(ray, on_death=lambda: click.echo(DIED, err=True)) as workers:
        yield workers


def settings_with(index_dir: Path | None) -> Settings:
    """Return the environment's settings, with the index folder of the command line where one was given."""
    from ui.settings import read_settings

    settings = read_settings()
    return settings if index_dir is None else settings.model_copy(update={"index_dir": index_dir.resolve()})


def assistant_over(index_dir: Path | None) -> Assistant:
    """Return the assistant over that index."""
    from ui.open import open_assistant

    return open_assistant(settings_with(index_dir))
