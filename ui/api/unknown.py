"""What answers under ``/api`` when no route does."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send


class UnknownPath:
    """Raises 404, or 405 (with ``Allow``) where the path exists with another method.

    The chat page is mounted at "/" and would otherwise take every such request, and answer it with a page.
    """

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self.routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        for route in self.routes:
            match, child_scope = route.matches(scope)
            if match is Match.PARTIAL:
                scope.update(child_scope)
                await route.handle(scope, receive, send)
                return
        raise HTTPException(404)
