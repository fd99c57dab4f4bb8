"""Answers that were given, kept for a number of days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ui.database import connected

_ONE = "SELECT id, given, body FROM answers WHERE id = ? AND given >= ?"
_ALL = "SELECT id, given, body FROM answers WHERE given >= ? ORDER BY given"


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it is kept: its id, when it was given, and its JSON (``ui.api.models.AnswerBody``)."""

    id: str
    given: datetime
    body: str


class AnswerStore:
    """A SQLite file in WAL mode: many may read while one writes, in this process or another. Safe for threads.

    The file is made by the first answer that is saved; with ``days`` 0 there never is one.
    """

    def __init__(self, path: Path, *, days: int, clock: Callable[[], datetime]) -> None:
        self._path = path
        self._days = days
        self._clock = clock

    @property
    def days(self) -> int:
        """For how many days an answer is kept; 0 keeps none."""
        return self._days

    def save(self, answer_id: str, body: str) -> None:
        """Keep an answer (its JSON) and drop those whose time is over."""
        if self._days == 0:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with connected(self._path) as connection:
            connection.execute("DELETE FROM answers WHERE given < ?", (self._oldest(),))
            row = (answer_id, self._clock().timestamp(), body)
            connection.execute("INSERT INTO answers (id, given, body) VALUES (?, ?, ?)", row)

    def read(self, answer_id: str) -> str:
        """Return the JSON of an answer. Raises ``KeyError`` as ``kept`` does."""
        return self.kept(answer_id).body

    def kept(self, answer_id: str) -> KeptAnswer:
        """Return an answer with the time at which it was given.

        Raises:
            KeyError: it was never kept, or its time is over.
        """
        found = self._select(_ONE, answer_id)
        if not found:
            raise KeyError(answer_id)
        return found[0]

    def all(self) -> list[KeptAnswer]:
        """Return every answer whose time is not over, oldest first."""
        return self._select(_ALL)

    def _select(self, query: str, *values: str) -> list[KeptAnswer]:
        if self._days == 0 or not self._path.exists():
            return []
        with connected(self._path) as connection:
            rows = connection.execute(query, (*values, self._oldest())).fetchall()
        zone = self._clock().tzinfo
        return [KeptAnswer(str(key), datetime.fromtimestamp(given, zone), str(body)) for key, given, body in rows]

    def _oldest(self) -> float:
        return (self._clock() - timedelta(days=self._days)).timestamp()
