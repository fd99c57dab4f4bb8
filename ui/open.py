"""Open what the faces talk to: settings in, a ready assistant out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from assistant.answer import ChatModelError
from index.errors import EmbedderMissingError, IndexUnusableError, RerankerMissingError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.assistant import Assistant
    from index.embedder import Embedder
    from index.reranker import Reranker
    from ui.settings import Settings
    from ui.watch.traces import Traces

JAPAN = ZoneInfo("Asia/Tokyo")


class TracesMissingError(ImportError):
    """The libraries that send traces are not installed. The message is Japanese and says which extra brings them."""

    def __init__(self) -> None:
        super().__init__(
            "MACHIPLAN_TRACES_URL を使うには、追加の tracing が必要です"
            "（.venv/bin/pip install -c requirements.lock -e '.[tracing]'）。使わないときは、この設定を外してください。"
        )


CANNOT_OPEN = (IndexUnusableError, EmbedderMissingError, RerankerMissingError, ChatModelError)
"""What ``open_assistant``, and a question to what it returned, may raise; the messages are Japanese."""


def japan_time() -> datetime:
    """Return the present moment in Japan: the one clock of the product, passed in wherever time matters."""
    return datetime.now(JAPAN)


def open_assistant(settings: Settings, *, clock: Callable[[], datetime] = japan_time) -> Assistant:
    """Return an assistant over the index that ``settings`` names, which takes the time from ``clock``.

    Raises:
        IndexUnusableError: the index is missing, damaged or was built by another model.
        EmbedderMissingError: the embedding model is not there.
        RerankerMissingError: a reranker is named that is not there.
        ChatModelError: a chat model is named, but not where it is served.
    """
    from assistant.assistant import Assistant
    from index.index import Index

    index = Index.open(
        settings.index_dir,
        embedder=embedder(settings),
        reranker=reranker(settings),
        chroma_url=chroma_url(settings),
    )
    return Assistant(index, clock=clock, chat_model=chat_model(settings))


def chroma_url(settings: Settings) -> str | None:
    """Return the address of the Chroma server that ``settings`` name, or ``None``."""
    return None if settings.chroma_url is None else str(settings.chroma_url).rstrip("/")


def embedder(settings: Settings) -> Embedder:
    """Return the embedding model that ``settings`` name. Raises ``EmbedderMissingError`` (see ``open_assistant``)."""
    from index.embedder import open_embedder

    return open_embedder(settings.embedding_model, settings.model_backend)


def reranker(settings: Settings) -> Reranker | None:
    """Return the reranker that ``settings`` name, or ``None``. Raises ``RerankerMissingError`` (see ``open_assistant``)."""
    if settings.reranker is None:
        return None
    from index.reranker import open_reranker

    return open_reranker(settings.reranker, settings.model_backend)


def chat_model(settings: Settings) -> BaseChatModel | None:
    """Return the chat model that ``settings`` name, or ``None``. Raises ``ChatModelError`` (see ``open_assistant``)."""
    if settings.chat_model is None:
        return None
    from assistant.chat_model import open_chat_model

    key = settings.chat_api_key.get_secret_value() if settings.chat_api_key else None
    return open_chat_model(settings.chat_model, base_url=settings.chat_base_url, api_key=key)


def open_traces(settings: Settings) -> Traces | None:
    """Return what sends traces where ``settings`` name a collector, or ``None``. Raises ``TracesMissingError``."""
    if settings.traces_url is None:
        return None
    try:
        from ui.watch.traces import Traces
    except ImportError as error:
        raise TracesMissingError from error
    asks_a_model = settings.chat_model is not None
    return Traces(str(settings.traces_url), chat_model=asks_a_model, questions=settings.log_questions)
