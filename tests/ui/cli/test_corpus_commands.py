"""``machiplan dump`` and ``machiplan load`` as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

from index.embedder import Embedder
from index.generation import read_pointer
from tests.ui.cli.conftest import Run
from tests.ui.small import build_small_index


def test_a_town_goes_from_one_index_to_another(run: Run, tmp_path: Path, embedder: Embedder) -> None:
    """``dump`` and ``load`` say what they did, ``--json`` for programs."""
    small = build_small_index(tmp_path, embedder, ("mori.txt", "北海道森町"))
    done = run("dump", "corpus.jsonl", "--town", "森町", "--index", small, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["plans"], told["bytes"]) == (1, (tmp_path / "corpus.jsonl").stat().st_size)
    loaded = run("load", "corpus.jsonl", "--index", tmp_path / "other")
    assert (loaded.returncode, loaded.stderr) == (0, "")
    assert loaded.stdout.startswith("追加: 1件（mori）")
    assert read_pointer(tmp_path / "other").generation == read_pointer(small).generation


def test_a_mistake_is_one_sentence(run: Run, tmp_path: Path) -> None:
    """Japanese, on stderr, with exit code 1: a file that is there, a file that is none of ours."""
    (tmp_path / "c.jsonl").write_text("{}\n")
    for command, told in (("dump", "すでにあります"), ("load", "1 行目")):
        done = run(command, "c.jsonl")
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("エラー: ")
        assert told in done.stderr
    assert (tmp_path / "c.jsonl").read_text() == "{}\n"
