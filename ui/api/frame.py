"""What stands around every request: a request number, safe headers, and a limit to the body."""

from __future__ import annotations

import logging
from secrets import token_hex

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.errors import error_response, unexpected
from ui.watch.notes import note_request

LOGGER = logging.getLogger("machiplan.api")

LARGEST_BODY = 256 * 1024
"""Bytes. Twenty turns of 2,000 characters are at most 240,000 bytes when every character is escaped as ``\\uXXXX``."""

LARGEST_UPLOAD = 64 * 1024 * 1024
"""Bytes, for what is sent under ``/api/admin/``: two of the largest files and what parts them."""

SAFE_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}


def request_id_of(scope: Scope) -> str:
    """Return the number that ``Frame`` gave to this request, or "-" outside of it."""
    found = scope.get("state", {}).get("request_id", "-")
    return str(found)


class Frame:
    """Gives every request a random number (``X-Request-ID``) and every response the safe headers.

    A failure of ours becomes a response here, so that the connection stays usable, and one entry in the log.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        note_request(request_id)
        started = False

        async def send_framed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in SAFE_HEADERS.items():
                    headers.setdefault(name, value)
                headers["X-Request-ID"] = request_id
            await send(message)

        try:
            await self.app(scope, receive, send_framed)
        except Exception:  # whatever it is: the client gets a body of the agreed shape, the log gets the rest
            if started:
                raise
            LOGGER.exception("request %s failed", request_id)
            detail = unexpected(request_id)
            await error_response(500, detail.code, detail.message)(scope, receive, send_framed)


class BodyLimit:
    """Refuses a body over ``LARGEST_BODY`` under ``prefix`` with status 413, before it is read into memory.

    ``LARGEST_UPLOAD`` holds where files are sent: ``ui.api.admin_gate`` has let only the administrators come so far.
    """

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self.app = app
        self.prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(self.prefix):
            await self.app(scope, receive, send)
            return
        limit = LARGEST_UPLOAD if scope["path"].startswith(f"{self.prefix}admin/") else LARGEST_BODY
        announced = Headers(scope=scope).get("content-length", "")
        received = int(announced) if announced.isdecimal() and int(announced) > limit else 0

        async def receive_limited() -> Message:
            nonlocal received
            if received > limit:
                raise HTTPException(413)
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413)
            return message

        await self.app(scope, receive_limited, send)
