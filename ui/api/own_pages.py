"""Whose pages may use this server: its own, under the names that it is known by."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.api.errors import error_response

OPEN_TO_ALL = ("/healthz", "/readyz", "/metrics")
"""Load balancers ask for these under whatever name, and they change nothing."""

SAFE_METHODS = ("GET", "HEAD")
UNKNOWN_HOST = (
    "unknown_host",
    "このホスト名では使えません。管理者の方は、MACHIPLAN_ALLOWED_HOSTS にホスト名を加えてください。",
)
FOREIGN_PAGE = ("foreign_page", "ほかのサイトのページからは使えません。このサイトのページを開いてお使いください。")


class OwnPages:
    """Refuses requests to another host name (400), and what pages of other sites make a browser send (403).

    A name that an attacker lets point to this machine would make his page one of ours in a browser's eyes (DNS rebinding).
    ``hosts`` are the names that are known, ``None`` takes all; addresses and localhost always are: nobody else can own them.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in OPEN_TO_ALL:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if self._hosts is not None and not _known(headers.get("host", ""), self._hosts):
            await error_response(400, *UNKNOWN_HOST)(scope, receive, send)
        elif scope["method"] not in SAFE_METHODS and _foreign(headers):
            await error_response(403, *FOREIGN_PAGE)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def allowed_hosts(setting: str, *, listens_on: str, behind_proxy: bool) -> frozenset[str] | None:
    """Return the names of the setting ``MACHIPLAN_ALLOWED_HOSTS``, ``None`` for all.

    Left to itself, a server that only its own machine can reach knows no name, and one that others reach takes all: there
    a stranger's page could reach it anyway by its address.

    >>> sorted(allowed_hosts("plan.example.jp, Plan2.example.jp", listens_on="0.0.0.0", behind_proxy=False))
    ['plan.example.jp', 'plan2.example.jp']
    >>> allowed_hosts("auto", listens_on="127.0.0.1", behind_proxy=False)
    frozenset()
    >>> allowed_hosts("auto", listens_on="127.0.0.1", behind_proxy=True) is None
    True
    """
    if setting == "auto":
        alone = not behind_proxy and _own_name(listens_on)
        return frozenset() if alone else None
    names = frozenset(name.strip().lower() for name in setting.split(",") if name.strip())
    return None if "*" in names else names


def _known(host: str, hosts: frozenset[str]) -> bool:
    name = _name(host)
    return name in hosts or _own_name(name) or _is_address(name)


def _name(host: str) -> str:
    """Return the name in a ``Host`` header, without its port and brackets."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _own_name(name: str) -> bool:
    return name == "localhost" or name.endswith(".localhost") or (_is_address(name) and ip_address(name).is_loopback)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _foreign(headers: Headers) -> bool:
    """Return whether a browser says that the page of another site sends this; a program that is no browser says nothing."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and _name(origin.rpartition("/")[2]) != _name(headers.get("host", ""))
