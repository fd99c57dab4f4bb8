"""Building and publishing an index."""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest

from index.build import build_index, building
from index.check_shard import check_in_fresh_process
from index.chroma import ChromaVectors, save_vectors
from index.embedder import Embedder
from index.errors import IndexBusyError, IndexDamagedError, IndexMissingError, IndexWriteError
from index.generation import read_pointer
from index.index import Index
from index.query import Query
from ingest.document import Document

MakeDocument = Callable[..., Document]


def files(directory: Path) -> dict[Path, int]:
    """Every file under a folder and when it was last written."""
    return {path: path.stat().st_mtime_ns for path in directory.rglob("*") if path.is_file()}


def shards(directory: Path) -> set[str]:
    """The shards that are stored."""
    return {path.name for path in (directory / "shards").iterdir()}


def reworded(document: Document, old: str, new: str) -> Document:
    """The document with one word of the same length put in another's place, in its text and its chunks."""
    assert len(old) == len(new)
    chunks = tuple(replace(chunk, search_text=chunk.search_text.replace(old, new)) for chunk in document.chunks)
    return replace(document, text=document.text.replace(old, new), chunks=chunks, digest=f"{document.digest}-{new}")


@pytest.fixture
def directory(towns_dir: Path, tmp_path: Path) -> Path:
    """An index of the three towns to be changed."""
    return Path(shutil.copytree(towns_dir, tmp_path / "index"))


def test_the_first_build_adds_everything(towns: tuple[Document, ...], tmp_path: Path, embedder: Embedder) -> None:
    """The report names every plan as added and counts the chunks; every document comes back as it went in."""
    report = build_index(towns, tmp_path / "new" / "index", embedder=embedder)
    assert report.added == ("east", "tiny", "west")
    assert (report.changed, report.unchanged, report.removed) == ((), (), ())
    assert report.chunks == 7
    with Index.open(tmp_path / "new" / "index", embedder=embedder) as index:
        assert index.generation == report.generation
        assert index.plans == tuple(sorted((document.plan for document in towns), key=lambda plan: plan.plan_id))
        for document in towns:
            assert index.text(document.plan.plan_id) == document.text
            assert index.chunks(document.plan.plan_id) == document.chunks
            assert index.chunk_count(document.plan.plan_id) == len(document.chunks)


def test_the_real_plans_come_back_as_they_went_in(
    documents: tuple[Document, ...], index_dir: Path, embedder: Embedder
) -> None:
    """Texts, chunks, rows and cells of the five plans survive storage exactly."""
    with Index.open(index_dir, embedder=embedder) as index:
        for document in documents:
            assert index.text(document.plan.plan_id) == document.text
            assert index.chunks(document.plan.plan_id) == document.chunks


def test_the_same_again_does_nothing(directory: Path, towns: tuple[Document, ...], embedder: Embedder) -> None:
    """A second build of the same documents keeps the generation and every shard file, in well under a second."""
    before, generation = files(directory / "shards"), read_pointer(directory)
    start = time.perf_counter()
    report = build_index(towns, directory, embedder=embedder)
    assert time.perf_counter() - start < 1
    assert report.unchanged == ("east", "tiny", "west")
    assert (report.added, report.changed, report.removed) == ((), (), ())
    assert files(directory / "shards") == before
    assert read_pointer(directory) == generation


def test_only_what_changed_is_written(directory: Path, towns: tuple[Document, ...], embedder: Embedder) -> None:
    """A changed plan gets a new shard, the others keep theirs, a removed one is gone from the answers."""
    before = shards(directory)
    east, west, _ = towns
    report = build_index([east, reworded(west, "町長", "議長")], directory, embedder=embedder)
    assert (report.added, report.changed, report.unchanged, report.removed) == ((), ("west",), ("east",), ("tiny",))
    assert len(shards(directory) - before) == 1
    with Index.open(directory, embedder=embedder) as index:
        assert [plan.plan_id for plan in index.plans] == ["east", "west"]
        assert "議長" in index.retrieve(Query("議長は何をする", ("222222",)))[0].chunk.search_text
        assert index.retrieve(Query("期間", ("333333",))) == []


