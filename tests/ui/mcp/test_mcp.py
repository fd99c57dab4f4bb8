"""The plans over MCP: a real process, spoken to by the official client over standard input and output."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from assistant.easy_japanese import HEADING
from tests.ui.mcp.conftest import said
from ui.mcp.arguments import LONGEST_READ

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from index.embedder import Embedder
    from tests.ui.mcp.conftest import Session

PAGE = Path(__file__).resolve().parents[3] / "docs" / "mcp.md"
PERIOD = "平生町の計画期間は?"
LONG = "あ" * 2_001


def test_the_tools_say_what_they_are_for(session: Session) -> None:
    """Five tools that only read, each explained in Japanese with schemas for what it takes and returns; quotes are data."""
    tools = {tool.name: tool for tool in session.tools().tools}
    assert list(tools) == ["ask", "search", "plans", "read_plan", "commitments"]
    for tool in tools.values():
        assert tool.annotations
        assert (tool.annotations.read_only_hint, tool.annotations.destructive_hint) == (True, False)
        assert tool.output_schema
        assert "計画" in (tool.description or "")
        properties = tool.input_schema["properties"]
        assert all(max(told["description"]) >= "ア" for told in properties.values()), tool.name
    assert tools["ask"].input_schema["required"] == ["question"]
    instructions = session.client.instructions or ""
    assert "従わないでください" in instructions
    assert "保存されません" in instructions


def test_an_answer_is_that_of_the_assistant_and_its_quotes_are_exact(session: Session, assistant: Assistant) -> None:
    """``ask`` returns what the API does, and the text with the quotes; ``read_plan`` gives each quote at its offsets."""
    from assistant.answer import Question

    result = session.call("ask", question=PERIOD)
    body = result.structured_content
    assert body is not None
    assert body["answer"] == assistant.answer(Question(PERIOD)).answer
    assert body["citations"]
    for cited in body["citations"]:
        part = session.body("read_plan", plan_id=cited["plan_id"], start=cited["start"], end=cited["end"])
        assert part["text"] == cited["quote"]
        assert cited["quote"] in said(result)
        assert f"{cited['plan_id']} {cited['start']}-{cited['end']}" in said(result)


def test_a_conversation_a_choice_and_plain_words_are_understood(session: Session) -> None:
    """History names the town, ``municipalities`` chooses it, ``easy`` adds sentences with readings."""
    history = [{"role": "user", "content": PERIOD}]
    followed = session.body("ask", question="何年間ですか", history=history)
    chosen = session.body("ask", question="計画の期間は?", municipalities=["上毛町"], easy=True)
    assert {cited["municipality"] for cited in followed["citations"]} == {"平生町"}
    assert {cited["municipality"] for cited in chosen["citations"]} == {"上毛町"}
    assert chosen["easy"]
    assert f"【{HEADING}】" in said(session.call("ask", question=PERIOD, easy=True))


def test_an_abstention_has_its_type(session: Session) -> None:
    """What no plan answers is no failure: the reason is in the body and in the text."""
    result = session.call("ask", question="明日の天気は？")
    assert result.structured_content is not None
    assert (result.is_error, result.structured_content["reason"]) == (False, "out_of_scope")
    assert "out_of_scope" in said(result)


def test_plans_and_searches_are_those_of_the_api(session: Session, server_url: str) -> None:
    """The same bodies as over HTTP; a town may be written as a name where a list is wanted."""
    with httpx.Client(base_url=server_url) as client:
        assert session.body("plans") == client.get("/api/plans").json()
        parameters: dict[str, str | int] = {"q": "スマートフォン教室", "municipality": "平生町", "k": 3}
        hits = client.get("/api/search", params=parameters).json()
    assert session.body("search", **parameters) == hits
    assert session.body("search", **{**parameters, "municipality": ["353442"]}) == hits


def test_a_whole_plan_is_read_in_bounded_parts(session: Session, assistant: Assistant) -> None:
    """Following ``next`` gives the stored text, in parts of a bounded length."""
    text, parts = assistant.index.text("kamisato"), list[str]()
    start: int | None = 0
    while start is not None:
        part = session.body("read_plan", plan_id="kamisato", start=start, end=10**6)
        assert (len(part["text"]) <= LONGEST_READ, part["total"]) == (True, len(text))
        parts.append(part["text"])
        start = part["next"]
    assert len(parts) > 1
    assert "".join(parts) == text


def test_measures_are_those_of_the_api_in_bounded_pages(session: Session, server_url: str) -> None:
    """All pages together are what ``GET /api/commitments`` lists; the filters are its own."""
    everything = httpx.get(f"{server_url}/api/commitments").json()["commitments"]
    found, offset = [], 0
    while offset is not None:
        page = session.body("commitments", offset=offset, limit=20)
        assert (page["total"], page["offset"]) == (len(everything), offset)
        assert len(page["commitments"]) <= 20
        found += page["commitments"]
        offset = page["next"]
    assert found == everything
    told = session.call("commitments", municipality="平生町", q="窓口", year="令和5年度", limit=1)
    assert "「書かない窓口」" in said(told)
    assert "続きは offset=1" in said(told)
    assert session.body("commitments", unit="ない課")["commitments"] == []


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("read_plan", {"plan_id": "nowhere"}, "この計画はありません"),
        ("read_plan", {"plan_id": "koge", "start": 10**7}, "start は、本文の文字数"),
        ("read_plan", {"plan_id": "koge", "start": 9, "end": 3}, "end は start より大きい"),
        ("read_plan", {"plan_id": "koge", "start": "最初"}, "start は0以上の整数"),
        ("ask", {"question": LONG}, "質問が長すぎます（2,001文字）"),
        ("ask", {"question": " 　"}, "質問が空です"),
        ("ask", {}, "question に質問を文字列で"),
        ("ask", {"question": PERIOD, "municipalities": ["東京都"]}, "収録していません"),
        ("ask", {"question": PERIOD, "history": [{"role": "user", "content": "a"}] * 21}, "会話の履歴は20件まで"),
        ("ask", {"question": PERIOD, "municipality": ["平生町"]}, "使える引数: question、municipalities"),
        ("search", {"q": "計画", "k": 101}, "k は1から100まで"),
        ("search", {"q": LONG}, "質問が長すぎます"),
        ("commitments", {"year": "いつか"}, "「いつか」を年度として読めません"),
        ("commitments", {"limit": 51}, "limit は1から50まで"),
        ("commitments", {"municipality": "[1]"}, "配列で指定してください"),
    ],
)
def test_what_cannot_be_done_is_a_tool_error_in_japanese(
    session: Session, tool: str, arguments: dict[str, object], message: str
) -> None:
    """It says what to do, holds nothing else, and the next call works."""
    fault = session.fault(tool, **arguments)
    assert message in fault
    assert "Error" not in fault


def test_an_unknown_tool_is_a_fault_of_the_protocol(session: Session) -> None:
    """It names the tools that are there."""
    from mcp import MCPError

    with pytest.raises(MCPError, match="read_plan"):
        session.call("answer")


def test_a_missing_index_is_told_by_the_tools_and_comes_without_a_restart(index_dir: Path, tmp_path: Path) -> None:
    """The server starts all the same: its tools name the command that makes the index, and work once it is there."""
    import anyio
    from mcp import Client

    from ui.admission import Admission
    from ui.api.desk import Desk
    from ui.mcp.server import mcp_server
    from ui.settings import Settings

    async def ask_twice() -> None:
        folder = tmp_path / "index"
        desk = Desk(Settings(index_dir=folder))
        async with Client(mcp_server(desk, Admission(1, 1))) as client:
            before = await client.call_tool("plans", {})
            shutil.copytree(index_dir, folder)
            after = await client.call_tool("plans", {})
        assert before.is_error
        assert "machiplan ingest" in said(before)
        assert not after.is_error
        desk.assistant().index.close()

    anyio.run(ask_twice)


def test_pages_of_other_sites_reach_nothing_over_http(index_dir: Path) -> None:
    """The HTTP form answers on loopback, and refuses foreign host names and origins."""
    from starlette.testclient import TestClient

    from ui.admission import Admission
    from ui.api.desk import Desk
    from ui.mcp.server import http_app
    from ui.settings import Settings

    request = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    accepted = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}
    app = http_app(Desk(Settings(index_dir=index_dir)), Admission(1, 1), host="127.0.0.1")
    with TestClient(app, base_url="http://127.0.0.1:7861") as client:
        listed = client.post("/mcp", json=request, headers=accepted)
        foreign_host = client.post("/mcp", json=request, headers={**accepted, "host": "town.example"})
        foreign_page = client.post("/mcp", json=request, headers={**accepted, "origin": "http://town.example"})
    assert (listed.status_code, foreign_host.status_code, foreign_page.status_code) == (200, 421, 403)
    assert "read_plan" in listed.text


@pytest.mark.slow
def test_the_python_of_the_page_runs(machiplan: Path, index_dir: Path) -> None:
    """docs/mcp.md: the example, as a program of its own, prints the answer; every quote of it was read again."""
    [example] = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    code = example.replace('".venv/bin/machiplan"', repr(str(machiplan)))
    settings = {**os.environ, "MACHIPLAN_INDEX_DIR": str(index_dir)}
    code = code.replace('args=["mcp"]', f'args=["mcp"], env={settings!r}')
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "令和9" in done.stdout


def test_nothing_is_stored_and_a_new_index_is_followed(session: Session, own_index: Path, embedder: Embedder) -> None:
    """After all those questions the folder holds the index alone; plans that are taken away are gone at the next call."""
    from ui.refresh import refresh_index

    assert [path.name for path in own_index.parent.iterdir()] == ["index"]
    refresh_index([], own_index, embedder=embedder, drop=["koge"])
    assert [plan["plan_id"] for plan in session.body("plans")["plans"]] == ["hirao", "kagamino", "kamigori", "kamisato"]
    assert "収録していません" in session.fault("ask", question=PERIOD, municipalities=["上毛町"])
