"""``machiplan dump`` and ``machiplan load`` as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.ui.cli.conftest import Run


def test_a_town_goes_from_one_index_to_another(run: Run, tmp_path: Path) -> None:
    """``dump`` and ``load`` say what they did, ``--json`` for programs; what was loaded is dumped as it was, and answers."""
    index = tmp_path / "index"
    done = run("dump", "corpus.jsonl", "--town", "上毛町", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["plans"], told["bytes"]) == (1, (tmp_path / "corpus.jsonl").stat().st_size)
    loaded = run("load", "corpus.jsonl", "--index", index)
    assert (loaded.returncode, loaded.stderr) == (0, "")
    assert loaded.stdout.startswith("追加: 1件（koge）")
    assert "計画 1件" in run("dump", "again.jsonl", "--index", index).stdout
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "corpus.jsonl").read_bytes()


def test_a_mistake_is_one_sentence(run: Run, tmp_path: Path) -> None:
    """Japanese, on stderr, with exit code 1: a file that is there, a file that is none of ours."""
    (tmp_path / "c.jsonl").write_text("{}\n")
    for command, told in (("dump", "すでにあります"), ("load", "1 行目")):
        done = run(command, "c.jsonl")
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("エラー: ")
        assert told in done.stderr
    assert (tmp_path / "c.jsonl").read_text() == "{}\n"
