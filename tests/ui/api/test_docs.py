"""docs/api.md says what the API does."""

from __future__ import annotations

import re
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs" / "api.md"


def test_every_route_is_documented_and_none_that_is_not_there(client: httpx.Client) -> None:
    """The table of requests and the description hold the same addresses."""
    documented = set(re.findall(r"^\| `(?:GET|POST|PUT|DELETE) (/\S+)` \|", DOCS.read_text("utf-8"), re.MULTILINE))
    assert documented == set(client.get("/openapi.json").json()["paths"])


def test_every_error_code_is_documented_and_none_that_is_not_there() -> None:
    """The table of failures holds the codes that stand in the source."""
    table = re.findall(r"^\| \d{3} \| (.+?) \|", DOCS.read_text("utf-8"), re.MULTILINE)
    documented = {code for cell in table for code in re.findall(r"`(\w+)`", cell)}
    rooms = ("api", "commitments", "comparison")
    sources = [ROOT / "ui" / "question.py", *(file for room in rooms for file in (ROOT / "ui" / room).glob("*.py"))]
    code = re.compile(
        r'"((?:malformed|unknown|method|body|unsupported|empty|question|comment|history|invalid|internal|not|too_few'
        r'|too_many|foreign|client)_\w+|busy|too_slow)"'
    )
    written = {found for source in sources for found in code.findall(source.read_text("utf-8"))}
    assert documented == written - {"not_in_plans", "not_found", "invalid_request_error"}


def test_the_python_examples_run(server_url: str) -> None:
    """The examples print an answer and its quotes; the first finds every quote at its offsets."""
    examples = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        printed: list[object] = []
        code = example.replace("http://127.0.0.1:7860", server_url)
        exec(
            compile(code, DOCS.name, "exec"), {"print": lambda *words, to=printed: to.extend(words)}
        )  # our own documentation
        assert printed
