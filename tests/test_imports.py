"""The rooms import one way, third-party libraries have their doors, and no room knows a town by name."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("ingest", "index", "assistant", "evals", "ui")
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
TOWNS = tomllib.loads((ROOT / "plans" / "plans.toml").read_text(encoding="utf-8"))["plans"]
NAMES = [name for town in TOWNS for name in (town["municipality"], town["reading"], town["reading"][:-2])]
STEMS = [town["municipality"][:-1] for town in TOWNS]
TOWN = re.compile("|".join([*NAMES, *STEMS, *(rf"(?<![a-z]){town['plan_id']}(?![a-z])" for town in TOWNS)]))


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of pyproject.toml over the rooms in a folder."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    command += ["--config", str(ROOT / "pyproject.toml")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_import_contracts_are_kept() -> None:
    """Imports flow ui > evals > assistant > index > ingest, and every third-party library has its door."""
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("ingest/planted.py", "import index.query"),
        ("index/planted.py", "import assistant.answer"),
        ("assistant/planted.py", "import ui.settings"),
        ("index/planted.py", "import chromadb"),
        ("index/planted.py", "import torch"),
        ("evals/planted.py", "from sentence_transformers import SentenceTransformer"),
        ("ui/api/planted.py", "import gradio"),
        ("assistant/planted.py", "import fastapi"),
        ("index/planted.py", "import ray"),
        ("ui/planted.py", "from langchain_openai import ChatOpenAI"),
        ("assistant/planted.py", "from langchain.chat_models import init_chat_model"),
    ],
)
def test_a_forbidden_import_breaks_a_contract(tmp_path: Path, file: str, line: str) -> None:
    """An import against the direction, or of a library outside its door, is reported with the file it stands in."""
    for room in ROOMS:
        shutil.copytree(
            ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("word_vectors", "sentence_model", "__pycache__")
        )
    (tmp_path / file).write_text(line + "\n")
    done = lint_imports(tmp_path)
    assert done.returncode == 1, done.stdout
    assert "planted" in done.stdout


def without_doctests(source: str) -> list[tuple[int, str]]:
    """Return a module's lines with their numbers, the examples in its docstrings left out."""
    lines = source.splitlines()
    examples: set[int] = set()
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, kinds) or ast.get_docstring(node) is None:
            continue
        inside = False
        for number in range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1):
            text = lines[number - 1].strip()
            inside = bool(text) and (inside or text.startswith(">>>"))
            if inside:
                examples.add(number)
    return [(number, line) for number, line in enumerate(lines, 1) if number not in examples]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_room_names_a_town(path: Path) -> None:
    """Product code names none of the towns whose plans it reads, doctests apart: any other town must work as well."""
    found = [
        f"{number}: {line.strip()}"
        for number, line in without_doctests(path.read_text(encoding="utf-8"))
        if TOWN.search(line)
    ]
    assert found == []
