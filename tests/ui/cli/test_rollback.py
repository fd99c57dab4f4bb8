"""The way back to the index before the last change: what answers, what a later ingestion does, and when there is none."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import httpx
import pytest

from index.embedder import Embedder
from index.errors import NoWayBackError
from index.generation import read_manifest, read_pointer
from tests.conftest import Serve
from tests.ui.cli.conftest import Run, Whole
from tests.ui.small import write_plan
from ui.refresh import refresh_index
from ui.rollback import roll_back
from ui.sources import PREVIOUS, read_sources


@pytest.fixture(scope="module")
def changed(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder ``plans`` of three plans, and the ``index`` of it, which has changed once: one plan changed, one came, one went."""
    whole = tmp_path_factory.mktemp("changed") / "whole"
    folder = whole / "plans"
    write_plan(folder / "mori.txt", "北海道森町", times=12)
    write_plan(folder / "ogawa.txt", "埼玉県小川町")
    write_plan(folder / "yoshida.txt", "広島県北広島町")
    refresh_index([folder], whole / "index", embedder=embedder)
    write_plan(folder / "mori.txt", "北海道森町", times=999)
    (folder / "ogawa.txt").unlink()
    write_plan(folder / "takahama.txt", "福井県高浜町")
    refresh_index([folder], whole / "index", embedder=embedder)
    shutil.copytree(whole, whole.with_name("kept"))
    return whole


@pytest.fixture
def plans(changed: Path) -> Path:
    """The folder of plans, as it was made: the index's records hold its address, so it is put back where it was."""
    shutil.rmtree(changed)
    shutil.copytree(changed.with_name("kept"), changed)
    return changed / "plans"


def texts(index: Path, embedder: Embedder) -> dict[str, int]:
    """Return how often a year each plan of the index says that there are classes."""
    from index.index import Index

    with Index.open(index, embedder=embedder) as opened:
        found = {plan.plan_id: opened.text(plan.plan_id) for plan in opened.plans}
    return {plan_id: int(text.split("教室を年")[1].split("回")[0]) for plan_id, text in found.items()}


BEFORE = {"mori": 12, "ogawa": 12, "yoshida": 12}
AFTER = {"mori": 999, "takahama": 12, "yoshida": 12}


def test_the_index_before_is_current_again_and_twice_is_nothing(plans: Path, embedder: Embedder, run: Run) -> None:
    """The command tells which plans are others now, and what the next ingestion would do; the second time undoes the first."""
    index = plans.parent / "index"
    told = run("rollback", "--index", index)
    assert told.returncode == 0, told.stderr
    assert texts(index, embedder) == BEFORE
    assert "追加: 1件（ogawa）\n変更: 1件（mori）\n変更なし: 1件（yoshida）\n削除: 1件（takahama）" in told.stdout
    assert "次の「machiplan ingest」や make run で、新しい内容がもう一度取り込まれます" in told.stdout
    pointer = read_pointer(index)
    again = json.loads(run("rollback", "--index", index, "--json").stdout)
    assert (again["before"], again["generation"]) == (pointer.generation, pointer.previous)
    assert (again["added"], again["removed"]) == (["takahama"], ["ogawa"])
    assert texts(index, embedder) == AFTER


def test_the_next_ingestion_reads_what_differs_again(plans: Path, embedder: Embedder, whole: Whole) -> None:
    """It brings the new in once more: no plan is taken for unchanged because its file is as it was at the ingestion undone."""
    index = plans.parent / "index"
    new, sources = read_pointer(index).generation, read_sources(index)
    roll_back(index, embedder=embedder)
    again = refresh_index([plans], index, embedder=embedder)
    assert [read.plan.plan_id for read in again.read] == ["mori", "takahama"]
    assert whole(index) == new
    assert read_sources(index) == sources


