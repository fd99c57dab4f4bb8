"""Runs on disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.answer import Turn
from evals.case import Case
from evals.in_process import InProcess
from evals.outcome import Failure
from evals.run import QuestionSet, run_sets
from evals.store import FAILURES, INFO, OUTCOMES, RunUnreadableError, load_run, new_folder, save_run, stored_runs
from tests.evals.making import RIGHT, a_case, a_run, an_answer, outcome

AWKWARD = outcome(
    a_case(history=(Turn("user", "一\n二\u2028三\x85四\r五\x0c六"),)), an_answer('改行\r\n\u2029\x1c「"」')
)


def test_a_run_is_loaded_as_it_was_saved(subject: InProcess, dev_cases: tuple[Case, ...], tmp_path: Path) -> None:
    """Answers, citations with their cells, verdicts, rankings, what was run: all equal."""
    run = run_sets([QuestionSet("dev", dev_cases[::12])], subject, started="2026-06-01T09:00:00+09:00", revision="abc")
    assert any(citation.cell for o in run.outcomes for citation in o.answer.citations)
    save_run(run, tmp_path / "run")
    assert load_run(tmp_path / "run") == run


def test_failures_and_every_kind_of_line_break_survive(tmp_path: Path) -> None:
    """A record is a line; what breaks lines elsewhere does not break it."""
    run = a_run([outcome(a_case(), RIGHT), AWKWARD], failures=(Failure(a_case(id="c-2"), "時間切れ\n503", 1.5, "set"),))
    save_run(run, path := tmp_path / "run")
    assert load_run(path) == run
    assert (path / OUTCOMES).read_bytes().count(b"\n") == 2
    assert "時間切れ" in (path / FAILURES).read_text("utf-8")


def test_two_runs_of_the_same_second_stand_side_by_side(tmp_path: Path) -> None:
    """The second one gets a folder of its own; runs are listed with the newest first."""
    paths = []
    for name in ("20260601-0900-dev", "20260601-0900-dev", "20260602"):
        run = a_run([AWKWARD], name)
        paths.append(new_folder(tmp_path, run.info))
        save_run(run, paths[-1])
    assert [path.name for path in paths] == ["20260601-0900-dev", "20260601-0900-dev-2", "20260602"]
    assert stored_runs(tmp_path) == [paths[2], paths[1], paths[0]]
    assert stored_runs(tmp_path / "none") == []


def test_only_a_record_is_replaced(tmp_path: Path) -> None:
    """A folder that holds something else is left alone."""
    save_run(a_run([AWKWARD], "first"), tmp_path / "run")
    save_run(a_run([], "second"), tmp_path / "run")
    assert load_run(tmp_path / "run") == a_run([], "second")
    (tmp_path / "thesis.txt").write_text("x", "utf-8")
    with pytest.raises(RunUnreadableError, match="評価の記録でないものがあります"):
        save_run(a_run([AWKWARD]), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"run", "thesis.txt"}


@pytest.mark.parametrize("missing", [None, INFO, OUTCOMES, FAILURES])
def test_a_folder_that_is_no_run_is_told_in_japanese(tmp_path: Path, missing: str | None) -> None:
    """Not there, or without one of its files: the command that makes one is named."""
    save_run(a_run([AWKWARD]), path := tmp_path / "run")
    if missing is None:
        path = tmp_path / "none"
    else:
        (path / missing).unlink()
    with pytest.raises(RunUnreadableError, match=f"{path} に評価の記録がありません。machiplan eval run が"):
        load_run(path)


@pytest.mark.parametrize("name", [INFO, OUTCOMES, FAILURES])
@pytest.mark.parametrize("content", [b"{}\n", b"{\n", b"\xff\xfe\n"])
def test_a_run_of_another_version_is_told_in_japanese(tmp_path: Path, name: str, content: bytes) -> None:
    """A field missing, a line cut short, bytes that are no text."""
    save_run(a_run([AWKWARD]), path := tmp_path / "run")
    (path / name).write_bytes(content)
    with pytest.raises(RunUnreadableError, match="評価の記録を読めません。別の版が作ったものなら"):
        load_run(path)


def test_a_run_cut_short_is_told(tmp_path: Path) -> None:
    """A record from which lines are missing is not taken for a smaller run."""
    save_run(a_run([AWKWARD, outcome(a_case(id="c-2"), RIGHT)]), path := tmp_path / "run")
    first = (path / OUTCOMES).read_bytes().splitlines(keepends=True)[0]
    (path / OUTCOMES).write_bytes(first)
    assert json.loads((path / INFO).read_bytes())["sets"][0]["cases"] == 2
    with pytest.raises(RunUnreadableError, match="2 問のうち 1 問しかありません"):
        load_run(path)
