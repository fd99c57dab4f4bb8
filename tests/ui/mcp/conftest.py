"""A real ``machiplan mcp`` process over the five plans, and the official client that speaks to it: one for all tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from anyio.from_thread import start_blocking_portal

from tests.conftest import TELEMETRY_OFF

if TYPE_CHECKING:
    from mcp import Client
    from mcp_types import CallToolResult, ListToolsResult

    Do = Callable[..., Any]


class Session:
    """The client of one process, for tests that await nothing."""

    def __init__(self, client: Client, do: Do) -> None:
        self.client = client
        self._do = do

    def tools(self) -> ListToolsResult:
        """Return the tools that the server lists."""
        listed: ListToolsResult = self._do(self.client.list_tools)
        return listed

    def call(self, name: str, **arguments: object) -> CallToolResult:
        """Call a tool; the client holds what comes back against the tool's schema."""
        result: CallToolResult = self._do(self.client.call_tool, name, arguments)
        return result

    def body(self, name: str, **arguments: object) -> dict[str, Any]:
        """Call a tool that succeeds and return its structured content."""
        result = self.call(name, **arguments)
        assert not result.is_error, said(result)
        assert result.structured_content is not None
        body: dict[str, Any] = result.structured_content
        return body

    def fault(self, name: str, **arguments: object) -> str:
        """Call a tool that fails and return what it says."""
        result = self.call(name, **arguments)
        assert result.is_error
        return said(result)


def said(result: CallToolResult) -> str:
    """Return the texts of a result."""
    return "\n".join(block.text for block in result.content if block.type == "text")


@pytest.fixture(scope="module")
def own_index(index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the five plans that a test may change."""
    return Path(shutil.copytree(index_dir, tmp_path_factory.mktemp("mcp") / "index"))


@pytest.fixture(scope="module")
def session(machiplan: Path, own_index: Path) -> Iterator[Session]:
    """The client of a process over ``own_index``, which no variable of the tests keeps from telling its makers."""
    from mcp import Client, StdioServerParameters

    variables = {name: value for name, value in os.environ.items() if name not in TELEMETRY_OFF}
    variables["MACHIPLAN_ANSWERS_FILE"] = str(own_index.parent / "answers.sqlite3")
    command = StdioServerParameters(
        command=str(machiplan), args=["mcp", "--index", str(own_index)], env=variables, cwd=own_index.parent
    )
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(Client(command)) as client:
        yield Session(client, portal.call)
