"""The mark of a plan whose time is over, the same on every page."""

from __future__ import annotations

EXPIRED = "計画期間終了"


def expired_mark(expired: bool) -> str:
    """Return the mark as HTML; "" for a plan that still holds.

    >>> expired_mark(False)
    ''
    """
    return f'<span class="source-expired">{EXPIRED}</span>' if expired else ""
