"""The SQLite file of what users asked, were answered and said of it, and for how long it is kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from pathlib import Path

_MADE = 1  # the ``PRAGMA user_version`` that stands at the end of these: the tables are there
_TABLES = """
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS answers (id TEXT PRIMARY KEY, given REAL NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS answers_given ON answers (given);
CREATE TABLE IF NOT EXISTS feedback (
    answer_id TEXT PRIMARY KEY, said REAL NOT NULL, helpful INTEGER NOT NULL, comment TEXT NOT NULL
) WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS feedback_leaves AFTER DELETE ON answers
BEGIN DELETE FROM feedback WHERE answer_id = OLD.id; END;
PRAGMA user_version = 1;
"""
_WAIT = 10.0  # seconds for another process's write


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """Where answers are kept and for how many days; with ``days`` 0 nothing is, and the file is never made."""

    path: Path
    days: int
    clock: Callable[[], datetime]

    @property
    def oldest(self) -> float:
        """The time (seconds since 1970) from which on answers are kept; later than any where none are."""
        return (self.clock() - timedelta(days=self.days)).timestamp() if self.days else inf

    @property
    def empty(self) -> bool:
        """Whether nothing that is kept can be in it."""
        return self.days == 0 or not self.path.exists()

    @contextmanager
    def connected(self) -> Iterator[sqlite3.Connection]:
        """Give a connection of the caller's own, the tables made; commit when it ends well, else undo.

        WAL lets readers go on during a write; ``synchronous = FULL`` has what was committed on the disk, also when the power
        fails right after; ``secure_delete`` overwrites what is deleted.
        """
        connection = sqlite3.connect(self.path, timeout=_WAIT)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
            if connection.execute("PRAGMA user_version").fetchone() != (_MADE,):
                connection.executescript(_TABLES)
            with connection:
                yield connection
        finally:
            connection.close()

    def delete(self, answer_id: str) -> bool:
        """Delete an answer and what was said of it, in the log of the file too; return whether it was there.

        Raises ``sqlite3.Error``.
        """
        if not self.path.exists():
            return False
        with self.connected() as connection:
            found = connection.execute("DELETE FROM answers WHERE id = ?", (answer_id,)).rowcount
            _leave_no_trace(connection)
        return found > 0

    def sweep(self) -> None:
        """Delete the answers whose time is over, and what was said of them. Raises ``sqlite3.Error``."""
        if not self.path.exists():
            return
        with self.connected() as connection:
            connection.execute("DELETE FROM answers WHERE given < ?", (self.oldest,))
            _leave_no_trace(connection)


def _leave_no_trace(connection: sqlite3.Connection) -> None:
    """Commit, and empty the file's log, which still holds what was deleted; where others are reading, the next sweep does it."""
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
