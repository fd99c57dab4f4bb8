"""What answers under ``/api`` when no route does."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send


class UnknownPath:
    """Raises 404, or 405 (with every method in ``Allow``) where the path exists with another one.

    The chat page is mounted at "/" and would otherwise take every such request, and answer it with a page.
    """

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self.routes = [route for route in routes if isinstance(route, Route)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = [route for route in self.routes if route.matches(scope)[0] is Match.PARTIAL]
        methods = sorted({method for route in found for method in route.methods or ()})
        if methods:
            raise HTTPException(405, headers={"Allow": ", ".join(methods)})
        raise HTTPException(404)
