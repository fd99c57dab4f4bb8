"""What people said of answers that they were given: helpful or not, and why; kept as long as the answers are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ui.database import AnswersFile

LONGEST_COMMENT = 2_000
"""Characters (Unicode code points) after trimming."""

_SAVE = """
INSERT OR REPLACE INTO feedback (answer_id, said, helpful, comment)
SELECT id, ?, ?, ? FROM answers WHERE id = ? AND given >= ?
"""
_ALL = """
SELECT answer_id, said, helpful, comment FROM feedback JOIN answers ON id = answer_id WHERE given >= ? ORDER BY said
"""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What was said of an answer, and when; ``comment`` is "" where nothing was written."""

    answer_id: str
    said: datetime
    helpful: bool
    comment: str


class FeedbackStore:
    """A table beside the answers, in the same SQLite file. Safe for threads and processes.

    An answer has one feedback: what is said later replaces what was said before, and leaves with its answer.
    """

    def __init__(self, file: AnswersFile) -> None:
        self._file = file

    def save(self, answer_id: str, *, helpful: bool, comment: str = "") -> None:
        """Keep what was said of an answer, on the disk when this returns.

        Raises:
            KeyError: the answer was never kept, or its time is over.
            AnswersFileError: the file does not take it.
        """
        if self._file.empty:
            raise KeyError(answer_id)
        with self._file.connected() as connection:
            row = (self._file.clock().timestamp(), helpful, comment, answer_id, self._file.oldest)
            saved = connection.execute(_SAVE, row).rowcount
        if saved == 0:
            raise KeyError(answer_id)

    def all(self) -> list[Feedback]:
        """Return what was said of every answer whose time is not over, oldest first."""
        if self._file.empty:
            return []
        with self._file.connected() as connection:
            rows = connection.execute(_ALL, (self._file.oldest,)).fetchall()
        zone = self._file.clock().tzinfo
        return [Feedback(str(key), datetime.fromtimestamp(at, zone), bool(ok), str(said)) for key, at, ok, said in rows]
