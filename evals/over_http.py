"""A server, by its address, as the subject of an evaluation: any program that keeps to the HTTP API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self, TypeVar

from pydantic import TypeAdapter, ValidationError

from assistant.answer import Answer, Question
from evals.corpus import Corpus
from evals.subject import AskingFailedError, Identity, Passage
from ingest.document import Span

if TYPE_CHECKING:
    import httpx

TIMEOUT = 120.0  # seconds; a chat model on a small machine takes its time


@dataclass(frozen=True, slots=True)
class _Plan:
    plan_id: str
    municipality: str


@dataclass(frozen=True, slots=True)
class _Plans:
    plans: list[_Plan]


@dataclass(frozen=True, slots=True)
class _Text:
    text: str


@dataclass(frozen=True, slots=True)
class _Hit:
    plan_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Hits:
    hits: list[_Hit]


@dataclass(frozen=True, slots=True)
class _About:
    version: str


@dataclass(frozen=True, slots=True)
class _OpenApi:
    info: _About


_Body = TypeVar("_Body")


class OverHttp:
    """The server at ``url``. Use it as a context manager, or call ``close``, to release its connections."""

    def __init__(self, url: str, *, timeout: float = TIMEOUT) -> None:
        import httpx

        self._url = url.rstrip("/")
        self._client: httpx.Client = httpx.Client(timeout=timeout)

    @cached_property
    def corpus(self) -> Corpus:
        """The plans that the server lists, with their texts."""
        plans = self._call(TypeAdapter(_Plans), "GET", "/api/plans").plans
        text = TypeAdapter(_Text)
        texts = {plan.plan_id: self._call(text, "GET", f"/api/plans/{plan.plan_id}").text for plan in plans}
        return Corpus(texts, {plan.plan_id: plan.municipality for plan in plans})

    @cached_property
    def identity(self) -> Identity:
        """What the server says of itself; what it does not say stays empty."""
        try:
            version = self._call(TypeAdapter(_OpenApi), "GET", "/openapi.json").info.version
        except AskingFailedError:
            version = ""
        return Identity(self._url, version, "", {}, {}, "server")

    def answer(self, question: Question) -> Answer:
        """Return the server's answer."""
        history = [{"role": turn.role, "content": turn.content} for turn in question.history]
        body = {"question": question.text, "municipalities": list(question.municipalities), "history": history}
        return self._call(TypeAdapter(Answer), "POST", "/api/ask", body=body)

    def search(self, question: Question, k: int) -> list[Passage]:
        """Return what the server's search finds for the words of the question; it knows no history."""
        query: dict[str, str | list[str]] = {
            "q": question.text,
            "municipality": list(question.municipalities),
            "k": str(k),
        }
        hits = self._call(TypeAdapter(_Hits), "GET", "/api/search", query=query).hits
        return [Passage(hit.plan_id, Span(hit.start, hit.end)) for hit in hits]

    def close(self) -> None:
        """Release the connections."""
        self._client.close()

    def __enter__(self) -> Self:
        """Return this subject."""
        return self

    def __exit__(self, *_: object) -> None:
        """Release the connections."""
        self.close()

    def _call(
        self,
        shape: TypeAdapter[_Body],
        method: str,
        path: str,
        *,
        body: Mapping[str, object] | None = None,
        query: Mapping[str, str | list[str]] | None = None,
    ) -> _Body:
        """Return the body of a reply. Raises ``AskingFailedError`` for any other reply and for none."""
        import httpx

        try:
            reply = self._client.request(method, self._url + path, json=body, params=query)
            reply.raise_for_status()
            return shape.validate_json(reply.content)
        except httpx.HTTPStatusError as error:
            told = f"{error.response.status_code} {error.response.text[:200]}"
            raise AskingFailedError(f"{self._url}{path} がエラーを返しました: {told}") from error
        except ValidationError as error:
            fault = error.errors()[0]
            place = ".".join(map(str, fault["loc"]))
            raise AskingFailedError(
                f"{self._url}{path} の返事が決められた形ではありません: {place} {fault['msg']}"
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            told = f"{type(error).__name__} {error}"
            raise AskingFailedError(f"{self._url}{path} から応答がありません: {told}") from error
