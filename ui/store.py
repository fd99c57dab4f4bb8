"""Answers that were given, kept for a number of days."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

_TABLE = """
CREATE TABLE IF NOT EXISTS answers (id TEXT PRIMARY KEY, given REAL NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS answers_given ON answers (given);
"""
_WAIT = 10.0  # seconds for another process's write


class AnswerStore:
    """A SQLite file in WAL mode: many may read while one writes, in this process or another. Safe for threads.

    The file is made by the first answer that is saved; with ``days`` 0 there never is one.
    """

    def __init__(self, path: Path, *, days: int, clock: Callable[[], datetime]) -> None:
        self._path = path
        self._days = days
        self._clock = clock

    def save(self, answer_id: str, body: str) -> None:
        """Keep an answer (its JSON) and drop those whose time is over."""
        if self._days == 0:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._connected() as connection:
            connection.executescript(_TABLE)
            connection.execute("DELETE FROM answers WHERE given < ?", (self._oldest(),))
            row = (answer_id, self._clock().timestamp(), body)
            connection.execute("INSERT INTO answers (id, given, body) VALUES (?, ?, ?)", row)

    def read(self, answer_id: str) -> str:
        """Return the JSON of an answer.

        Raises:
            KeyError: it was never kept, or its time is over.
        """
        if self._days == 0 or not self._path.exists():
            raise KeyError(answer_id)
        with self._connected() as connection:
            sought = (answer_id, self._oldest())
            row = connection.execute("SELECT body FROM answers WHERE id = ? AND given >= ?", sought).fetchone()
        if row is None:
            raise KeyError(answer_id)
        return str(row[0])

    def _oldest(self) -> float:
        return (self._clock() - timedelta(days=self._days)).timestamp()

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """Give a connection of this call's own; commit when it ends well."""
        connection = sqlite3.connect(self._path, timeout=_WAIT)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            with connection:
                yield connection
        finally:
            connection.close()
