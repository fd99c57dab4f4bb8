"""What stands around every request: a request number, safe headers, and a limit to the body."""

from __future__ import annotations

import asyncio
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

SECONDS_TO_SEND = 30.0
"""In which a body must have come whole: ``LARGEST_BODY`` at 70 kbit/s."""

SECONDS_TO_UPLOAD = 900.0
"""The same for ``LARGEST_UPLOAD`` at 600 kbit/s."""

SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
}
"""On every response that does not set its own; a page has its own content policy (``ui.web.shell``)."""

HTTPS_ONLY = "max-age=31536000"
"""One year; without subdomains, which are the town's to decide about."""


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
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = HTTPS_ONLY
                for name in [name for name in headers if name.startswith("access-control-")]:
                    del headers[name]  # Gradio lets pages of other ports of this machine in
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
    """Refuses a body over ``LARGEST_BODY`` with 413 before it is read into memory, and one that comes too slowly with 408.

    ``LARGEST_UPLOAD`` holds where files are sent: ``ui.api.admin_gate`` has let only the administrators come so far.
    """

    def __init__(self, app: ASGIApp, *, seconds: float = SECONDS_TO_SEND) -> None:
        self.app = app
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        upload = scope["path"].startswith("/api/admin/")
        limit = LARGEST_UPLOAD if upload else LARGEST_BODY
        end = asyncio.get_running_loop().time() + (SECONDS_TO_UPLOAD if upload else self.seconds)
        announced = Headers(scope=scope).get("content-length", "")
        received = int(announced) if announced.isdecimal() and int(announced) > limit else 0
        whole = False

        async def receive_limited() -> Message:
            nonlocal received, whole
            if received > limit:
                raise HTTPException(413)
            message = await (receive() if whole else _within(end, receive))
            whole = not message.get("more_body", False)
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413)
            return message

        await self.app(scope, receive_limited, send)


async def _within(end: float, receive: Receive) -> Message:
    """Return the next message if it comes before ``end`` (the event loop's time); else the connection ends with a 408."""
    try:
        async with asyncio.timeout_at(end):
            return await receive()
    except TimeoutError as error:
        raise HTTPException(408, headers={"Connection": "close"}) from error
