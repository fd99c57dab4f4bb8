"""The words of a plan, as they are counted when it is indexed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from index.build import build_index
from index.embedder import Embedder
from index.errors import IndexDamagedError
from index.index import Index
from index.plan_words import ChunkTerms, PlanWords, stem
from ingest.document import Document

ROOT = Path(__file__).resolve().parents[2]


def test_words_and_stems_are_counted_by_chunk(make_document: Callable[..., Document]) -> None:
    """A word that stands twice in a chunk counts once, one of a heading counts for what stands below it."""
    plan = make_document(
        "p", "000001", "甲町", [("避難所", "避難所を増やし、避難所を改める。"), ("改革", "組織を改め、人を増やす。")]
    )
    words = PlanWords.of(plan)
    assert words.chunks == 2
    assert (words.counts["避難"], words.counts["組織"]) == (1, 1)
    assert words.counts["増"] == 2  # the stem of 増やす
    assert set(words.counts) == {
        form for chunk in plan.chunks for word in ChunkTerms.of(chunk).words for form in (word, stem(word))
    }


def test_words_are_written_in_the_same_order_by_every_process(tmp_path: Path) -> None:
    """Processes hash strings differently; the files of an index, and so its digest, must not."""
    (tmp_path / "plan.txt").write_text(
        "# 甲町計画\n\n避難所を増やし、組織を改め、窓口の待ち時間を減らします。\n", "utf-8"
    )
    count = (
        "import sys; from index.plan_words import PlanWords; from ingest.chunk import chunk; from ingest.document import Document, Plan;"
        "text = open(sys.argv[1], encoding='utf-8').read();"
        "plan = Plan('p', '甲町', '', '', '', '計画', None, None, None, None, '', '');"
        "print(list(PlanWords.of(Document(plan, text, '', chunk(plan, text))).counts))"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", count, str(tmp_path / "plan.txt")],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    ]
    assert "避難" in said[0]
    assert len(set(said)) == 1


def test_words_are_known_by_their_readings_alone_and_together(make_document: Callable[..., Document]) -> None:
    """Two or three words side by side are one reading too; grammar parts them."""
    plan = make_document("p", "000001", "甲町", [("", "公民館の利用。公民館の予約。")])
    readings = {reading: (word, n) for reading, word, n in PlanWords.of(plan).readings}
    assert readings["コウミンカン"] == ("公民館", 2)
    assert readings["リヨウ"] == ("利用", 1)
    assert not any("リヨウ" in reading and "コウミン" in reading for reading in readings)


def test_an_index_gives_what_was_counted(documents: tuple[Document, ...], index_dir: Path, embedder: Embedder) -> None:
    """For each of the five plans, as if it were counted now."""
    with Index.open(index_dir, embedder=embedder) as index:
        for document in documents:
            [stored] = index.plan_words(document.plan.municipality_code)
            assert stored == PlanWords.of(document)
            assert Counter(stored.counts).most_common(1)[0][1] <= len(document.chunks)
        assert index.plan_words("999999") == []


def test_changed_words_are_damage(towns: tuple[Document, ...], tmp_path: Path, embedder: Embedder) -> None:
    """They are compared with their digest like every other file, and named."""
    build_index(towns, tmp_path / "index", embedder=embedder)
    for path in (tmp_path / "index" / "shards").rglob("words.jsonl"):
        shutil.copy(path.with_name("chunks.jsonl"), path)
    with (
        Index.open(tmp_path / "index", embedder=embedder) as index,
        pytest.raises(IndexDamagedError, match=r"words\.jsonl"),
    ):
        index.plan_words(towns[0].plan.municipality_code)
