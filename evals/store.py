"""Runs on disk: a folder a run, ``run.json`` about it and its outcomes as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from evals.outcome import Failure, Outcome
from evals.run import Run, RunInfo

INFO = "run.json"
OUTCOMES = "outcomes.jsonl"
FAILURES = "failures.jsonl"

_INFO = TypeAdapter(RunInfo)
_OUTCOME = TypeAdapter(Outcome)
_FAILURE = TypeAdapter(Failure)


class RunUnreadableError(ValueError):
    """There is no run at a path, or not one that this version can read. The message is Japanese and says what to do."""


def new_folder(runs: Path, info: RunInfo) -> Path:
    """Return where a run is kept among ``runs``: by its id, with a number behind it for a second one of the same second."""
    names = (f"{info.run_id}-{number}" if number > 1 else info.run_id for number in count(1))
    return next(runs / name for name in names if not (runs / name).exists())


def require_free(folder: Path) -> None:
    """Check that a run may be written to ``folder``: it is not there, is empty, or holds an earlier record.

    Raises:
        RunUnreadableError: it holds something else, which must not be lost.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / INFO).exists():
        raise RunUnreadableError(f"{folder} には評価の記録でないものがあります。別のフォルダーを指定してください。")


def save_run(run: Run, folder: Path) -> None:
    """Write a run to ``folder``; an earlier record there is replaced. Raises what ``require_free`` does."""
    require_free(folder)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / OUTCOMES, (_OUTCOME.dump_json(o, ensure_ascii=False) for o in run.outcomes))
    _write(folder / FAILURES, (_FAILURE.dump_json(f, ensure_ascii=False) for f in run.failures))
    (folder / INFO).write_bytes(_INFO.dump_json(run.info, indent=2, ensure_ascii=False) + b"\n")


def load_run(path: Path) -> Run:
    """Return the run in a folder.

    Raises:
        RunUnreadableError: it is not there, or another version wrote it.
    """
    try:
        info = _INFO.validate_json((path / INFO).read_bytes())
        outcomes = tuple(_OUTCOME.validate_json(line) for line in _lines(path / OUTCOMES))
        failures = tuple(_FAILURE.validate_json(line) for line in _lines(path / FAILURES))
    except OSError as error:
        raise RunUnreadableError(
            f"{path} に評価の記録がありません。machiplan eval run が表示したフォルダーを指定してください。"
        ) from error
    except ValidationError as error:
        raise RunUnreadableError(
            f"{path} の評価の記録を読めません。別の版が作ったものなら、machiplan eval run をやり直してください。"
        ) from error
    asked, held = sum(question_set.cases for question_set in info.sets), len(outcomes) + len(failures)
    if asked != held:
        raise RunUnreadableError(
            f"{path} の評価の記録には、{asked} 問のうち {held} 問しかありません。machiplan eval run をやり直してください。"
        )
    return Run(info, outcomes, failures)


def stored_runs(folder: Path) -> list[Path]:
    """Return the folders of the runs in ``folder``, the newest first."""
    return sorted((path.parent for path in folder.glob(f"*/{INFO}")), reverse=True)


def _write(path: Path, lines: Iterable[bytes]) -> None:
    path.write_bytes(b"".join(line + b"\n" for line in lines))


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines()
