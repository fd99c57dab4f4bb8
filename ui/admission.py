"""How many questions are worked on at a time, and how many wait for their turn; whoever comes after them is told so at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar

from anyio import Semaphore, from_thread, to_thread

T = TypeVar("T")

COME_AGAIN = 10
"""Seconds after which somebody who was turned away may come again: about what a full line takes on two cores."""

BUSY = f"ただいま混み合っています。{COME_AGAIN}秒ほど待ってから、もう一度お試しください。"


class BusyError(RuntimeError):
    """As many wait as may. The message is Japanese and says when to come again."""

    def __init__(self) -> None:
        super().__init__(BUSY)


class Admission:
    """Lets ``at_once`` pieces of work run and ``waiting`` more wait, first come first served, for all faces together.

    Whoever waits by ``run`` holds no thread meanwhile.
    """

    def __init__(self, at_once: int, waiting: int) -> None:
        self._turns = Semaphore(at_once)
        self._waiting = waiting

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return self._turns.statistics().tasks_waiting

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn and hold it. Raises ``BusyError``."""
        await self._take()
        try:
            yield
        finally:
            self._turns.release()

    async def run(self, work: Callable[..., T], *given: object) -> T:
        """Return ``work(*given)``, done in a thread when it is its turn. Raises ``BusyError``."""
        async with self.turn():
            return await to_thread.run_sync(work, *given)

    @contextmanager
    def turn_of_thread(self) -> Iterator[None]:
        """The same as ``turn`` for a thread that the event loop started. Raises ``BusyError``."""
        from_thread.run(self._take)
        try:
            yield
        finally:
            from_thread.run_sync(self._turns.release)

    async def _take(self) -> None:
        if self.waiting >= self._waiting and not self._turns.value:
            raise BusyError
        await self._turns.acquire()
