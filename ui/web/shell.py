"""Gradio's page shell, made ours: Japanese, nothing from outside, and a policy by which the browser enforces it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATIC = Path(__file__).with_name("static")
"""Styles and scripts of our own, in the order of their names; every page carries all of them."""

_OPEN = re.compile(
    r"^/(gradio_api/)?(queue/(join|data)|heartbeat/[^/]+|cancel|startup-events|app_id|theme\.css)$"
    r"|^/((assets|static)/.+|config/?|favicon\.ico|manifest\.json|robots\.txt)$"
)
"""What the pages ask Gradio for besides themselves. Its uploads, files, proxying, API, pages for developers and whatever else a later
version serves do not exist here."""

_LONGEST_NAME, _LONGEST_PATH = 255, 4_000
"""Bytes. Gradio looks for files of the names it is asked for; no file has a longer one, and asking the system for it is an error."""

_OUTSIDE = re.compile(r"\s*<meta\s[^>]*(og:|twitter:)[^>]*>")
"""Preview tags that name Gradio and point to its image on another host."""

_BASE = '<base href="./" />'
"""With it a link to a place on the page (#plan) would leave the page for the first one; every page lies at the same depth."""


_NAMED_BY_CONTENT = "/assets/"
"""Gradio's scripts and styles: another content has another name, so a browser may keep them."""


def _is_too_long(path: str) -> bool:
    whole = path.encode("utf-8", "replace")
    return len(whole) > _LONGEST_PATH or any(len(name) > _LONGEST_NAME for name in whole.split(b"/"))


class PageShell:
    """ASGI middleware around the mounted Gradio app; every other response passes through untouched."""

    def __init__(self, app: ASGIApp, *, paths: Sequence[str], style: str, compiled: str, description: str) -> None:
        self._app = app
        self._pages = {"", *(f"/{path}" for path in paths)}
        self._style = style
        self._script = compiled + "\n".join(file.read_text(encoding="utf-8") for file in sorted(STATIC.glob("*.js")))
        self._description = description

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request: refuse a closed route, rewrite the page itself, pass on the rest."""
        path = scope.get("path", "").removeprefix(scope.get("root_path", ""))
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif path in self._pages:
            await self._app(scope, receive, self._rewriting(send))
        elif not _OPEN.match(path) or _is_too_long(path):
            await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)
        elif path.startswith(_NAMED_BY_CONTENT):
            await self._app(scope, receive, _lasting(send))
        else:
            await self._app(scope, receive, send)

    def _rewriting(self, send: Send) -> Send:
        """Return a ``send`` that holds one response back until it is whole, then sends it rewritten."""
        start: Message = {}
        body = bytearray()

        async def send_rewritten(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            body.extend(message.get("body", b""))
            if message.get("more_body", False):
                return
            headers = MutableHeaders(raw=start["headers"])
            page = bytes(body)
            if headers.get("content-type", "").startswith("text/html"):
                nonce = secrets.token_urlsafe(16)
                page = self._rewrite(page.decode(), nonce).encode() if page else page
                headers.update({"content-security-policy": policy(nonce), "referrer-policy": "same-origin"})
                headers.update({"x-content-type-options": "nosniff", "cache-control": "no-store"})
                headers["content-length"] = str(len(page))
            await send(start)
            await send({"type": "http.response.body", "body": page})

        return send_rewritten

    def _rewrite(self, html: str, nonce: str) -> str:
        head = (
            f'<meta name="description" content="{self._description}" /><style>{self._style}</style>'
            f"<script>{self._script}</script></head>"
        )
        html = (
            _OUTSIDE.sub("", html)
            .replace(_BASE, "", 1)
            .replace('lang="en"', 'lang="ja"', 1)
            .replace("</head>", head, 1)
        )
        return html.replace("<script", f'<script nonce="{nonce}"')


def _lasting(send: Send) -> Send:
    """Return a ``send`` that lets a browser keep what was found without asking again."""

    async def send_lasting(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            MutableHeaders(scope=message)["cache-control"] = "public, max-age=31536000, immutable"
        await send(message)

    return send_lasting


def policy(nonce: str) -> str:
    """Return the content security policy of the page: this server only, and no inline handler can run.

    What Gradio would compile from text in the browser is written out (``ui.web.compiled``); its components set inline styles.
    """
    return (
        f"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; worker-src 'none'; frame-src 'none'; manifest-src 'self'"
    )
