"""Answers that were given, kept for a number of days."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime

from ui.database import AnswersFile

_SOME = "SELECT id, given, body FROM answers WHERE id IN (SELECT value FROM json_each(?)) AND given >= ?"
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

    def __init__(self, file: AnswersFile, *, timed: Callable[[], AbstractContextManager[object]] = nullcontext) -> None:
        """Take the file, and a context that is entered for as long as an answer is being written."""
        self._file = file
        self._timed = timed

    @property
    def days(self) -> int:
        """For how many days an answer is kept; 0 keeps none."""
        return self._file.days

    def save(self, answer_id: str, body: str) -> None:
        """Keep an answer (its JSON), on the disk when this returns. Raises ``AnswersFileError``, as reading does."""
        if self.days == 0:
            return
        with self._timed(), self._file.connected() as connection:
            row = (answer_id, self._file.clock().timestamp(), body)
            connection.execute("INSERT INTO answers (id, given, body) VALUES (?, ?, ?)", row)

    def read(self, answer_id: str) -> str:
        """Return the JSON of an answer. Raises ``KeyError`` as ``kept`` does."""
        return self.kept(answer_id).body

    def kept(self, answer_id: str) -> KeptAnswer:
        """Return an answer with the time at which it was given.

        Raises:
            KeyError: it was never kept, or its time is over.
        """
        found = self.some([answer_id])
        if not found:
            raise KeyError(answer_id)
        return found[0]

    def delete(self, answer_id: str) -> None:
        """Delete an answer, overwritten in the file, and what was said of it. Raises ``KeyError`` as ``kept`` does."""
        if not self._file.delete(answer_id):
            raise KeyError(answer_id)

    def some(self, answer_ids: Sequence[str]) -> list[KeptAnswer]:
        """Return those of the answers that are kept, in the order of the ids."""
        found = {kept.id: kept for kept in self._select(_SOME, json.dumps(answer_ids))}
        return [found[answer_id] for answer_id in answer_ids if answer_id in found]

    def all(self) -> list[KeptAnswer]:
        """Return every answer whose time is not over, oldest first."""
        return self._select(_ALL)

    def _select(self, query: str, *values: str) -> list[KeptAnswer]:
        if self._file.empty:
            return []
        with self._file.connected() as connection:
            rows = connection.execute(query, (*values, self._file.oldest)).fetchall()
        zone = self._file.clock().tzinfo
        return [KeptAnswer(str(key), datetime.fromtimestamp(given, zone), str(body)) for key, given, body in rows]
