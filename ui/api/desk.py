"""The one assistant of a process: opened once, handed to every request."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from assistant.watch import UNWATCHED, Watch
from index.errors import IndexUnusableError
from index.generation import read_pointer
from index.query import Query
from ui.open import CANNOT_OPEN, japan_time, open_assistant

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from ui.settings import Settings

LOGGER = logging.getLogger("machiplan.api")
OPENING = "準備中です。まもなく使えるようになります。"
NO_PLANS = "索引に計画が1つもありません。「machiplan ingest 計画のフォルダー」を実行して、計画を入れてください。"


class Desk:
    """Opens the assistant at the first call that needs it, and tries again at the next one when that failed.

    When another generation of the index is published, the next call opens it; answers in progress finish on the old
    one. Where the new one cannot be opened (another model built it), the old one goes on answering.
    """

    def __init__(self, settings: Settings, assistant: Assistant | None = None, *, watch: Watch = UNWATCHED) -> None:
        self._settings = settings
        self._watch = watch
        self._opened = 0.0
        self._assistant = self._watched(assistant) if assistant is not None else None
        self._published = _published(settings.index_dir)
        self._opening = Lock()
        self._proved = False

    def assistant(self) -> Assistant:
        """Return the open assistant; waits while another thread opens it.

        Raises:
            IndexUnusableError: there is no index that can be used.
            EmbedderMissingError: the embedding model is not there.
        """
        published = _published(self._settings.index_dir)
        if self._assistant is None or published != self._published:
            with self._opening:
                if self._assistant is None:
                    self._assistant = self._watched(open_assistant(self._settings))
                elif published != self._published:
                    newer = _newer(self._settings, self._assistant)
                    self._assistant = newer if newer is self._assistant else self._watched(newer)
                self._published = published
        return self._assistant

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
        return assistant.watched(self._watch)

    def _prove(self) -> str:
        """Search once, which also loads what the first question would have to wait for."""
        index = self.assistant().index
        if not index.plans:
            return NO_PLANS
        index.retrieve(Query("計画", municipalities=(index.plans[0].municipality_code,), k=1))
        self._proved = True
        return ""


def _published(directory: Path) -> str:
    """Return the id of the index's current generation, or "" where there is none that can be read."""
    try:
        return read_pointer(directory).generation
    except IndexUnusableError:
        return ""


def _newer(settings: Settings, older: Assistant) -> Assistant:
    try:
        return open_assistant(settings)
    except CANNOT_OPEN as error:
        LOGGER.warning("The new index cannot be opened, the old one goes on answering: %s", error)
        return older
