"""An answer as server-sent events: ``token`` ..., ``citations``, ``done``; ``error`` when it breaks off."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import chain

from fastapi.concurrency import iterate_in_threadpool
from pydantic import JsonValue

from assistant.answer import Answer
from ui.api.convert import citation_body
from ui.api.errors import EXPECTED, describe, unexpected
from ui.api.models import AnswerBody, ErrorBody, ErrorDetail
from ui.watch.notes import note_failure

LOGGER = logging.getLogger("machiplan.api")

# JSON leaves these as they are, while some clients split lines at them.
LINE_BREAKS = str.maketrans({"\u0085": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Headers of a response that is read while it is made: no cache keeps it, no proxy collects it."""


def data_line(data: JsonValue) -> str:
    """Return a server-sent event without a name; its data is JSON on one line.

    >>> data_line({"text": "計画"})
    'data: {"text":"計画"}\\n\\n'
    """
    line = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(LINE_BREAKS)
    return f"data: {line}\n\n"


def event(name: str, data: JsonValue) -> str:
    """Return one server-sent event; its data is JSON on one line.

    >>> event("token", {"text": "計画の\\n期間"})
    'event: token\\ndata: {"text":"計画の\\\\n期間"}\\n\\n'
    """
    return f"event: {name}\n{data_line(data)}"


def answer_events(answer: Answer, shown: Callable[[Answer], AnswerBody]) -> Iterator[str]:
    """Yield the events that end a stream: the citations, then the whole answer as ``shown`` gives it."""
    citations: list[JsonValue] = [citation_body(citation).model_dump(mode="json") for citation in answer.citations]
    yield event("citations", {"citations": citations})
    yield event("done", shown(answer).model_dump(mode="json"))


async def stream_events(
    first: str | Answer, rest: Iterator[str | Answer], request_id: str, shown: Callable[[Answer], AnswerBody]
) -> AsyncIterator[str]:
    """Yield the events of an answer while it is made; each piece is worked out in the thread pool."""
    try:
        async for piece in iterate_in_threadpool(chain([first], rest)):
            if isinstance(piece, Answer):
                for line in answer_events(piece, shown):
                    yield line
            else:
                yield event("token", {"text": piece})
    except EXPECTED as error:
        _, code, message = describe(error)
        yield _error_event(ErrorDetail(code=code, message=message))
    except Exception:  # the status is already sent: the client must hear of a failure of ours in the stream
        LOGGER.exception("request %s failed while its answer was being sent", request_id)
        yield _error_event(unexpected(request_id))


def _error_event(detail: ErrorDetail) -> str:
    note_failure(detail.code)
    return event("error", ErrorBody(error=detail).model_dump(mode="json"))