def test_changed_metadata_is_a_change(directory: Path, towns: tuple[Document, ...], embedder: Embedder) -> None:
    """A new title alone is seen and reported."""
    east, west, tiny = towns
    renamed = replace(east, plan=replace(east.plan, title="新しい計画"))
    assert build_index([renamed, west, tiny], directory, embedder=embedder).changed == ("east",)
    with Index.open(directory, embedder=embedder) as index:
        assert index.plans[0].title == "新しい計画"


def test_a_town_with_two_plans_has_one_shard(
    tmp_path: Path, towns: tuple[Document, ...], make_document: MakeDocument, embedder: Embedder
) -> None:
    """Both plans are found under the town's code, and each keeps its own text."""
    older = make_document("east-old", "111111", "東町", [("期間", "旧計画の期間は平成30年度からでした。")])
    build_index([*towns, older], tmp_path / "index", embedder=embedder)
    assert len(shards(tmp_path / "index")) == 3
    with Index.open(tmp_path / "index", embedder=embedder) as index:
        found = {hit.chunk.plan_id for hit in index.retrieve(Query("計画の期間", ("111111",)))}
        assert found == {"east", "east-old"}
        assert index.text("east-old") == older.text
        assert index.chunks("east-old") == older.chunks


def test_the_generation_before_stays_and_older_ones_go(
    directory: Path, towns: tuple[Document, ...], embedder: Embedder
) -> None:
    """After each build the current generation and the one before are stored, with their shards and no others."""
    for word in ("議長", "社長", "校長"):
        build_index([reworded(towns[1], "町長", word)], directory, embedder=embedder)
    assert len(list((directory / "generations").iterdir())) == 2
    assert len(shards(directory)) == 2


def test_an_open_generation_outlives_two_builds(
    directory: Path, towns: tuple[Document, ...], embedder: Embedder
) -> None:
    """A reader that opened an index before two builds still reads its own generation, files it had not touched too."""
    with Index.open(directory, embedder=embedder) as index:
        for word in ("議長", "社長"):
            build_index([reworded(towns[1], "町長", word)], directory, embedder=embedder)
        assert index.retrieve(Query("副町長", ("111111",)))[0].chunk.plan_id == "east"
        assert index.text("tiny") == towns[2].text
    build_index([reworded(towns[1], "町長", "校長")], directory, embedder=embedder)
    assert len(shards(directory)) == 2


def test_an_open_generation_outlives_a_build_of_the_same_and_two_others(
    directory: Path, towns: tuple[Document, ...], embedder: Embedder
) -> None:
    """A build that changes nothing does not touch the manifest that readers hold, so the next ones still see it held."""
    with Index.open(directory, embedder=embedder) as index:
        build_index(towns, directory, embedder=embedder)
        for word in ("議長", "社長"):
            build_index([reworded(towns[1], "町長", word)], directory, embedder=embedder)
        assert index.text("tiny") == towns[2].text


def test_a_plan_id_may_be_as_long_as_a_file_name(
    directory: Path, make_document: MakeDocument, embedder: Embedder
) -> None:
    """Nothing that a build sets aside is named by it."""
    long = make_document("a" * 251, "444444", "北町", [("期間", "5年間です。")])
    assert build_index([long], directory, embedder=embedder).added == ("a" * 251,)


def test_a_stray_file_among_the_shards_is_no_obstacle(
    directory: Path, towns: tuple[Document, ...], embedder: Embedder
) -> None:
    """A file that somebody put there stays there."""
    (directory / "shards" / ".DS_Store").write_bytes(b"")
    build_index(towns[:1], directory, embedder=embedder)
    with Index.open(directory, embedder=embedder) as index:
        assert [plan.plan_id for plan in index.plans] == ["east"]


