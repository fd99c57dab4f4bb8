"""``machiplan ask``, ``search`` and ``plans``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ingest.document import Document
    from tests.ui.cli.conftest import Run

QUESTION = "平生町のDX推進計画の計画期間はいつからいつまでですか?"
ASK_AND_LIST_MODULES = """
import sys
from ui.cli.main import main
try:
    main()
finally:
    print(sorted(name for name in sys.modules if "." not in name), file=sys.stderr)
"""


def test_an_answer_is_printed_with_its_numbered_quotes(run: Run, documents: tuple[Document, ...]) -> None:
    """Town, plan, heading path and the quote word for word; the exit code is 0 and stderr is empty."""
    done = run("ask", QUESTION)
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(run("ask", "--json", QUESTION).stdout)
    assert answer["answer"] in done.stdout
    for citation in answer["citations"]:
        assert f"[{citation['n']}] {citation['municipality']} {citation['title']}" in done.stdout
        assert all(line in done.stdout for line in citation["quote"].splitlines())
        assert all(heading in done.stdout for heading in citation["heading_path"])
        text = next(d.text for d in documents if d.plan.plan_id == citation["plan_id"])
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_the_answer_is_printed_in_plain_words_on_request(run: Run) -> None:
    """``--easy`` adds them between answer and quotes, readings in brackets; as JSON they are the API's structure."""
    done = run("ask", "--easy", QUESTION)
    assert (done.returncode, done.stderr) == (0, "")
    before, _, after = done.stdout.partition("【やさしい日本語")
    assert "計画（けいかく）" not in before
    assert "計画（けいかく）" in after.partition("【根拠】")[0]
    answer = json.loads(run("ask", "--easy", "--json", QUESTION).stdout)
    assert {"text": "計画", "ruby": "けいかく"} in [piece for sentence in answer["easy"] for piece in sentence]
    assert json.loads(run("ask", "--json", QUESTION).stdout)["easy"] is None


def test_towns_can_be_chosen_several_times(run: Run) -> None:
    """``--town`` takes a name or a code and may be repeated."""
    done = run("ask", "--json", "--town", "上毛町", "--town", "353442", "計画期間はいつからいつまでですか?")
    assert done.returncode == 0
    assert {c["municipality"] for c in json.loads(done.stdout)["citations"]} <= {"上毛町", "平生町"}


def test_asking_imports_no_heavy_library(index_dir: Path, tmp_path: Path) -> None:
    """The default answer needs neither torch nor the web libraries."""
    root = Path(__file__).resolve().parents[3]
    environment = {**os.environ, "MACHIPLAN_INDEX_DIR": str(index_dir)}
    environment["PYTHONPATH"] = os.pathsep.join([str(root), environment.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", ASK_AND_LIST_MODULES, "ask", QUESTION],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    imported = set(done.stderr.replace("'", "").strip("[]\n").split(", "))
    assert {"assistant", "index", "click"} <= imported
    assert not imported & {
        "torch",
        "transformers",
        "sentence_transformers",
        "gradio",
        "fastapi",
        "uvicorn",
        "langchain",
    }


def test_asking_works_where_torch_cannot_be_imported(index_dir: Path, tmp_path: Path) -> None:
    """A torch that fails at import, as a build for another machine does, takes nothing from the default answer."""
    broken = tmp_path / "broken" / "torch"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text('raise ImportError("libcudart.so: cannot open shared object file")')
    root = Path(__file__).resolve().parents[3]
    paths = [str(broken.parent), str(root), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        [sys.executable, "-c", "from ui.cli.main import main; main()", "ask", "--json", QUESTION],
        env={**os.environ, "MACHIPLAN_INDEX_DIR": str(index_dir), "PYTHONPATH": os.pathsep.join(paths)},
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["citations"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ask", "  "), "質問が空です"),
        (("ask", "あ" * 2001), "長すぎます"),
        (("ask", "--town", "存在しない町", "計画期間は?"), "平生町"),
        (("search", "--town", "存在しない町", "目標"), "平生町"),
        (("search", ""), "質問が空です"),
    ],
)
def test_what_cannot_be_asked_is_told_on_stderr(run: Run, arguments: tuple[str, ...], told: str) -> None:
    """One Japanese sentence, exit code 1, nothing on stdout."""
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("エラー: ")
    assert told in done.stderr


@pytest.mark.parametrize("command", [("ask", "計画期間は?"), ("search", "目標"), ("plans",), ("serve", "--port", "0")])
def test_without_an_index_the_command_to_run_is_named(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    """Every command that needs an index says how to make one, and fails."""
    done = run(*command, "--index", tmp_path / "nothing")
    assert (done.returncode, done.stdout) == (1, "")
    assert "machiplan ingest" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "コマンドを指定してください"),
        (("asq",), "コマンド asq はありません"),
        (("ask",), "質問 を指定してください"),
        (("ask", "--twn", "x"), "オプション --twn はありません"),
        (("search", "-k", "0", "x"), "-k の値が正しくありません"),
        (("serve", "--port", "x"), "--port の値が正しくありません"),
    ],
)
def test_a_wrong_command_line_is_explained_in_japanese(run: Run, arguments: tuple[str, ...], told: str) -> None:
    """Exit code 2, the reason on stderr, nothing on stdout."""
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_passages_are_printed_with_their_place(run: Run) -> None:
    """As text and as JSON; ``-k`` limits them and ``--town`` restricts them."""
    hits = json.loads(run("search", "--json", "-k", "3", "--town", "上毛町", "情報セキュリティ").stdout)["hits"]
    assert 0 < len(hits) <= 3
    assert {hit["municipality"] for hit in hits} == {"上毛町"}
    done = run("search", "-k", "3", "--town", "上毛町", "情報セキュリティ")
    assert done.returncode == 0
    assert all(f"{hit['plan_id']} {hit['start']}-{hit['end']}" in done.stdout for hit in hits)


def test_the_plans_are_listed(run: Run, documents: tuple[Document, ...]) -> None:
    """As text and as JSON, every plan with its town and title."""
    listed = json.loads(run("plans", "--json").stdout)["plans"]
    assert [plan["plan_id"] for plan in listed] == [document.plan.plan_id for document in documents]
    shown = run("plans").stdout
    assert all(document.plan.title in shown and document.plan.municipality in shown for document in documents)


def test_bytes_that_are_no_text_and_a_foreign_terminal_do_no_harm(machiplan: Path, index_dir: Path) -> None:
    """A question with invalid bytes, printed to a terminal that is not UTF-8, still ends well."""
    environment = {**os.environ, "MACHIPLAN_INDEX_DIR": str(index_dir), "PYTHONIOENCODING": "ascii"}
    command = [os.fsencode(machiplan), b"ask", b"\xff\xfe" + QUESTION.encode()]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_reader_that_stops_early_causes_no_traceback(machiplan: Path, index_dir: Path) -> None:
    """``machiplan plans | head -0`` is quiet."""
    environment = {**os.environ, "MACHIPLAN_INDEX_DIR": str(index_dir)}
    with subprocess.Popen(
        [machiplan, "plans", "--json"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.parametrize("command", ["", "serve", "ask", "search", "ingest", "plans", "backup", "restore"])
def test_every_command_explains_itself_in_japanese(run: Run, command: str) -> None:
    """``--help`` ends with 0."""
    done = run(*([command] if command else []), "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("使い方: machiplan")
