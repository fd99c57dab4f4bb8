"""The tools as an MCP server; the one door to ``mcp``. Nothing but the protocol may be written to standard output."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import anyio
from anyio.to_thread import run_sync
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp_types import Tool as ListedTool

from ui.api.desk import Desk
from ui.api.errors import EXPECTED, describe
from ui.mcp.arguments import read_arguments
from ui.mcp.results import Said
from ui.mcp.tools import INSTRUCTIONS, TOOLS, Tool
from ui.open import CANNOT_OPEN

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from ui.admission import Admission

READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


def mcp_server(desk: Desk, admission: Admission) -> Server:
    """Return a server whose tools ask the assistant of ``desk``, each call in its turn; a failure is a tool error in Japanese."""
    tools = {tool.name: tool for tool in TOOLS}

    async def list_tools(context: ServerRequestContext, params: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=[_listed(tool) for tool in TOOLS])

    async def call_tool(context: ServerRequestContext, params: CallToolRequestParams) -> CallToolResult:
        tool = tools.get(params.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, f"{params.name} という道具はありません。使える道具: {'、'.join(tools)}")
        try:
            arguments = read_arguments(tool.arguments, params.arguments or {})
            async with admission.turn():
                said = await run_sync(lambda: tool.run(desk.assistant(), arguments))
        except CANNOT_OPEN as error:  # who runs this server is who asks: the message says which command mends it
            return _failed(str(error))
        except EXPECTED as error:
            return _failed(describe(error)[2])
        return _result(said)

    return Server(
        "machiplan",
        title="まちプラン",
        version=version("machiplan"),
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def serve_stdio(desk: Desk, admission: Admission) -> None:
    """Serve the program that started this one until it closes standard input; the index is opened meanwhile."""
    server = mcp_server(desk, admission)

    async def serve() -> None:
        async with stdio_server() as (read, write), anyio.create_task_group() as tasks:
            tasks.start_soon(run_sync, desk.obstacle)
            await server.run(read, write, server.create_initialization_options())

    anyio.run(serve)


def http_app(desk: Desk, admission: Admission, *, host: str) -> Starlette:
    """Return the server as an application at ``/mcp`` of a loopback ``host``, which no page of another site can reach."""
    return mcp_server(desk, admission).streamable_http_app(host=host, stateless_http=True)


def _listed(tool: Tool) -> ListedTool:
    return ListedTool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.arguments.model_json_schema(),
        output_schema=tool.result.model_json_schema(mode="serialization"),
        annotations=READ_ONLY,
    )


def _result(said: Said) -> CallToolResult:
    return CallToolResult(
        content=[TextContent(type="text", text=text) for text in said.texts],
        structured_content=said.body.model_dump(mode="json"),
    )


def _failed(message: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=message)], is_error=True)
