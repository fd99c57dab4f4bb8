"""The addresses at which plans are read."""

from __future__ import annotations

from urllib.parse import urlencode


def plan_link(plan_id: str) -> str:
    """Return the link that opens a plan at its beginning.

    >>> plan_link("sample")
    '/read?plan=sample'
    """
    return f"/read?{urlencode({'plan': plan_id})}"


def quote_link(plan_id: str, start: int, end: int) -> str:
    """Return the link that opens a plan with ``[start, end)`` of its text marked, scrolled to and focused.

    >>> quote_link("sample", 120, 168)
    '/read?plan=sample&start=120&end=168#quote-120-168'
    """
    return f"/read?{urlencode({'plan': plan_id, 'start': start, 'end': end})}#{quote_id(start, end)}"


def quote_id(start: int, end: int) -> str:
    """Return the element id of a marked quote.

    >>> quote_id(120, 168)
    'quote-120-168'
    """
    return f"quote-{start}-{end}"
