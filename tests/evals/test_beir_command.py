"""``machiplan eval retrieval``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.evals.beir_folder import write_beir
from ui.cli.eval.retrieval import retrieval

NAMES = ["nDCG@10", "Recall@1", "Recall@5", "Recall@10", "Recall@100", "MRR@10"]


def run(*arguments: str | Path) -> Result:
    """Run the command."""
    return CliRunner().invoke(retrieval, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small set."""
    return write_beir(tmp_path_factory.mktemp("beir") / "set")


def test_json_holds_every_measure(folder: Path) -> None:
    """Measures, intervals, counts and speed on stdout; progress is on stderr; the exit code is 0."""
    done = run("--beir", folder, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert [name for name in told if "@" in name] == NAMES
    assert told["nDCG@10"] == pytest.approx(1)
    assert told["Recall@1"] == pytest.approx(5.5 / 6)
    assert (told["documents"], told["queries"]) == (12, 6)
    assert told["queries_per_second"] > 0
    assert list(told["intervals"]) == NAMES
    assert all(low <= told[name] <= high for name, (low, high) in told["intervals"].items())


def test_the_table_holds_the_same(folder: Path) -> None:
    """For people: one line a measure with its interval, and how fast it was."""
    done = run("--beir", folder)
    assert done.exit_code == 0
    assert done.stdout.startswith("文書 12件、質問 6問\n")
    assert "  Recall@1   0.917 [" in done.stdout
    assert all(f"  {name:11}" in done.stdout for name in NAMES)
    assert "問/秒" in done.stdout.splitlines()[-1]


def test_a_broken_set_is_refused(tmp_path: Path) -> None:
    """File and line on stderr, nothing on stdout, exit code 1."""
    folder = write_beir(tmp_path / "set", qrels=[("q1", "d99", "1")])
    done = run("--beir", folder, "--json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "test.tsv:2: corpus-id: 文書「d99」が corpus.jsonl にありません。" in done.stderr


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    """A folder that is not there is exit code 1 and one sentence, no traceback."""
    done = run("--beir", tmp_path / "nowhere")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "フォルダーがありません" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_folder_must_be_named() -> None:
    """Without ``--beir`` the command line is wrong."""
    assert run().exit_code == 2