def test_with_the_files_put_back_the_index_stays_back(plans: Path, embedder: Embedder) -> None:
    """Whoever puts the old files back keeps the old index, and nothing is read but those."""
    index = plans.parent / "index"
    roll_back(index, embedder=embedder)
    back = read_pointer(index).generation
    write_plan(plans / "mori.txt", "北海道森町", times=12)
    write_plan(plans / "ogawa.txt", "埼玉県小川町")
    (plans / "takahama.txt").unlink()
    refresh_index([plans], index, embedder=embedder)
    assert read_pointer(index).generation == back
    assert texts(index, embedder) == BEFORE


@pytest.mark.parametrize("lost", ["missing", "another generation's"])
def test_without_the_old_record_what_differs_is_still_read_again(plans: Path, embedder: Embedder, lost: str) -> None:
    """An index of an older version, or of an ingestion that was killed, has none of its previous generation."""
    index = plans.parent / "index"
    if lost == "missing":
        (index / PREVIOUS).unlink()
    else:
        kept = (index / PREVIOUS).read_text("utf-8")
        (index / PREVIOUS).write_text(kept.replace(read_pointer(index).previous, "0" * 16), "utf-8")
    roll_back(index, embedder=embedder)
    assert texts(index, embedder) == BEFORE
    read = refresh_index([plans], index, embedder=embedder).read
    assert [plan.plan.plan_id for plan in read] == ["mori", "takahama"]


def test_a_removed_plan_that_is_back_is_not_told_as_left_out(plans: Path, embedder: Embedder) -> None:
    """What an administrator removed, and the way back brought again, answers and is taken for what it is: unchanged."""
    index = plans.parent / "index"
    refresh_index([], index, embedder=embedder, drop=["yoshida"])
    roll_back(index, embedder=embedder)
    again = refresh_index([plans], index, embedder=embedder)
    assert again.left_out == ()
    assert texts(index, embedder) == AFTER


@pytest.mark.slow
def test_a_running_server_answers_from_the_index_before(plans: Path, serve: Serve, run: Run) -> None:
    """Its next answer quotes the old plan; nobody has to start it anew."""
    index = plans.parent / "index"

    def quotes(url: str) -> str:
        body = {"question": "森町のスマートフォン教室は年何回ですか"}
        return str(httpx.post(f"{url}/api/ask", json=body, timeout=60).json()["citations"])

    with serve(index, os.environ) as url:
        assert "年999回" in quotes(url)
        assert run("rollback", "--index", index).returncode == 0
        assert "年12回" in quotes(url)


def test_there_may_be_no_way_back(tmp_path: Path, embedder: Embedder, run: Run) -> None:
    """A first index has none before it, a folder without an index has none at all: a sentence, exit code 1, no change."""
    write_plan(tmp_path / "plans" / "mori.txt", "北海道森町")
    refresh_index([tmp_path / "plans"], tmp_path / "index", embedder=embedder)
    before = (tmp_path / "index" / "current").read_bytes()
    refused = run("rollback", "--index", tmp_path / "index")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "前の索引が残っていません" in refused.stderr
    assert "machiplan restore" in refused.stderr
    assert (tmp_path / "index" / "current").read_bytes() == before
    nothing = run("rollback", "--index", tmp_path / "nothing")
    assert nothing.returncode == 1
    assert "索引が見つかりません" in nothing.stderr
    assert not (tmp_path / "nothing").exists()


def test_what_cannot_be_used_does_not_become_current(plans: Path, embedder: Embedder) -> None:
    """An index that another model built, and one with a damaged file, are refused by what is wrong; nothing has changed."""
    from index.embedder import open_embedder

    index = plans.parent / "index"
    before = {path: path.read_bytes() for path in index.rglob("*") if path.is_file()}
    with pytest.raises(NoWayBackError, match="埋め込みモデル"):
        roll_back(index, embedder=open_embedder("words"))
    assert {path: path.read_bytes() for path in index.rglob("*") if path.is_file()} == before
    shard = read_manifest(index, read_pointer(index).previous).shards[0]
    (index / "shards" / shard / "texts.jsonl").write_text("damaged", "utf-8")
    with pytest.raises(NoWayBackError, match=r"texts\.jsonl"):
        roll_back(index, embedder=embedder)
    assert read_pointer(index).generation == json.loads(before[index / "current"])["generation"]
