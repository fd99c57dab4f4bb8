"""Who may administer: whoever sends the token. It is asked for before anything of a request's body is read."""

from __future__ import annotations

from secrets import compare_digest

from pydantic import SecretStr
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.api.client_address import client_of
from ui.api.errors import error_response
from ui.api.rate_limit import too_many
from ui.rate import RateLimiter, read_rate

NOT_ENABLED = (
    "not_enabled",
    "管理機能は使えない設定になっています。使うには、MACHIPLAN_ADMIN_TOKEN に合言葉を設定してから、サーバーを起動し直してください。",
)
INVALID_TOKEN = (
    "invalid_token",
    "合言葉が違います。MACHIPLAN_ADMIN_TOKEN に設定した合言葉を「Authorization: Bearer 合言葉」で送ってください。",
)


WRONG_TOKENS = "20/minute"
"""How many wrong tokens one client may try, one of this machine too; after them not even the right one is looked at, for a while."""

MANY_WRONG = "合言葉の誤りが続いています。"


class AdminGate:
    """Lets a request under ``prefix`` pass only with ``Authorization: Bearer <token>``; without a token, none at all."""

    def __init__(self, app: ASGIApp, prefix: str, token: SecretStr | None) -> None:
        self._app = app
        self._prefix = prefix
        self._token = token.get_secret_value().encode() if token else b""
        self._wrong = RateLimiter(read_rate(WRONG_TOKENS))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self._guards(scope["path"]):
            await self._app(scope, receive, send)
        elif not self._token:
            await error_response(403, *NOT_ENABLED)(scope, receive, send)
        elif not await self._wrong.has_left(client_of(scope)):
            seconds = await self._wrong.seconds_to_wait(client_of(scope))
            await too_many(MANY_WRONG, seconds, scope["path"])(scope, receive, send)
        elif not compare_digest(_given(scope), self._token):
            if _given(scope):
                await self._wrong.count(client_of(scope))
            challenge = {"WWW-Authenticate": "Bearer"}
            await error_response(401, *INVALID_TOKEN, headers=challenge)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _guards(self, path: str) -> bool:
        return path == self._prefix or path.startswith(f"{self._prefix}/")


def _given(scope: Scope) -> bytes:
    """Return the token of a request as its bytes were sent, or nothing."""
    scheme, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
    return token.strip().encode("latin-1") if scheme.lower() == "bearer" else b""