def test_a_folder_that_takes_nothing_is_told(towns: tuple[Document, ...], tmp_path: Path, embedder: Embedder) -> None:
    """The sentence names the path and what is wrong with it."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(IndexWriteError, match=r"file: フォルダーではありません"):
        build_index(towns, tmp_path / "file", embedder=embedder)


def test_a_shard_that_does_not_answer_is_not_published(directory: Path, tmp_path: Path) -> None:
    """The fresh process finds what is missing, and the message says that it could not be read back."""
    shard = shutil.copytree(next((directory / "shards").iterdir()), tmp_path / "shard")
    check_in_fresh_process([shard])
    next(shard.rglob("data_level0.bin")).write_bytes(b"")
    with pytest.raises(IndexWriteError, match=r"書き込んだ内容を読み出せません.*内容が作成時と異なります"):
        check_in_fresh_process([shard])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index", "shard"]


def test_no_document_makes_an_empty_index(directory: Path, embedder: Embedder) -> None:
    """An index of nothing holds no plan and finds nothing."""
    assert build_index([], directory, embedder=embedder).removed == ("east", "tiny", "west")
    with Index.open(directory, embedder=embedder) as index:
        assert index.plans == ()
        assert index.retrieve(Query("計画")) == []


def test_a_plan_without_a_chunk_can_be_stored(tmp_path: Path, make_document: MakeDocument, embedder: Embedder) -> None:
    """A document in which nothing was found is kept, and finds nothing."""
    build_index([make_document("empty", "444444", "北町", [])], tmp_path / "index", embedder=embedder)
    with Index.open(tmp_path / "index", embedder=embedder) as index:
        assert index.chunks("empty") == ()
        assert index.retrieve(Query("計画")) == []


def test_two_documents_with_one_id_are_refused(towns: tuple[Document, ...], tmp_path: Path, embedder: Embedder) -> None:
    """A plan id must stand for one plan; the message quotes it and nothing is published."""
    with pytest.raises(ValueError, match="plan id 'east'"):
        build_index([towns[0], towns[0]], tmp_path / "index", embedder=embedder)
    with pytest.raises(IndexMissingError):
        read_pointer(tmp_path / "index")


def test_plans_can_stay_without_being_read_again(
    directory: Path, towns: tuple[Document, ...], make_document: MakeDocument, embedder: Embedder
) -> None:
    """A build that adds one plan keeps the named ones as they are stored, one that shares the new plan's shard too."""
    newer = make_document("west-2", "222222", "西町", [("期間", "次の計画は令和9年度に始まります。")])
    with building(directory, embedder=embedder) as build:
        assert set(build.keepable) == {"east", "tiny", "west"}
        build.add(newer)
        report = build.publish(keep={"east", "west"})
    assert (report.added, report.unchanged, report.removed) == (("west-2",), ("east", "west"), ("tiny",))
    with Index.open(directory, embedder=embedder) as index:
        assert index.text("west") == towns[1].text
        assert index.chunks("west") == towns[1].chunks
        assert index.chunks("west-2") == newer.chunks


def test_a_kept_plan_and_a_given_one_come_to_the_same(
    directory: Path, tmp_path: Path, towns: tuple[Document, ...], embedder: Embedder
) -> None:
    """However a corpus came together, the generation is the same."""
    with building(directory, embedder=embedder) as build:
        build.add(towns[2])
        generation = build.publish(keep={"east", "west"}).generation
    assert generation == build_index(towns, tmp_path / "at-once", embedder=embedder).generation


def test_only_intact_shards_can_stay(directory: Path, towns: tuple[Document, ...], embedder: Embedder) -> None:
    """A plan whose shard has a changed byte must be given again."""
    with building(directory, embedder=embedder) as build:
        shard = directory / "shards" / build.before["west"].shard
        (shard / "texts.jsonl").write_bytes(b"damaged")
        assert set(build.keepable) == {"east", "tiny"}


