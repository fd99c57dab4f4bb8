"""What the pages may put in Gradio's queue: one entry that it cannot work with would end the queue for everybody."""

from __future__ import annotations

import json
import re
from collections.abc import Container

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_JOIN = re.compile(r"/queue/join/?$")
_SESSION = re.compile(r"[\w-]{1,64}", re.ASCII)
_REFUSED = "この操作は受け付けられません。ページを読み込み直してください。"


class QueueGate:
    """ASGI middleware around the mounted Gradio app: an event of no page of ours is refused with status 422.

    Gradio (6.31) takes an empty name of a session, and the task that works on all events then ends with a KeyError;
    an event that is none makes it fail.
    """

    def __init__(self, app: ASGIApp, *, events: Container[int]) -> None:
        self._app = app
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, that of an event with the body that was read."""
        if scope["type"] != "http" or scope["method"] != "POST" or not _JOIN.search(scope["path"]):
            await self._app(scope, receive, send)
            return
        try:
            body = await Request(scope, receive).body()
        except HTTPException as error:  # the body is too large
            await Response(status_code=error.status_code)(scope, receive, send)
            return
        if not self._is_ours(body):
            await PlainTextResponse(_REFUSED, status_code=422)(scope, receive, send)
            return
        given = False

        async def receive_again() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, receive_again, send)

    def _is_ours(self, body: bytes) -> bool:
        try:
            event = json.loads(body)
        except (ValueError, RecursionError):
            return False
        if not isinstance(event, dict):
            return False
        session, number = event.get("session_hash"), event.get("fn_index")
        named = isinstance(session, str) and _SESSION.fullmatch(session) is not None
        return named and type(number) is int and number in self._events


async def refuse(request: Request, error: Exception) -> Response:
    """Return the refusal of a request that Gradio cannot read; its own answer repeats the input and fails where that is no text."""
    assert isinstance(error, RequestValidationError)
    return PlainTextResponse(_REFUSED, status_code=422)
