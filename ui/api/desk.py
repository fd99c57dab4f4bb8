"""The one assistant of a process: opened once, handed to every request."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection
from threading import Lock, Timer
from typing import TYPE_CHECKING

from assistant.watch import UNWATCHED, Watch
from index.generation import published
from index.query import Query
from ui.memory import give_back
from ui.open import CANNOT_OPEN, japan_time, open_assistant

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from ui.settings import Settings

LOGGER = logging.getLogger("machiplan.api")
AGAIN = 60.0
"""Seconds until a new index that could not be opened is tried again: an ingestion may have mended it meanwhile."""

SETTLED = 20.0
"""Seconds after which the answers that were in progress when an index was replaced are done, and its memory is free."""

OPENING = "準備中です。まもなく使えるようになります。"
NO_PLANS = "索引に計画が1つもありません。「machiplan ingest 計画のフォルダー」を実行して、計画を入れてください。"


class Desk:
    """Opens the assistant at the first call that needs it, and tries again at the next one when that failed.

    When another generation of the index is published, the next call opens it; answers in progress finish on the old
    one, whose files are released with the last of them: nothing else refers to it. Where the new one cannot be opened
    (another model built it, a file is damaged), the old one goes on answering, and it is tried again after ``again`` seconds.
    """

    def __init__(
        self,
        settings: Settings,
        assistant: Assistant | None = None,
        *,
        watch: Watch = UNWATCHED,
        again: float = AGAIN,
    ) -> None:
        self._again = again
        self._try_from = 0.0
        self._settings = settings
        self._watch = watch
        self._opened = 0.0
        self._assistant = self._watched(assistant) if assistant is not None else None
        self._opening = Lock()
        self._proved = False

    def assistant(self) -> Assistant:
        """Return the open assistant; waits while another thread opens it.

        Raises:
            IndexUnusableError: there is no index that can be used.
            EmbedderMissingError: the embedding model is not there.
        """
        open_now = self._assistant
        if open_now is None or self._is_old(open_now):
            with self._opening:
                open_now = self._assistant
                if open_now is None:
                    open_now = self._watched(opened_whole(self._settings))
                elif self._is_old(open_now):
                    open_now = self._newer(open_now)
                self._assistant = open_now
        return open_now

    def _is_old(self, assistant: Assistant) -> bool:
        """Return whether another generation is published, and it is time to try to open it."""
        return published(self._settings.index_dir) != assistant.index.generation and time.monotonic() >= self._try_from

    def _newer(self, older: Assistant) -> Assistant:
        """Return an assistant over the published generation; the older one where that cannot be opened now."""
        try:
            return self._watched(opened_whole(self._settings, older.index.shards))
        except CANNOT_OPEN as error:
            LOGGER.warning("The new index cannot be opened, the old one goes on answering: %s", error)
            self._try_from = time.monotonic() + self._again
            return older

    def obstacle(self) -> str:
        """Return why no question can be answered now, in Japanese, or "" when one can; never waits for an opening."""
        if self._proved:
            return ""
        if self._assistant is None and self._opening.locked():
            return OPENING
        try:
            return self._prove()
        except CANNOT_OPEN as error:
            return str(error)

    def present(self) -> tuple[Assistant, float] | None:
        """Return the assistant that is open and when it was opened (seconds since 1970); opens none."""
        return None if self._assistant is None else (self._assistant, self._opened)

    def _watched(self, assistant: Assistant) -> Assistant:
        self._opened = japan_time().timestamp()
        freeing = Timer(SETTLED, give_back)
        freeing.daemon = True
        freeing.start()
        return assistant.watched(self._watch)

    def _prove(self) -> str:
        """Search once, which also loads what the first question would have to wait for."""
        index = self.assistant().index
        if not index.plans:
            return NO_PLANS
        index.retrieve(Query("計画", municipalities=(index.plans[0].municipality_code,), k=1))
        self._proved = True
        return ""


def opened_whole(settings: Settings, known: Collection[str] = ()) -> Assistant:
    """Return an assistant every file of whose index is what was written; the shards ``known`` were looked at before.

    Raises what ``open_assistant`` does.
    """
    assistant = open_assistant(settings)
    assistant.index.check(known)
    return assistant
