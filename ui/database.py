"""The SQLite file of what users asked, were answered and said of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS answers (id TEXT PRIMARY KEY, given REAL NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS answers_given ON answers (given);
CREATE TABLE IF NOT EXISTS feedback (
    answer_id TEXT PRIMARY KEY, said REAL NOT NULL, helpful INTEGER NOT NULL, comment TEXT NOT NULL
) WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS feedback_leaves AFTER DELETE ON answers
BEGIN DELETE FROM feedback WHERE answer_id = OLD.id; END;
"""
_WAIT = 10.0  # seconds for another process's write


@contextmanager
def connected(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection of the caller's own to ``path``, its tables made; commit when it ends well, else undo.

    WAL lets readers go on during a write; ``synchronous = FULL`` has what was committed on the disk, also when the
    power fails right after.
    """
    connection = sqlite3.connect(path, timeout=_WAIT)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.executescript(_TABLES)
        with connection:
            yield connection
    finally:
        connection.close()
