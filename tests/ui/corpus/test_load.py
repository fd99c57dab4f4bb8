"""``machiplan load``: an index without source files, the same as the one that was dumped, and no damaged file in it."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.embedder import Embedder
from index.generation import publish, read_manifest, read_pointer
from index.index import Index
from ingest.chunk import chunk
from ingest.document import Chunk
from tests.ui.corpus.conftest import dumped
from ui.corpus.load import load_corpus
from ui.corpus.read import read_corpus
from ui.corpus.records import CorpusError
from ui.refresh import refresh_index
from ui.sources import read_sources

Records = list[dict[str, Any]]


def changed(source: Path, file: Path, change: Callable[[Records], object]) -> Path:
    """Write a dumped file with its records changed and return its path."""
    records = [json.loads(line) for line in source.read_text("utf-8").splitlines()]
    change(records)
    file.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return file


def json_with(file: Path, old: str, new: str) -> str:
    """Return a dumped file with other words in the place of some that it holds."""
    text = "".join(
        json.dumps(json.loads(line), ensure_ascii=False) + "\n" for line in file.read_text("utf-8").splitlines()
    )
    assert old in text
    return text.replace(old, new)


@pytest.fixture(scope="module")
def reloaded(small: Path, tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A copy of the small index into which another text of 森町's plan was loaded. Tests only read it."""
    folder = tmp_path_factory.mktemp("reloaded")
    shutil.copytree(small / "index", folder / "index")

    def mori_alone(records: Records) -> None:
        records[0]["plans"] = 1
        records[:] = [record for record in records if record.get("plan_id") != "ogawa"]

    one = changed(small / "corpus.jsonl", folder / "one.jsonl", mori_alone)
    one.write_text(json_with(one, "年12回", "年99回"), "utf-8")
    built = load_corpus(one, folder / "index", embedder=embedder)
    assert (built.changed, built.unchanged) == (("mori",), ("ogawa",))
    return folder / "index"


@pytest.fixture
def index(reloaded: Path, tmp_path: Path) -> Path:
    """The same to be changed."""
    return Path(shutil.copytree(reloaded, tmp_path / "index"))


def text_of(directory: Path, embedder: Embedder) -> str:
    """Return the text of 森町's plan."""
    with Index.open(directory, embedder=embedder) as opened:
        return opened.text("mori")


def test_a_loaded_index_is_the_one_that_was_dumped(small: Path, tmp_path: Path, embedder: Embedder) -> None:
    """Without any source file: the same generation, and the same bytes when it is dumped again."""
    built = load_corpus(small / "corpus.jsonl", tmp_path / "index", embedder=embedder)
    assert built.added == ("mori", "ogawa")
    assert built.generation == read_pointer(small / "index").generation
    assert dumped(tmp_path / "index", tmp_path / "again.jsonl", embedder) == (small / "corpus.jsonl").read_bytes()


@pytest.mark.slow
def test_the_five_plans_go_round(index_dir: Path, tmp_path: Path, embedder: Embedder) -> None:
    """The real plans, packed: the same generation and the same bytes."""
    first = dumped(index_dir, tmp_path / "corpus.jsonl.gz", embedder)
    built = load_corpus(tmp_path / "corpus.jsonl.gz", tmp_path / "index", embedder=embedder)
    assert built.generation == read_pointer(index_dir).generation
    assert dumped(tmp_path / "index", tmp_path / "again.jsonl.gz", embedder) == first


def test_a_folder_does_not_undo_what_was_loaded(index: Path, small: Path, embedder: Embedder) -> None:
    """The loaded plan stays, though the folder holds the file that it was read from before; naming that file brings it back."""
    again = refresh_index([small / "plans"], index, embedder=embedder)
    assert [path.name for path in again.left_out] == ["mori.txt"]
    assert "年99回" in text_of(index, embedder)
    assert read_sources(index).keys() == {"ogawa"}
    refresh_index([small / "plans" / "mori.txt"], index, embedder=embedder)
    assert "年12回" in text_of(index, embedder)
    assert refresh_index([small / "plans"], index, embedder=embedder).left_out == ()


