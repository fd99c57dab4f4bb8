"""The answers file of a running server, relieved of what is over its days again and again."""

from __future__ import annotations

import asyncio
import logging
import sqlite3

from ui.database import AnswersFile

LOGGER = logging.getLogger("machiplan.api")

EVERY = 3600.0
"""Seconds: an answer may lie in the file for an hour longer than its days, and is shown to nobody then."""


async def keep_swept(file: AnswersFile, *, every: float = EVERY) -> None:
    """Sweep the file now and then ``every`` so many seconds, until the task is cancelled; a failure is logged and tried again."""
    while True:
        try:
            await asyncio.to_thread(file.sweep)
        except sqlite3.Error as error:
            LOGGER.warning("The answers over their days could not be deleted from %s: %s", file.path, error)
        await asyncio.sleep(every)
