"""How often one client may ask the server to work."""

from __future__ import annotations

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.api.client_address import client_of, is_this_machine
from ui.api.errors import error_response
from ui.rate import RateLimiter, read_rate
from ui.settings import Settings

AUTOMATIC_RATE = "300/minute"
"""A town hall's staff and visitors share one address: fifty of them, each with a question and the page's own requests every
half a minute. It is a fifth of what two cores answer."""

MANY_QUESTIONS = "短い時間に多くのご質問をいただいています。"

COSTLY = (
    "/api/ask",
    "/api/search",
    "/api/compare",
    "/api/commitments",
    "/api/feedback",
    "/v1/chat/completions",
    "/view",
    "/gradio_api/queue/join",
)
"""Paths that make the server search, draw or write; what lies below them is meant too."""


def rate_limiter(settings: Settings) -> RateLimiter | None:
    """Return what counts the requests, or ``None`` where they are not limited."""
    if settings.rate_limit == "off":
        return None
    return RateLimiter(read_rate(AUTOMATIC_RATE if settings.rate_limit == "auto" else settings.rate_limit))


class RateLimit:
    """Refuses what is ``COSTLY`` with status 429 and ``Retry-After`` to a client over its rate; nothing else is counted.

    With ``spare_own`` programs on this machine are not limited. It must be false behind a proxy of this machine: whoever
    comes through it without a forwarded address would be one of them.
    """

    def __init__(self, app: ASGIApp, limiter: RateLimiter, *, spare_own: bool) -> None:
        self._app = app
        self._limiter = limiter
        self._spare_own = spare_own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = client_of(scope)
        counted = scope["type"] == "http" and _costs(scope["path"])
        spared = self._spare_own and is_this_machine(client)
        if not counted or spared or await self._limiter.count(client):
            await self._app(scope, receive, send)
        else:
            refusal = too_many(MANY_QUESTIONS, await self._limiter.seconds_to_wait(client), scope["path"])
            await refusal(scope, receive, send)


def too_many(of_what: str, seconds: int, path: str) -> JSONResponse:
    """Return the refusal, which begins with ``of_what``; for the pages' events in the shape in which Gradio shows its message."""
    message = f"{of_what}{seconds}秒ほど待ってから、もう一度お試しください。"
    headers = {"Retry-After": str(seconds)}
    if path.startswith("/gradio_api/"):
        return JSONResponse({"detail": message}, status_code=429, headers=headers)
    return error_response(429, "too_many_requests", message, headers)


def _costs(path: str) -> bool:
    return any(path == costly or path.startswith(f"{costly}/") for costly in COSTLY)
