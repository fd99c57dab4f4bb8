"""The SQLite file of what users asked, were answered and said of it, and for how long it is kept."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from pathlib import Path

from index.errors import system_reason

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

LOGGER = logging.getLogger("machiplan.api")

_ROOM = "不要なファイルを削除するなどして空き容量を増やしてください。"
_RESTORE = (
    "サーバーを止め、このファイルを別の場所に移してから、「machiplan restore」でバックアップから戻してください。"
    "バックアップがなければ、移すだけで新しいファイルが作られます。"
)
_PERMISSION = ("開けません", "フォルダーがあるか、読み書きする権限があるかを確かめてください。")
_DISK = ("ディスクの読み書きに失敗しました", "ディスクの空き容量と異常がないかを確かめてください。")
_REASONS: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_FULL: ("空き容量がありません", _ROOM),
    sqlite3.SQLITE_NOTADB: ("内容が壊れています", _RESTORE),
    sqlite3.SQLITE_CORRUPT: ("内容が壊れています", _RESTORE),
    sqlite3.SQLITE_CANTOPEN: _PERMISSION,
    sqlite3.SQLITE_READONLY: _PERMISSION,
    sqlite3.SQLITE_PERM: _PERMISSION,
    sqlite3.SQLITE_BUSY: ("ほかの処理が使っています", "その処理が終わるのを待ってください。"),
    sqlite3.SQLITE_IOERR: _DISK,
}
"""What SQLite says by its primary result code (https://www.sqlite.org/rescode.html), and what to do about it."""


class AnswersFileError(RuntimeError):
    """The answers file cannot be read or written. The message is Japanese, for whoever runs the server, and says what to do."""

    def __init__(self, path: Path, error: sqlite3.Error | OSError) -> None:
        """Say what SQLite or the system said of ``path``."""
        if isinstance(error, OSError):
            reason, first = system_reason(error)
            remedy = f"{first}ください。"
        else:
            reason, remedy = _REASONS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, _DISK)
        super().__init__(f"回答を保存するファイルを使えません({path}: {reason}、{error})。{remedy}")


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
        """Give a connection of the caller's own, the file and its tables made; commit when it ends well, else undo.

        WAL lets readers go on during a write; ``synchronous = FULL`` has what was committed on the disk, also when the power
        fails right after; ``secure_delete`` overwrites what is deleted.

        Raises:
            AnswersFileError: the file cannot be read or written; it stands in the log too.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._connection() as connection:
                yield connection
        except (sqlite3.Error, OSError) as error:
            unusable = AnswersFileError(self.path, error)
            LOGGER.warning("%s", unusable)
            raise unusable from error

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        if not self.path.exists():
            self.path.touch(
                mode=0o600
            )  # people's questions are for the owner's eyes; SQLite's other files take the same mode
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

    def check(self) -> None:
        """Look for damage in the structure of the file, where there is one. Raises ``AnswersFileError``."""
        if self.path.exists():
            with self.connected() as connection:
                (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
                if found != "ok":
                    damaged = sqlite3.DatabaseError(found)
                    damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
                    raise damaged

    def delete(self, answer_id: str) -> bool:
        """Delete an answer and what was said of it, in the log of the file too; return whether it was there.

        Raises ``AnswersFileError``.
        """
        if not self.path.exists():
            return False
        with self.connected() as connection:
            found = connection.execute("DELETE FROM answers WHERE id = ?", (answer_id,)).rowcount
            _leave_no_trace(connection)
        return found > 0

    def sweep(self) -> None:
        """Delete the answers whose time is over, and what was said of them. Raises ``AnswersFileError``."""
        if not self.path.exists():
            return
        with self.connected() as connection:
            connection.execute("DELETE FROM answers WHERE given < ?", (self.oldest,))
            _leave_no_trace(connection)


def _leave_no_trace(connection: sqlite3.Connection) -> None:
    """Commit, and empty the file's log, which still holds what was deleted; where others are reading, the next sweep does it."""
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
