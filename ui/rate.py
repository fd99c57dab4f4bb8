"""How often one client may ask for something: the one door to the library that counts."""

from __future__ import annotations

import time
from math import ceil

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

MOST_CLIENTS = 10_000
"""Clients whose requests are counted, about 500 bytes each. When more come within two spans, all counts begin anew: against so
many addresses no limit for one helps, and the counts must not grow with them."""


def read_rate(text: str) -> RateLimitItem:
    """Return a rate such as ``60/minute`` or ``10 per 5 minutes``. Raises ``ValueError`` for another text."""
    return parse(text)


class RateLimiter:
    """Counts what each client does in a sliding span of time, in memory. Belongs to one event loop."""

    def __init__(self, rate: RateLimitItem) -> None:
        self._rate = rate
        self._counts = MemoryStorage()
        self._spans = SlidingWindowCounterRateLimiter(self._counts)

    async def count(self, client: str) -> bool:
        """Count one request of a client; return whether it may be served. One that may not is not counted."""
        if len(self._counts.storage) >= 2 * MOST_CLIENTS:  # the present span and the last one of each
            await self._counts.reset()
        return await self._spans.hit(self._rate, client)

    async def has_left(self, client: str) -> bool:
        """Return whether another request of a client may be served."""
        return await self._spans.test(self._rate, client)

    async def seconds_to_wait(self, client: str) -> int:
        """Return the seconds after which a client that was refused may ask again, one or more."""
        left = await self._spans.get_window_stats(self._rate, client)
        return max(1, ceil(left.reset_time - time.time()))
