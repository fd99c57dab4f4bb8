"""The answers file of a running server, relieved of what is over its days again and again, by a clock that may be wrong."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from ui.database import AnswersFile, AnswersFileError

LOGGER = logging.getLogger("machiplan.api")

EVERY = 3600.0
"""Seconds: an answer may lie in the file for an hour longer than its days, and is shown to nobody then."""

FIRST = 600.0
"""Seconds after the start: a machine that was just started often has its clock put right in the first minutes."""

LEAP = timedelta(hours=2)
"""So much may the clock gain on the time that has really passed between two sweeps; more is a leap."""

LEAPT = (
    "時計が大きく進みました。正しいか確かめてください。"
    "誤って消さないように、保存期間が過ぎた回答の削除を1日見合わせます。"
)
DOUBT = 86_400.0
"""Seconds for which a leap forward is doubted: somebody has a day to put the clock right before anything is deleted by it."""


class Calendar:
    """Says whether the clock is to be believed: whether it has run on as evenly as time itself (``elapsed``, in seconds)."""

    def __init__(self, clock: Callable[[], datetime], elapsed: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._elapsed = elapsed
        self._believed = (clock(), elapsed())

    def is_even(self) -> bool:
        """Return whether the clock has not leapt forward since it was last believed; a leap is believed after ``DOUBT`` seconds."""
        now, at = self._clock(), self._elapsed()
        then, began = self._believed
        if now - then > timedelta(seconds=at - began) + LEAP and at - began < DOUBT:
            return False
        self._believed = (now, at)
        return True


async def keep_swept(file: AnswersFile, *, every: float = EVERY, calendar: Calendar | None = None) -> None:
    """Sweep the file ``every`` so many seconds, until the task is cancelled; a failure is in the log, and it is tried again.

    Where nothing is kept, what is left from before goes at once. Else the first sweep comes after ``FIRST`` seconds, or sooner where
    ``every`` is less.
    """
    calendar = calendar or Calendar(file.clock)
    await asyncio.to_thread(_tried, file.check)  # so that damage is told when the server starts
    if file.days == 0:
        await asyncio.to_thread(_tried, file.sweep)
    await asyncio.sleep(min(FIRST, every))
    while True:
        if calendar.is_even():
            await asyncio.to_thread(_tried, file.sweep)
        else:
            LOGGER.warning("%s", LEAPT)
        await asyncio.sleep(every)


def _tried(work: Callable[[], None]) -> None:
    with suppress(AnswersFileError):  # it is in the log; questions are answered, and there will be another time
        work()
