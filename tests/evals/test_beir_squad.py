"""SQuAD files to a BEIR folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import squad_to_beir

from evals.beir_read import BeirDocument, read_beir


def question(name: str, text: str, **more: Any) -> dict[str, Any]:
    """Return a question as SQuAD writes it."""
    return {"id": name, "question": text, "answers": [], **more}


RAIN = {"context": "梅雨 [SEP] 雨の多い時期。", "qas": [question("q1", "いつ?"), question("q2", "どこで?")]}
MORE = {"context": "梅雨 [SEP] 梅雨前線。", "qas": [question("q3", "何?"), question("q4", "何処?", is_impossible=True)]}
AGAIN = {"context": "梅雨 [SEP] 雨の多い時期。", "qas": [question("q5", "なぜ?"), question("q1", "いつ?")]}
PLAIN = {"context": "海に住む。", "qas": [question("q6", "どこに住む?")]}


def squad(path: Path, **articles: list[dict[str, Any]]) -> Path:
    """Write a SQuAD file: paragraphs by title."""
    data = [{"title": title, "paragraphs": paragraphs} for title, paragraphs in articles.items()]
    path.write_text(json.dumps({"version": "1", "data": data}, ensure_ascii=False), "utf-8")
    return path


def test_contexts_become_documents_once(tmp_path: Path) -> None:
    """A repeated context is one document with the questions of both; [SEP] parts title and text; a folder stands for its files."""
    (tmp_path / "in").mkdir()
    first = squad(tmp_path / "first.json", 梅雨=[RAIN, MORE])
    squad(tmp_path / "in" / "b.json", 鯨=[PLAIN])
    squad(tmp_path / "in" / "a.json", 梅雨=[AGAIN])
    squad_to_beir.main([str(tmp_path / "out"), str(first), str(tmp_path / "in")])
    beir = read_beir(tmp_path / "out")
    assert beir.documents == (
        BeirDocument("d0", "梅雨", "雨の多い時期。"),
        BeirDocument("d1", "梅雨", "梅雨前線。"),
        BeirDocument("d2", "鯨", "海に住む。"),
    )
    found = {query: list(judged) for query, judged in beir.qrels.items()}
    assert found == {"q1": ["d0"], "q2": ["d0"], "q3": ["d1"], "q5": ["d0"], "q6": ["d2"]}
    assert beir.queries["q5"] == "なぜ?"


def test_one_id_for_two_questions_is_refused(tmp_path: Path) -> None:
    """The id is named, and nothing is written."""
    one = squad(tmp_path / "one.json", 鯨=[PLAIN])
    two = squad(tmp_path / "two.json", 鯨=[{"context": "大きい。", "qas": [question("q6", "大きいか?")]}])
    with pytest.raises(SystemExit, match="q6"):
        squad_to_beir.main([str(tmp_path / "out"), str(one), str(two)])
    assert not (tmp_path / "out").exists()


def test_without_arguments_the_usage_is_told() -> None:
    """The script says how it is called."""
    with pytest.raises(SystemExit, match="usage:"):
        squad_to_beir.main([])
