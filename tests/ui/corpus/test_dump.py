"""``machiplan dump``: what the file says is what the plans say."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import UnknownMunicipalityError
from assistant.assistant import Assistant
from ui.commitments.records import find_commitments
from ui.corpus.dump import dump_corpus
from ui.corpus.records import CorpusError

PAGE = Path(__file__).resolve().parents[3] / "docs" / "corpus.md"


def records_of(file: Path) -> list[dict[str, Any]]:
    """Return the records of a dumped file."""
    return [json.loads(line) for line in file.read_text("utf-8").split("\n")[:-1]]


def test_every_record_stands_in_the_plan_s_text(assistant: Assistant, tmp_path: Path) -> None:
    """The five plans with text and pages, chunks whose quotes are exact, units and cells as they are held, and the measures."""
    index = assistant.index
    dumped = dump_corpus(index, tmp_path / "corpus.jsonl")
    head, *records = records_of(tmp_path / "corpus.jsonl")
    assert (head["record"], head["format"], head["plans"]) == ("corpus", 1, 5)
    plans = {record["plan_id"]: record for record in records if record["record"] == "plan"}
    chunks = [record for record in records if record["record"] == "chunk"]
    measures = [record for record in records if record["record"] == "commitment"]
    assert (len(plans), len(chunks), len(measures)) == (dumped.plans, dumped.chunks, dumped.commitments)
    for plan_id, plan in plans.items():
        assert plan["text"] == index.text(plan_id)
        assert (plan["title"], plan["pages"]) == (index.plan(plan_id).title, list(index.pages(plan_id)))
        own = [chunk for chunk in chunks if chunk["plan_id"] == plan_id]
        assert [chunk["chunk_id"] for chunk in own] == [chunk.chunk_id for chunk in index.chunks(plan_id)]
    for record in (*chunks, *measures):
        text = plans[record["plan_id"]]["text"]
        span = record["span"] if record["record"] == "chunk" else record["title"]["spans"][0]
        assert text[span["start"] : span["end"]] == record["quote"]
    rows = [chunk["row"] for chunk in chunks if chunk["row"]]
    assert {"table", "label", "cells", "unit"} <= rows[0].keys()
    assert {"column", "value", "span", "inherited"} == rows[0]["cells"][0].keys()
    assert [measure["title"]["text"] for measure in measures] == [
        record.commitment.title.text
        for plan_id in plans
        for record in find_commitments(index, "", ())
        if record.plan.plan_id == plan_id
    ]


def test_one_town_and_a_packed_file(assistant: Assistant, tmp_path: Path) -> None:
    """A town alone holds its plans' lines as the whole has them; a packed file holds the same bytes, and is the same each time."""
    plain, packed, again = (tmp_path / name for name in ("one.jsonl", "one.jsonl.gz", "again.jsonl.gz"))
    for file in (plain, packed, again):
        dump_corpus(assistant.index, file, towns=["上毛町"])
    assert {record["municipality"] for record in records_of(plain)[1:]} == {"上毛町"}
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()
    assert packed.read_bytes() == again.read_bytes()


def test_what_cannot_be_written_leaves_everything_as_it_was(assistant: Assistant, tmp_path: Path) -> None:
    """A file that is there is not overwritten, an unknown town writes none, and neither leaves anything behind."""
    (tmp_path / "notes.jsonl").write_text("mine")
    with pytest.raises(CorpusError, match="上書きしない"):
        dump_corpus(assistant.index, tmp_path / "notes.jsonl")
    with pytest.raises(UnknownMunicipalityError):
        dump_corpus(assistant.index, tmp_path / "other.jsonl", towns=["東京都"])
    with pytest.raises(CorpusError, match="ありません"):
        dump_corpus(assistant.index, tmp_path / "nowhere" / "other.jsonl")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.jsonl"]
    assert (tmp_path / "notes.jsonl").read_text() == "mine"


def test_the_page_explains_every_field_and_no_other(assistant: Assistant, tmp_path: Path) -> None:
    """docs/corpus.md has a table for each kind of record with the fields that it has."""
    dump_corpus(assistant.index, tmp_path / "corpus.jsonl")
    written: dict[str, set[str]] = {}
    for record in records_of(tmp_path / "corpus.jsonl"):
        written.setdefault(record.pop("record"), set()).update(record)
    page = PAGE.read_text("utf-8")
    told = {}
    for kind, section in re.findall(r"^### `(\w+)`\n(.*?)(?=^##)", page, re.MULTILINE | re.DOTALL):
        cells = re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
        told[kind] = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert told == written