def test_loading_the_same_changes_nothing(small: Path, tmp_path: Path, embedder: Embedder) -> None:
    """Every plan keeps its file."""
    index = Path(shutil.copytree(small / "index", tmp_path / "index"))
    before = read_sources(index)
    assert load_corpus(small / "corpus.jsonl", index, embedder=embedder).unchanged == ("mori", "ogawa")
    assert read_sources(index) == before
    assert refresh_index([small / "plans"], index, embedder=embedder).left_out == ()


class OtherModel:
    """The embedder, as a model of another name would be."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.digest = "another"

    def __getattr__(self, name: str) -> Any:
        return getattr(self._embedder, name)


def test_a_plan_without_a_file_outlives_a_change_of_model(
    index: Path, reloaded: Path, small: Path, tmp_path: Path, embedder: Embedder
) -> None:
    """Another model reads it from the index itself; loading waits until the other plans are read anew."""
    other = OtherModel(embedder)
    with pytest.raises(CorpusError, match=r"（ogawa）を読み取れないか.*machiplan ingest"):
        load_corpus(reloaded.parent / "one.jsonl", index, embedder=other)
    assert read_pointer(index) == read_pointer(reloaded)
    refresh_index([small / "plans"], index, embedder=other)
    assert dumped(index, tmp_path / "new.jsonl", other) == dumped(reloaded, tmp_path / "old.jsonl", embedder)


def test_a_plan_without_a_file_outlives_a_change_of_rules(index: Path, small: Path, embedder: Embedder) -> None:
    """Where other rules made the index, the chunks are made anew from the text that it holds."""
    publish(index, replace(read_manifest(index, read_pointer(index).generation), chunker="0"))
    refresh_index([small / "plans"], index, embedder=embedder)
    with Index.open(index, embedder=embedder) as opened:
        made = chunk(opened.plan("mori"), opened.text("mori"))
        assert "年99回" in opened.text("mori")
        assert opened.chunks("mori") == made


def test_chunks_of_other_rules_are_made_anew(small: Path, tmp_path: Path) -> None:
    """A file of another version brings its texts; today's rules make its chunks."""

    def older(records: Records) -> None:
        records[0]["chunker"] = "0"
        next(record for record in records if record["record"] == "chunk")["search_text"] = "むかしの読み"

    [was, *_] = read_corpus(small / "corpus.jsonl")
    [now, *_] = read_corpus(changed(small / "corpus.jsonl", tmp_path / "c.jsonl", older))
    assert now == was


def of(records: Records, kind: str, nth: int = 0) -> dict[str, Any]:
    """Return the nth record of a kind."""
    return [record for record in records if record["record"] == kind][nth]


