"""How many questions are worked on at a time, and how many wait for their turn; whoever comes after them is told so at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from anyio import Semaphore, from_thread

from assistant.chat_model import AT_ONCE as CHATS_AT_ONCE

if TYPE_CHECKING:
    from ui.settings import Settings

COME_AGAIN = 10
"""Seconds after which somebody who was turned away may come again: about what a full line takes on two cores."""

BUSY = f"ただいま混み合っています。{COME_AGAIN}秒ほど待ってから、もう一度お試しください。"


class BusyError(RuntimeError):
    """As many wait as may. The message is Japanese and says when to come again."""

    def __init__(self) -> None:
        super().__init__(BUSY)


class Admission:
    """Lets ``at_once`` pieces of work run and ``waiting`` more wait, first come first served, for all faces together.

    Whoever waits by ``turn`` holds no thread meanwhile.
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


def admission(settings: Settings) -> Admission:
    """Return what lets so many questions be worked on as ``settings`` say; waiting for a chat model is no work, so more of them then."""
    return Admission(settings.at_once + (CHATS_AT_ONCE if settings.chat_model else 0), settings.waiting)
