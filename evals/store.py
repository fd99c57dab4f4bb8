"""Runs on disk: a folder a run, ``run.json`` about it and its outcomes as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterable
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


def save_run(run: Run, folder: Path) -> Path:
    """Write a run to ``folder/<run id>`` and return that path; a second run of the same second gets a number behind it."""
    path = folder / run.info.run_id
    number = 2
    while path.exists():
        path = folder / f"{run.info.run_id}-{number}"
        number += 1
    path.mkdir(parents=True)
    _write(path / OUTCOMES, (_OUTCOME.dump_json(o, ensure_ascii=False) for o in run.outcomes))
    _write(path / FAILURES, (_FAILURE.dump_json(f, ensure_ascii=False) for f in run.failures))
    (path / INFO).write_bytes(_INFO.dump_json(run.info, indent=2, ensure_ascii=False) + b"\n")
    return path


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
    return Run(info, outcomes, failures)


def stored_runs(folder: Path) -> list[Path]:
    """Return the folders of the runs in ``folder``, the newest first."""
    return sorted((path.parent for path in folder.glob(f"*/{INFO}")), reverse=True)


def _write(path: Path, lines: Iterable[bytes]) -> None:
    path.write_bytes(b"".join(line + b"\n" for line in lines))


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines()