def test_a_damaged_shard_is_written_again(directory: Path, towns: tuple[Document, ...], embedder: Embedder) -> None:
    """Building the same documents mends a shard with a changed byte, and reports nothing as changed."""
    damaged = next((directory / "shards").rglob("chroma.sqlite3"))
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    report = build_index(towns, directory, embedder=embedder)
    assert report.unchanged == ("east", "tiny", "west")
    with Index.open(directory, embedder=embedder) as index:
        assert len(index.retrieve(Query("計画の期間"))) > 0


def test_what_a_dead_build_left_is_swept(directory: Path, towns: tuple[Document, ...], embedder: Embedder) -> None:
    """Unfinished folders and pointers and unused shards disturb no answer and are gone after the next build."""
    (directory / "building-dead" / "half").mkdir(parents=True)
    (directory / "shards" / "0000").mkdir()
    (directory / "current.new").write_text("{", "utf-8")
    (directory / "generations" / "x.json.new").write_text("{", "utf-8")
    (directory / "generations" / "x.json").write_text("{", "utf-8")
    with Index.open(directory, embedder=embedder) as index:
        assert index.retrieve(Query("計画の期間"))
    build_index(towns, directory, embedder=embedder)
    assert sorted(path.name for path in directory.iterdir()) == ["current", "generations", "lock", "shards"]
    assert len(shards(directory)) == 3
    assert [path.suffix for path in (directory / "generations").iterdir()] == [".json"]


def test_a_process_that_outlives_its_build_does_not_stop_the_next(
    directory: Path, towns: tuple[Document, ...], embedder: Embedder
) -> None:
    """The one that reads a killed build's shards copies them beside; sweeping them meanwhile is no failure."""
    left = directory / "building-dead" / "copies"
    left.mkdir(parents=True)
    ended = Event()

    def copy() -> None:
        for number in count():
            if ended.is_set():
                return
            try:
                (left / str(number)).touch()
            except FileNotFoundError:
                return

    outlives = Thread(target=copy)
    outlives.start()
    try:
        assert build_index(towns, directory, embedder=embedder).unchanged
    finally:
        ended.set()
        outlives.join()
    assert not list(directory.glob("building-*"))


def test_a_damaged_pointer_is_mended_by_a_build(
    directory: Path, towns: tuple[Document, ...], embedder: Embedder
) -> None:
    """An unreadable pointer is an error for a reader and no obstacle for a build."""
    (directory / "current").write_text("{", "utf-8")
    with pytest.raises(IndexDamagedError, match="machiplan ingest"):
        Index.open(directory, embedder=embedder)
    build_index(towns, directory, embedder=embedder)
    with Index.open(directory, embedder=embedder) as index:
        assert index.retrieve(Query("計画の期間"))


def test_a_second_build_at_once_says_so(directory: Path, towns: tuple[Document, ...], embedder: Embedder) -> None:
    """While another build holds the lock, a build stops with a Japanese sentence, and questions go on."""
    with (directory / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(IndexBusyError, match="別の処理が索引を作成しています"):
            build_index(towns, directory, embedder=embedder)
        with Index.open(directory, embedder=embedder) as index:
            assert index.retrieve(Query("計画の期間"))
    assert build_index(towns, directory, embedder=embedder).unchanged == ("east", "tiny", "west")


@pytest.mark.parametrize("count", [0, 1, 2, 3, 500, 5001])
def test_chroma_keeps_every_vector(tmp_path: Path, count: int) -> None:
    """Whatever the number, all vectors are there after the folder was closed, and each finds itself."""
    vectors = np.random.default_rng(0).standard_normal((count, 8)).astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    save_vectors(vectors, tmp_path / "chroma")
    opened = ChromaVectors(tmp_path / "chroma")
    assert opened.count() == count
    assert sorted(opened.numbers()) == list(range(count))
    for at in range(0, count, 97):
        assert opened.nearest(vectors[at], 1) == [at]
    opened.close()
