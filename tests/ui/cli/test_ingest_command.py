"""``machiplan ingest``: what is taken in, what stays, what goes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.ui.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder with two of the plans."""
    folder = tmp_path / "plans"
    folder.mkdir()
    for name in ("kamigori.txt", "kagamino.txt", "plans.toml"):
        shutil.copy(ROOT / "plans" / name, folder)
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Where the index goes."""
    return tmp_path / "index"


def changes(run: Run, *paths: Path, index: Path, code: int = 0) -> dict[str, list[str]]:
    """Return what ``ingest`` reports, refused files by name."""
    done = run("ingest", "--json", "--index", index, *paths)
    assert done.returncode == code, done.stderr
    report = json.loads(done.stdout)
    names = [Path(refused["path"]).name for refused in report["refused"]]
    return {name: report[name] for name in ("added", "changed", "unchanged", "removed") if report[name]} | (
        {"refused": names} if names else {}
    )


def test_a_folder_is_mirrored(run: Run, plans: Path, index: Path) -> None:
    """New, changed and vanished files are told apart, and the second run changes nothing."""
    assert changes(run, plans, index=index) == {"added": ["kagamino", "kamigori"]}
    assert changes(run, plans, index=index) == {"unchanged": ["kagamino", "kamigori"]}
    with (plans / "kagamino.txt").open("a", encoding="utf-8") as file:
        file.write("\n附則 この計画は令和9年4月1日から施行する。\n")
    (plans / "kamigori.txt").unlink()
    assert changes(run, plans, index=index) == {"changed": ["kagamino"], "removed": ["kamigori"]}


@pytest.mark.slow
def test_plans_from_elsewhere_stay(run: Run, plans: Path, index: Path, tmp_path: Path) -> None:
    """A single file is added to what is there; a folder removes only what came from it."""
    other = tmp_path / "koge.txt"
    shutil.copy(ROOT / "plans" / "koge.txt", other)
    changes(run, plans, index=index)
    assert changes(run, other, index=index) == {"added": ["koge"], "unchanged": ["kagamino", "kamigori"]}
    (plans / "kamigori.txt").unlink()
    other.unlink()
    assert changes(run, plans, index=index) == {"unchanged": ["kagamino", "koge"], "removed": ["kamigori"]}


def test_a_refused_file_is_named_and_the_others_are_in(run: Run, plans: Path, index: Path) -> None:
    """Exit code 1, the reason on stderr; a plan whose file has become unreadable stays as it was."""
    changes(run, plans, index=index)
    (plans / "kamigori.txt").write_bytes(b"\xff\xfe\x00")
    shutil.copy(ROOT / "plans" / "koge.txt", plans)
    expected = {"added": ["koge"], "unchanged": ["kagamino", "kamigori"], "refused": ["kamigori.txt"]}
    assert changes(run, plans, index=index, code=1) == expected
    done = run("ingest", "--index", index, plans)
    assert done.returncode == 1
    assert "kamigori.txt" in done.stderr
    assert "変更なし: 3件" in done.stdout


@pytest.mark.slow
def test_two_files_of_one_plan_id_are_told(run: Run, plans: Path, index: Path, tmp_path: Path) -> None:
    """The second is refused, with the name of the first."""
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(plans / "kamigori.txt", other)
    shutil.copy(plans / "plans.toml", other)
    report = changes(run, plans, other, index=index, code=1)
    assert report == {"added": ["kagamino", "kamigori"], "refused": ["kamigori.txt"]}


@pytest.mark.slow
def test_a_plan_whose_id_changes_is_not_there_twice(run: Run, plans: Path, index: Path) -> None:
    """The old id goes when its file yields a new one."""
    changes(run, plans, index=index)
    settings = plans / "plans.toml"
    settings.write_text(settings.read_text("utf-8").replace('plan_id = "kamigori"', 'plan_id = "kamigori-2"'), "utf-8")
    report = changes(run, plans, index=index)
    assert (report["added"], report["removed"]) == (["kamigori-2"], ["kamigori"])


def test_an_index_that_cannot_be_read_is_made_again_from_the_recorded_files(
    run: Run, plans: Path, index: Path, tmp_path: Path
) -> None:
    """After damage, plans from elsewhere come back from their files."""
    other = tmp_path / "koge.txt"
    shutil.copy(ROOT / "plans" / "koge.txt", other)
    changes(run, plans, other, index=index)
    (index / "current").write_text("damaged")
    assert set(changes(run, plans, index=index)["added"]) == {"kagamino", "kamigori", "koge"}


@pytest.mark.parametrize("name", ["nothing", "empty"])
def test_a_path_without_plans_is_an_error_and_changes_nothing(
    run: Run, plans: Path, index: Path, tmp_path: Path, name: str
) -> None:
    """A missing path and an empty folder are named on stderr; the index is as it was."""
    (tmp_path / "empty").mkdir()
    changes(run, plans, index=index)
    done = run("ingest", "--index", index, plans, tmp_path / name)
    assert (done.returncode, done.stdout) == (1, "")
    assert str(tmp_path / name) in done.stderr
    assert len(json.loads(run("plans", "--json", "--index", index).stdout)["plans"]) == 2


def test_nothing_but_refused_files_leaves_no_index(run: Run, index: Path, tmp_path: Path) -> None:
    """Exit code 1, the reason, and no index that would answer nothing."""
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    done = run("ingest", "--index", index, tmp_path / "picture.png")
    assert done.returncode == 1
    assert "picture.png" in done.stderr
    assert run("plans", "--index", index).returncode == 1


def test_without_a_path_the_plans_folder_of_the_settings_is_read(run: Run, plans: Path, index: Path) -> None:
    """``MACHIPLAN_PLANS_DIR`` stands in for PATH."""
    done = run("ingest", "--index", index, MACHIPLAN_PLANS_DIR=str(plans))
    assert done.returncode == 0
    assert "追加: 2件" in done.stdout


def test_a_second_run_at_the_same_time_is_told_to_wait(run: Run, plans: Path, index: Path) -> None:
    """Two runs never mix what they keep."""
    import fcntl

    changes(run, plans, index=index)
    with (index / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = run("ingest", "--index", index, plans)
    assert done.returncode == 1
    assert "別の処理" in done.stderr


def test_a_dry_run_tells_what_would_be_read_and_touches_nothing(run: Run, plans: Path, index: Path) -> None:
    """Numbers for each plan, what to check, refused files; there is no index afterwards."""
    (plans / "sheet.xlsx").write_bytes(b"PK")
    done = run("ingest", "--dry-run", "--index", index, plans)
    assert done.returncode == 1
    assert "鏡野町「鏡野町DX推進計画」" in done.stdout
    assert "索引は変えていません" in done.stdout
    assert "sheet.xlsx" in done.stderr
    assert not index.exists()


@pytest.mark.slow
def test_the_report_tells_what_was_found_in_each_plan(run: Run, plans: Path, index: Path, tmp_path: Path) -> None:
    """As text for people and as JSON for programs, with what a person should check."""
    read = json.loads(run("ingest", "--json", "--index", index, plans).stdout)["read"]
    assert [plan["plan_id"] for plan in read] == ["kagamino", "kamigori"]
    assert all(plan["found"]["sections"] > 5 for plan in read)
    assert any("期間" in doubt for doubt in read[0]["doubts"])
    assert "ご確認ください" in run("ingest", "--index", tmp_path / "another", plans).stdout


def test_only_changed_files_are_read(run: Run, plans: Path, index: Path) -> None:
    """A file that is as it was is not read again; one whose entry in ``plans.toml`` changed is."""
    run("ingest", "--index", index, plans)
    assert json.loads(run("ingest", "--json", "--index", index, plans).stdout)["read"] == []
    settings = plans / "plans.toml"
    settings.write_text(settings.read_text("utf-8").replace('title = "鏡野町', 'title = "新 鏡野町'), "utf-8")
    report = json.loads(run("ingest", "--json", "--index", index, plans).stdout)
    assert [plan["plan_id"] for plan in report["read"]] == report["changed"] == ["kagamino"]