def row_of(records: Records) -> dict[str, Any]:
    """Return the first record of a table row."""
    return next(record for record in records if record.get("row"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda r: r.clear(), "1 行目: ファイルが途中で終わっています"),
        (lambda r: r[0].update(format=2), "1 行目: 形式 2 には対応していません"),
        (lambda r: r[0].update(plans=0), "1 行目: 項目 plans"),
        (lambda r: r[0].update(note="a"), "1 行目: 項目 note は使えません"),
        (lambda r: r.pop(), "途中で終わっています"),
        (lambda r: r.append(r[-1]), "余分な行"),
        (lambda r: r.pop(1), '2 行目: "record": "plan" の行ではありません'),
        (lambda r: of(r, "plan").update(plan_id="Mori"), "2 行目: plan_id は英小文字"),
        (lambda r: of(r, "plan", 1).update(plan_id="mori"), "plan_id が重複"),
        (lambda r: of(r, "plan").update(valid_from="昨日"), "項目 valid_from"),
        (lambda r: of(r, "plan").update(valid_from="2023-04-01T00:00:00"), "項目 valid_from"),
        (lambda r: of(r, "plan").update(municipality_code="1"), "municipality_code"),
        (lambda r: of(r, "plan").update(text=of(r, "plan")["text"][:9]), "本文（9文字）の外"),
        (lambda r: of(r, "plan").update(text="\ud800"), "2 行目: JSON として"),
        (lambda r: of(r, "plan").update(pages=[0, 9, 3]), "pages は"),
        (lambda r: of(r, "plan").update(chunks=0), "chunk が1つもありません"),
        (lambda r: of(r, "plan").pop("title"), "項目 title"),
        (lambda r: of(r, "plan").update(titel="a"), "項目 titel は使えません"),
        (
            lambda r: of(r, "plan").update(text=of(r, "plan")["text"].replace("町", "村")),
            "3 行目: 項目 quote が本文の文字と",
        ),
        (lambda r: of(r, "chunk")["span"].update(end=10**6), "の外です"),
        (lambda r: of(r, "chunk")["span"].update(start=-1), "の外です"),
        (lambda r: of(r, "chunk")["span"].update(start=1), "項目 quote"),
        (lambda r: of(r, "chunk")["units"][0]["span"].update(end=10**6), "の外です"),
        (lambda r: row_of(r)["row"]["cells"][0]["span"].update(start=9, end=3), "の外です"),
        (lambda r: row_of(r)["row"]["cells"][0].update(colour="red"), "項目 row"),
        (lambda r: of(r, "chunk").update(kind="poem"), "項目 kind"),
        (lambda r: of(r, "chunk").update(chunk_id=of(r, "chunk", 1)["chunk_id"]), "chunk_id が重複"),
        (lambda r: of(r, "chunk").update(plan_id="ogawa"), "3 行目: 項目 plan_id が、前にある計画（mori）"),
        (lambda r: of(r, "chunk").update(municipality="小川町"), "項目 municipality が"),
        (lambda r: of(r, "commitment")["title"]["spans"][0].update(end=10**6), "の外です"),
        (lambda r: of(r, "commitment").update(quote="a"), "項目 quote"),
    ],
)
def test_a_wrong_record_is_refused_by_its_line(
    small: Path, tmp_path: Path, change: Callable[[Records], object], told: str
) -> None:
    """Whatever is missing, added, out of place or not what the text says: one sentence names file and line."""
    file = changed(small / "corpus.jsonl", tmp_path / "c.jsonl", change)
    with pytest.raises(CorpusError) as raised:
        list(read_corpus(file))
    message = str(raised.value)
    assert told in message
    assert message.startswith(f"{file} の ")
    assert message.endswith("索引は変えていません。")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("c.jsonl", b"\xff\xfe", "1 行目: JSON として読めません"),
        ("c.jsonl", b"[" * 100_000, "1 行目: JSON として読めません"),
        ("c.jsonl", b"[1]\n", "1 行目"),
        ("c.jsonl.gz", b"not packed", "壊れています"),
        ("c.jsonl.gz", gzip.compress(b'{"record": "corpus"' * 999, mtime=0)[:60], "壊れています"),
        ("missing.jsonl", None, "を読めません（ありません）"),
    ],
)
def test_a_damaged_file_leaves_the_index_as_it_was(
    small: Path, tmp_path: Path, name: str, content: bytes | None, told: str, embedder: Embedder
) -> None:
    """What is no text, no JSON or cut off is told in one sentence, and nothing is published."""
    index = Path(shutil.copytree(small / "index", tmp_path / "index"))
    before = {path: path.read_bytes() for path in index.rglob("*") if path.is_file()}
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CorpusError, match=told):
        load_corpus(tmp_path / name, index, embedder=embedder)
    assert {path: path.read_bytes() for path in index.rglob("*") if path.is_file()} == before


def test_the_chunks_come_back_whole(small: Path, embedder: Embedder) -> None:
    """Every chunk of the file is the index's own, row, cells, units and all."""
    with Index.open(small / "index", embedder=embedder) as index:
        stored: list[tuple[Chunk, ...]] = [document.chunks for document in index.documents()]
    assert [document.chunks for document in read_corpus(small / "corpus.jsonl")] == stored
