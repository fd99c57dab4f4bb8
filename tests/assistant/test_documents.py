"""What the documents say of the assistant: their Python runs, and docs/assistant.md names what is there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from assistant.decide import Signals
from index.index import Index
from tests.assistant.asking import ROOT

BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SIGNAL = re.compile(r"^\| `([a-z_]+)` \|", re.MULTILINE)
TABLE = re.compile(r"((?:`[A-Z_]+`(?:, | and |, and )?)+) in `([a-z_/]+\.py)`")
FILE = re.compile(r"`([a-z_/]+\.(?:py|txt))`")
INDEX_PATH = '"var/index"'
PAGE = ROOT / "docs" / "assistant.md"


@pytest.mark.parametrize("name", ["README.md", "README.ja.md", "docs/assistant.md"])
def test_the_python_of_the_documents_runs(name: str, index_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each document's Python block runs against an index as it stands, and prints the answer."""
    [block] = BLOCK.findall((ROOT / name).read_text(encoding="utf-8"))
    assert INDEX_PATH in block
    names: dict[str, object] = {}
    exec(compile(block.replace(INDEX_PATH, repr(str(index_dir))), name, "exec"), names)
    opened = names["index"]
    assert isinstance(opened, Index)
    opened.close()
    assert "令和9" in capsys.readouterr().out


def test_the_page_explains_each_signal() -> None:
    """docs/assistant.md explains every signal of the decision, and no other."""
    assert sorted(SIGNAL.findall(PAGE.read_text(encoding="utf-8"))) == sorted(field.name for field in fields(Signals))


def test_the_page_names_files_and_tables_that_exist() -> None:
    """Every file that docs/assistant.md names exists, and holds the tables that the page says it holds."""
    page = PAGE.read_text(encoding="utf-8")
    missing = [
        name for name in FILE.findall(page) if not any((ROOT / room / name).is_file() for room in ("", "assistant"))
    ]
    assert missing == []
    stated = [(table, file) for tables, file in TABLE.findall(page) for table in re.findall(r"[A-Z_]+", tables)]
    assert stated
    for table, file in stated:
        assert re.search(rf"^{table}\b", (ROOT / "assistant" / file).read_text(encoding="utf-8"), re.MULTILINE), table
