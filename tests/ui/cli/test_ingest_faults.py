"""``machiplan ingest`` on a machine that fails it: a sentence that says what to do, and the index that was there answers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from index.embedder import Embedder
    from tests.ui.cli.conftest import Whole

ROOT = Path(__file__).resolve().parents[3]
STILL_THERE = "これまでの索引は、そのまま検索と回答に使えます。"
DONE = subprocess.CompletedProcess[str]

# What a new process does before it becomes the command.
BECOME = "\nimport os, sys\nos.execv(sys.argv[1], sys.argv[1:])"
LIMIT_FILES = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))"


@pytest.fixture(scope="module")
def made(machiplan: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two plans in ``plans`` and their index in ``index``, made by the command. Tests copy it."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "plans").mkdir()
    for name in ("kamigori.txt", "kagamino.txt", "plans.toml"):
        shutil.copyfile(ROOT / "plans" / name, folder / "plans" / name)
    subprocess.run(
        [machiplan, "ingest", "--index", folder / "index", folder / "plans"], check=True, capture_output=True
    )
    return folder


@pytest.fixture
def plans(made: Path, tmp_path: Path) -> Path:
    """The two plans, of which one has changed since the index was made."""
    folder = shutil.copytree(made / "plans", tmp_path / "plans")
    with (folder / "kagamino.txt").open("a", encoding="utf-8") as file:
        file.write("\n附則 この計画は令和9年4月1日から施行する。\n")
    return folder


@pytest.fixture
def index(made: Path, tmp_path: Path) -> Path:
    """The index of the two plans as they were."""
    return shutil.copytree(made / "index", tmp_path / "index")


Ingest = Callable[..., DONE]


@pytest.fixture
def ingest(machiplan: Path, tmp_path: Path) -> Ingest:
    """Run ``machiplan ingest``, or another command, after the program ``before`` was run in the new process."""

    def run(*arguments: str | Path, before: str = "", command: str = "ingest", **variables: str) -> DONE:
        return subprocess.run(
            [sys.executable, "-c", before + BECOME, str(machiplan), command, *map(str, arguments)],
            env={**os.environ, **variables},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def files_up_to(size: int) -> str:
    """Forbid the process to write a file beyond ``size`` bytes: writing fails as on a full disk, without any right."""
    return LIMIT_FILES.format(size)


def used(folder: Path) -> int:
    """The bytes that a folder's files take, in blocks of 4 KiB."""
    return sum(-(-path.stat().st_size // 4096) * 4096 if path.is_file() else 4096 for path in folder.rglob("*"))


def told(done: DONE, *words: str) -> None:
    """Exit code 1 and one sentence on stderr that has all the words; no traceback, no output."""
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("エラー: ")
    assert done.stderr.count("\n") == 1, done.stderr
    for word in words:
        assert word in done.stderr


def no_leavings(index: Path) -> None:
    """Nothing half-done lies in the index folder."""
    assert not [*index.glob("building-*"), *index.rglob("*.new")]


# Room for nothing, for the documents, for SQLite but not for the vectors; what is needed is about 1 MiB.
@pytest.mark.parametrize(
    "room", [*(pytest.param(room, marks=pytest.mark.slow) for room in (4 << 10, 80 << 10)), 400 << 10]
)
def test_a_full_disk_is_told_and_the_old_index_answers(
    room: int, small_disk: Callable[[int], Path], made: Path, plans: Path, ingest: Ingest, whole: Whole
) -> None:
    """However little room there is, the message says that the disk is full, and the old generation is whole."""
    index = shutil.copytree(made / "index", small_disk(used(made / "index") + room) / "index")
    before = whole(index)
    told(ingest("--index", index, plans), str(index), "空き容量がありません", "空き容量を増やして", STILL_THERE)
    assert whole(index) == before
    no_leavings(index)


@pytest.mark.slow
def test_a_disk_of_any_size_gives_the_old_index_or_the_new_one(
    small_disk: Callable[[int], Path], made: Path, plans: Path, ingest: Ingest, whole: Whole
) -> None:
    """From no room to enough, in steps of 64 KiB: a failure is told and leaves the old one, a success is whole."""
    before, successes = whole(made / "index"), 0
    for room in range(0, 4 << 20, 64 << 10):
        index = shutil.copytree(made / "index", small_disk(used(made / "index") + room) / "index")
        done = ingest("--index", index, plans)
        if done.returncode:
            told(done, "索引に書き込めません", STILL_THERE)
        else:
            successes += 1
        assert (whole(index) != before) is (done.returncode == 0)
        no_leavings(index)
    assert 0 < successes < 64


@pytest.mark.parametrize(
    "size", [*(pytest.param(size, marks=pytest.mark.slow) for size in (1 << 10, 40 << 10)), 200 << 10]
)
def test_a_limit_on_the_size_of_files_is_told(
    size: int, plans: Path, index: Path, ingest: Ingest, whole: Whole
) -> None:
    """Wherever writing stops, in our files or in SQLite's, the sentence names the place, and the old index is whole."""
    before = whole(index)
    told(ingest("--index", index, plans, before=files_up_to(size)), "索引に書き込めません", str(index), STILL_THERE)
    assert whole(index) == before
    no_leavings(index)
    assert ingest("--index", index, plans).returncode == 0


def test_a_read_only_index_folder_is_told(
    plans: Path, index: Path, ingest: Ingest, whole: Whole, ordinary: str
) -> None:
    """Nothing can be taken in; the index is read all the same."""
    before = whole(index)
    for folder in (index, index / "shards", index / "generations"):
        folder.chmod(0o555)
    (index / "lock").chmod(0o444)
    told(ingest("--index", index, plans, before=ordinary), str(index), "権限がありません", STILL_THERE)
    answer = ingest("--index", index, "計画の期間は?", before=ordinary, command="ask")
    assert answer.returncode == 0, answer.stderr
    assert whole(index) == before


def test_a_folder_where_no_index_can_be_made_is_told(
    plans: Path, tmp_path: Path, ingest: Ingest, ordinary: str
) -> None:
    """The message names the folder above it."""
    (tmp_path / "closed").mkdir(mode=0o555)
    told(ingest("--index", tmp_path / "closed" / "index", plans, before=ordinary), "closed", "権限がありません")


def test_a_read_only_plans_folder_is_read(plans: Path, index: Path, ingest: Ingest, ordinary: str) -> None:
    """Nothing is ever written beside the plans."""
    for path in (*plans.iterdir(), plans):
        path.chmod(0o444 if path.is_file() else 0o555)
    done = ingest("--json", "--index", index, plans, before=ordinary)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["changed"] == ["kagamino"]


def test_a_plan_that_may_not_be_read_is_refused_and_stays(
    plans: Path, index: Path, ingest: Ingest, ordinary: str
) -> None:
    """The other file is taken in; the plan in the index is as it was."""
    (plans / "kamigori.txt").chmod(0)
    done = ingest("--json", "--index", index, plans, before=ordinary)
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert (report["changed"], report["unchanged"], report["removed"]) == (["kagamino"], ["kamigori"], [])
    assert "kamigori.txt" in done.stderr


def test_a_plans_folder_that_may_not_be_read_is_told(
    plans: Path, index: Path, ingest: Ingest, whole: Whole, ordinary: str
) -> None:
    """A folder that may not be listed does not look like one from which all files are gone."""
    before = whole(index)
    plans.chmod(0)
    told(ingest("--index", index, plans, before=ordinary), str(plans), "権限がありません")
    plans.chmod(0o755)
    assert whole(index) == before


def test_an_index_path_that_is_a_file_is_told(plans: Path, tmp_path: Path, ingest: Ingest) -> None:
    """The file is not touched; a path below a file is no better."""
    file = tmp_path / "file"
    file.write_text("mine", "utf-8")
    for path in (file, file / "below"):
        told(ingest(plans, MACHIPLAN_INDEX_DIR=str(path)), str(file), "フォルダーではありません")
    assert file.read_text("utf-8") == "mine"


def test_a_full_temporary_folder_is_told(
    small_disk: Callable[[int], Path], plans: Path, index: Path, ingest: Ingest, whole: Whole
) -> None:
    """Who ingests and who asks are told which folder is full; the index is all right, and nothing is left in the folder."""
    before = whole(index)
    temporary = small_disk(16 << 10)
    variables = {"TMPDIR": str(temporary)}
    told(ingest("--index", index, plans, **variables), str(temporary), "空き容量がありません", STILL_THERE)
    asked = ingest("--index", index, "計画の期間は?", command="ask", **variables)
    told(asked, str(temporary), "空き容量がありません", "TMPDIR", "索引は壊れていません。")
    assert not [path for path in temporary.iterdir() if path.name.startswith("machiplan")]
    assert whole(index) == before


@pytest.mark.parametrize("size", [1 << 10, 200 << 10])
def test_a_copy_that_cannot_be_written_is_told_to_who_asks(size: int, index: Path, ingest: Ingest) -> None:
    """The private copies that questions need do not fit; the message says so, not that the index is damaged."""
    asked = ingest("--index", index, "計画の期間は?", command="ask", before=files_up_to(size))
    told(asked, "一時ファイルを書き込めません", "索引は壊れていません。")


def test_a_question_is_answered_once_there_is_room_again(
    small_disk: Callable[[int], Path], index: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that goes on, such as the server, is not stuck with the copy that failed."""
    import tempfile

    from index.errors import NoRoomToReadError
    from index.index import Index
    from index.query import Query

    temporary = small_disk(3 << 20)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    with Index.open(index, embedder=embedder) as opened:
        (temporary / "full").write_bytes(bytes(shutil.disk_usage(temporary).free))
        with pytest.raises(NoRoomToReadError):
            opened.retrieve(Query("計画の期間"))
        (temporary / "full").unlink()
        assert opened.retrieve(Query("計画の期間"))


def test_a_file_that_vanishes_while_others_are_read_is_refused(
    plans: Path, index: Path, embedder: Embedder, whole: Whole
) -> None:
    """It was listed, and is gone when its turn comes: its plan leaves the index, the others are taken in."""
    from ui.refresh import Progress, refresh_index

    (plans / "koge.txt").write_bytes((ROOT / "plans" / "koge.txt").read_bytes())
    (plans / "koge-2.txt").write_bytes((ROOT / "plans" / "koge.txt").read_bytes())
    vanishing = Progress(on_file=lambda done, total: (plans / "koge-2.txt").unlink(missing_ok=True))
    refreshed = refresh_index([plans], index, embedder=embedder, progress=vanishing)
    assert [refusal.path.name for refusal in refreshed.refused] == ["koge-2.txt"]
    assert refreshed.built is not None
    assert refreshed.built.added == ("koge",)
    assert whole(index) == refreshed.built.generation


def test_a_file_that_changes_while_it_is_read_is_read_again_the_next_time(
    plans: Path, index: Path, embedder: Embedder, whole: Whole
) -> None:
    """What was read is stored; the record says that the file was another, so nothing is missed."""
    from index.index import Index
    from ui.refresh import Progress, refresh_index

    def append(done: int, total: int) -> None:
        if done == 0:
            with (plans / "kagamino.txt").open("a", encoding="utf-8") as file:
                file.write("\n変更その1\n")

    refresh_index([plans], index, embedder=embedder, progress=Progress(on_file=append))
    again = refresh_index([plans], index, embedder=embedder)
    assert [read.plan.plan_id for read in again.read] == ["kagamino"]
    whole(index)
    with Index.open(index, embedder=embedder) as opened:
        assert opened.text("kagamino") == (plans / "kagamino.txt").read_text("utf-8")
    assert refresh_index([plans], index, embedder=embedder).read == ()


@pytest.mark.usefixtures("heeds_interrupts")
@pytest.mark.parametrize(
    "seen",
    [
        pytest.param("building-*/*.document", marks=pytest.mark.slow),
        pytest.param("building-*/shard-*/chroma", marks=pytest.mark.slow),
        "building-*/shard-*/shard.json",
    ],
)
def test_an_interrupt_leaves_nothing_half_done(
    seen: str, machiplan: Path, plans: Path, index: Path, whole: Whole
) -> None:
    """Ctrl-C while it reads, writes or checks: exit code 130, one line, the old index whole, nothing left behind."""
    before = whole(index)
    process = subprocess.Popen(
        [machiplan, "ingest", "--index", index, plans],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while process.poll() is None and not any(index.glob(seen)):
        time.sleep(0.002)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does it: to the process and to those that it started
    output, errors = process.communicate(timeout=60)
    assert (output, errors.strip()) == ("", "エラー: 中断しました。")
    assert process.returncode == 130
    assert whole(index) == before
    no_leavings(index)
