"""What the operator is told of every request: a line in the log, and the numbers."""

from __future__ import annotations

import ipaddress
import logging
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.watch.metrics import Kind, Metrics
from ui.watch.notes import Notes, begin_notes
from ui.watch.outcome import BROKEN_OFF, FACES, outcome_of, outcome_without_answer
from ui.watch.questions import answer_fields

LOGGER = logging.getLogger("machiplan.requests")

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
OTHER = "other"
PROBES = {"/healthz", "/readyz", "/metrics"}
"""Asked every few seconds by machines: their lines are for ``debug``."""


class Watched:
    """Measures each request and logs one line of it: no address in full, no query, no body, no header.

    It stands outside of everything else, so that what is refused early is told too.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        notes, started, status = begin_notes(), perf_counter(), BROKEN_OFF
        kind = kind_of(scope["path"])

        async def send_watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self._metrics.arrived(kind)
        try:
            await self._app(scope, receive, send_watched)
        finally:
            seconds, route = perf_counter() - started, route_of(scope)
            method = scope["method"] if scope["method"] in METHODS else OTHER
            self._metrics.left(method, route, status, seconds, kind)
            self._count_question(method, route, status, notes)
            level = logging.DEBUG if route in PROBES else logging.INFO
            LOGGER.log(level, "request", extra=_line(scope, notes, method, route, status, seconds))

    def _count_question(self, method: str, route: str, status: int, notes: Notes) -> None:
        if method == "POST" and (face := FACES.get(route)) is not None:
            if notes.answer is not None and not notes.code:
                outcome = outcome_of(notes.answer)
            else:
                outcome = outcome_without_answer(status, notes.code)
            self._metrics.asked(face, outcome)


def route_of(scope: Scope) -> str:
    """Return the template of the route that a request went to (``/api/plans/{plan_id}``); "other" where it came to none.

    What is refused before it is routed has no route; the addresses that questions are sent to are known without one.
    """
    found = str(getattr(scope.get("route"), "path", ""))
    return found or (scope["path"] if scope["path"] in FACES else OTHER)


def kind_of(path: str) -> Kind:
    """Return what kind of request is counted while it is in progress."""
    if path in PROBES:
        return "probe"
    return "api" if path.startswith(("/api/", "/v1/")) else "page"


def short_address(address: str) -> str:
    """Return the network of a client: enough to tell a flood from a crowd, too little to tell who it was.

    >>> short_address("192.0.2.77"), short_address("2001:db8:1:2::3"), short_address("::ffff:192.0.2.77"), short_address("")
    ('192.0.2.0/24', '2001:db8:1::/48', '192.0.2.0/24', '')
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    ip = (ip.ipv4_mapped or ip) if isinstance(ip, ipaddress.IPv6Address) else ip
    return str(ipaddress.ip_network((ip, 24 if ip.version == 4 else 48), strict=False))


def _line(scope: Scope, notes: Notes, method: str, route: str, status: int, seconds: float) -> dict[str, object]:
    client = scope.get("client")
    line: dict[str, object] = {
        "request_id": notes.request_id,
        "method": method,
        "route": route,
        "status": status,
        "seconds": round(seconds, 4),
        "client": short_address(client[0]) if client else "",
    }
    if notes.code:
        line["code"] = notes.code
    return line | answer_fields(notes.answer) if notes.answer is not None else line
