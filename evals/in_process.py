"""The assistant of this process as the subject of an evaluation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from importlib.metadata import version
from socket import gethostname

from assistant.answer import Answer, ChatModelError, Question, UnknownMunicipalityError
from assistant.assistant import Assistant
from evals.corpus import Corpus
from evals.subject import AskingFailedError, Identity, Passage
from index.errors import EmbedderMissingError, IndexUnusableError, RerankerMissingError
from ingest.workers import WorkersError

# What an assistant may raise at a question; anything else is a fault of the program and stops the run.
_FAILURES = (UnknownMunicipalityError, ChatModelError, IndexUnusableError, EmbedderMissingError, RerankerMissingError)


class InProcess:
    """An ``Assistant`` that is evaluated without a server. ``clock`` and ``settings`` are recorded as they are given.

    ``reopen`` opens the same in another process.
    """

    def __init__(
        self,
        assistant: Assistant,
        *,
        clock: str,
        settings: Mapping[str, str],
        reopen: Callable[[], InProcess] | None = None,
    ) -> None:
        self._assistant = assistant
        self._clock = clock
        self._settings = dict(settings)
        self._reopen = reopen

    def __reduce__(self) -> tuple[object, ...]:
        return _reopened, (self._reopen, self.identity)

    @cached_property
    def corpus(self) -> Corpus:
        """The plans of the index."""
        return Corpus.of(self._assistant.index)

    @cached_property
    def identity(self) -> Identity:
        """The installed version, the index and the clock."""
        index = self._assistant.index
        return Identity(
            "in process", version("machiplan"), index.generation, index.built_by, self._settings, self._clock
        )

    def answer(self, question: Question) -> Answer:
        """Return the assistant's answer."""
        try:
            return self._assistant.answer(question)
        except _FAILURES as error:
            raise AskingFailedError(str(error)) from error

    def search(self, question: Question, k: int) -> list[Passage]:
        """Return the passages that the assistant would draw on."""
        try:
            hits = self._assistant.retrieve(question, k)
        except _FAILURES as error:
            raise AskingFailedError(str(error)) from error
        return [Passage(hit.chunk.plan_id, hit.chunk.span) for hit in hits]


def _reopened(reopen: Callable[[], InProcess], identity: Identity) -> InProcess:
    """Return the same subject in another process. Raises ``WorkersError`` where it is not the same."""
    subject = reopen()
    if subject.identity != identity:
        raise WorkersError(
            f"計算機 {gethostname()} の索引か設定が、こちらと異なります。"
            "索引のフォルダーを共有し、評価している間は索引を更新しないでください。"
        )
    return subject
