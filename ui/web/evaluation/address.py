"""What the page shows, as its address says it: ``/evaluation?run=…&with=…&kind=…&page=…``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from evals.report.kinds import Kind
from ui.web.inert import inert


@dataclass(frozen=True, slots=True)
class Wanted:
    """The run to show, the one to compare it with, the kind of failure, and the page of the failures (from 1)."""

    run: str = ""
    other: str = ""
    kind: str = ""
    page: int = 1


def read_address(query: Mapping[str, str]) -> Wanted:
    """Return what an address asks for; what it cannot mean is left out.

    >>> read_address({"run": "a", "with": "b", "kind": "leak", "page": "2"})
    Wanted(run='a', other='b', kind='leak', page=2)
    >>> read_address({"kind": "?", "page": "-1"})
    Wanted(run='', other='', kind='', page=1)
    """
    kind, page = query.get("kind", ""), query.get("page", "")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 1
    return Wanted(query.get("run", ""), query.get("with", ""), kind if kind in set(Kind) else "", max(number, 1))


def link(run: str, *, other: str = "", kind: str = "", page: int = 1, at: str = "") -> str:
    """Return an address of the page as an attribute's value.

    >>> link("20260601-dev", page=2)
    '&#47;evaluation&#63;run&#61;20260601&#45;dev&#38;page&#61;2'
    """
    asked = {"run": run, "with": other, "kind": kind, "page": str(page) if page > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    return inert(f"/evaluation?{query}{at}")
