"""What somebody removed or replaced stays so, though the folder that is taken in at every start still holds the old file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.embedder import Embedder
from tests.ui.cli.conftest import Run
from tests.ui.small import write_plan
from ui.refresh import Refreshed, refresh_index
from ui.sources import read_sources


@pytest.fixture
def plans(tmp_path: Path, embedder: Embedder) -> Path:
    """A folder of two plans, and an index of it in ``index`` beside it."""
    for name, town in (("mori.txt", "北海道森町"), ("ogawa.txt", "埼玉県小川町")):
        write_plan(tmp_path / "plans" / name, town)
    refresh_index([tmp_path / "plans"], tmp_path / "index", embedder=embedder)
    return tmp_path / "plans"


def held(folder: Path) -> dict[str, str]:
    """Return the plans of the index and the folders that they were read from."""
    return {plan_id: source.path.parent.name for plan_id, source in read_sources(folder / "index").items()}


def told(refreshed: Refreshed) -> list[str]:
    """Return the names of the files that were left out."""
    return [path.name for path in refreshed.left_out]


def test_a_removed_plan_stays_away_until_its_file_is_named(plans: Path, embedder: Embedder, run: Run) -> None:
    """The folder alone does not bring it back, one line says so and how to; the file itself does, and then the folder too."""
    index = plans.parent / "index"
    refresh_index([], index, embedder=embedder, drop=["ogawa"])
    for _ in range(2):
        again = run("ingest", "--index", index, plans)
        assert again.returncode == 0
        [line] = [line for line in again.stdout.splitlines() if "ogawa.txt" in line]
        assert f"machiplan ingest {plans / 'ogawa.txt'}" in line
        assert held(plans.parent) == {"mori": "plans"}
    assert run("ingest", "--index", index, plans / "ogawa.txt").returncode == 0
    assert told(refresh_index([plans], index, embedder=embedder)) == []
    assert held(plans.parent) == {"mori": "plans", "ogawa": "plans"}


def test_a_replaced_plan_stays_replaced(plans: Path, embedder: Embedder) -> None:
    """Also when the index is made anew, which reads every file again; the old file sent again takes its place back."""
    folder, index = plans.parent, plans.parent / "index"
    newer = write_plan(folder / "sent" / "ogawa.txt", "埼玉県小川町", times=24)
    refresh_index([newer], index, embedder=embedder)
    assert told(refresh_index([plans], index, embedder=embedder)) == ["ogawa.txt"]
    (index / "current").write_text("damaged")
    assert told(refresh_index([plans], index, embedder=embedder)) == ["ogawa.txt"]
    assert held(folder) == {"mori": "plans", "ogawa": "sent"}
    shutil.copy(plans / "ogawa.txt", newer)
    refresh_index([newer], index, embedder=embedder)
    assert told(refresh_index([plans], index, embedder=embedder)) == []


def test_a_new_edition_in_the_folder_is_taken_in(plans: Path, embedder: Embedder) -> None:
    """A removed file stays away as it was; with another content it is another plan of that name."""
    index = plans.parent / "index"
    refresh_index([], index, embedder=embedder, drop=["ogawa"])
    write_plan(plans / "ogawa.txt", "埼玉県小川町", times=36)
    assert told(refresh_index([plans], index, embedder=embedder)) == []
    assert held(plans.parent) == {"mori": "plans", "ogawa": "plans"}
