"""The address at which the reading page shows a quote in its plan."""

from __future__ import annotations

from urllib.parse import urlencode


def read_link(plan_id: str, start: int, end: int) -> str:
    """Return the address, ready to stand in an attribute.

    >>> read_link("kou", 10, 20)
    '/read?plan=kou&amp;start=10&amp;end=20#quote-10-20'
    """
    query = urlencode({"plan": plan_id, "start": start, "end": end})
    return f"/read?{query}#quote-{start}-{end}".replace("&", "&amp;")
