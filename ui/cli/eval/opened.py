"""What the evaluation commands start with: question sets, the subject, the clock; failures told as one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.cli.opened import settings_with, told_plainly

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from evals.in_process import InProcess
    from evals.run import QuestionSet, Run
    from evals.subject import Subject
    from ui.settings import Settings

QUESTIONS = Path(__file__).resolve().parents[3] / "evals" / "questions"
DEFAULT_SET = "dev"

set_option = click.option(
    "--set",
    "sets",
    metavar="質問セット",
    multiple=True,
    help="質問セットのファイル（.jsonl か .csv）か、付属のものの名前（dev・test）。何度でも指定できます。既定は dev。",
)
url_option = click.option(
    "--url", metavar="アドレス", help="動いているサーバーに尋ねます。指定がなければ、この場で回答します。"
)
clock_option = click.option(
    "--clock",
    metavar="日時",
    help="この日時（例: 2026-06-01T09:00）に回答したことにします。指定がなければ今の日時。",
)


@contextmanager
def told_evaluation() -> Iterator[None]:
    """Turn the failures that an evaluator can mend into one sentence on stderr and exit code 1."""
    from evals.compare import NothingSharedError
    from evals.gate import RulesError
    from evals.problems import CasesError
    from evals.store import RunUnreadableError
    from evals.subject import AskingFailedError

    try:
        with told_plainly():
            yield
    except CasesError as error:
        told = f"質問セットに誤りが {len(error.problems)} 件あります。直してからやり直してください。"
        raise click.ClickException(f"{told}\n{error}") from error
    except (NothingSharedError, RulesError, RunUnreadableError, AskingFailedError) as error:
        raise click.ClickException(str(error)) from error


def set_paths(names: Sequence[str]) -> list[Path]:
    """Return the files of question sets that are given as paths, or by name when they come with the program."""
    shipped = {path.stem: path for path in QUESTIONS.glob("*.jsonl")}
    if unknown := [name for name in names if name not in shipped and not Path(name).suffix]:
        known = "、".join(sorted(shipped))
        raise click.ClickException(
            f"質問セット「{unknown[0]}」はありません。付属のもの: {known}。ファイルなら .jsonl か .csv を指定してください。"
        )
    return [shipped.get(name, Path(name)) for name in names or (DEFAULT_SET,)]


def read_sets(names: Sequence[str]) -> list[QuestionSet]:
    """Return the question sets. Raises ``CasesError``; an id may stand in only one of them."""
    from evals.read_cases import read_case_files
    from evals.run import QuestionSet

    files = read_case_files(set_paths(names))
    if len({file.path.stem for file in files}) < len(files):
        raise click.ClickException("同じ名前の質問セットが2つあります。ファイルの名前を変えてください。")
    return [QuestionSet(file.path.stem, file.cases) for file in files]


@contextmanager
def opened_subject(url: str | None, index_dir: Path | None, clock: str | None) -> Iterator[Subject]:
    """Give what is to be evaluated: the server at ``url``, or the assistant of these settings."""
    if url:
        if clock:
            raise click.UsageError("--clock は --url と一緒には使えません。サーバーの時計で回答します。")
        from evals.over_http import OverHttp

        with OverHttp(url) as server:
            yield server
        return
    from ui.open import open_assistant

    now = moment(clock)
    settings = settings_with(index_dir)
    assistant = open_assistant(settings, clock=lambda: now)
    try:
        yield _in_process(assistant, settings, now)
    finally:
        assistant.index.close()


def _in_process(assistant: Assistant, settings: Settings, now: datetime) -> InProcess:
    from evals.in_process import InProcess

    shown = {"embedding_model", "reranker", "model_backend", "chat_model", "chat_base_url"}
    told = settings.model_dump(mode="json", include=shown)
    recorded = {name: str(value) for name, value in told.items() if value is not None}
    reopen = partial(_opened_once, settings, now)
    return InProcess(assistant, clock=now.isoformat(), settings=recorded, reopen=reopen)


@lru_cache(maxsize=1)
def _opened_once(settings: Settings, now: datetime) -> InProcess:
    """Return the same subject in a process that works for this one; it is open until that process ends."""
    from ui.open import open_assistant

    return _in_process(open_assistant(settings, clock=lambda: now), settings, now)


def moment(clock: str | None) -> datetime:
    """Return the moment of ``--clock`` in Japan time, or the present one."""
    from ui.open import JAPAN, japan_time

    if not clock:
        return japan_time()
    try:
        given = datetime.fromisoformat(clock)
    except ValueError as error:
        raise click.ClickException(f"日時「{clock}」を読めません。例: 2026-06-01T09:00") from error
    return given if given.tzinfo else given.replace(tzinfo=JAPAN)


def run_at(path: Path) -> Run:
    """Return a stored run, by its folder or by its id among the runs of ``MACHIPLAN_EVALS_DIR``."""
    from evals.store import load_run

    return load_run(run_folder(path))


def run_folder(path: Path) -> Path:
    """Return where a run that ``run_at`` finds is stored."""
    return path if path.exists() or len(path.parts) > 1 else settings_with(None).evals_dir / path
