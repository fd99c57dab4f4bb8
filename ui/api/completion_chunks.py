"""A chat completion as server-sent events: the role, the text piece by piece, then what proves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import JsonValue

from assistant.answer import Answer
from ui.api.completion_models import MODEL, ProofBody, UsageBody
from ui.api.events import data_line


def chunks(pieces: Sequence[str], answer: Answer, created: int, *, with_usage: bool) -> Iterator[str]:
    """Yield the events of one answer; the last chunk of the answer carries ``citations`` and the other fields of ours.

    ``with_usage`` adds OpenAI's chunk without choices, and a null ``usage`` to those before it, as its API does.
    """
    same: dict[str, JsonValue] = {
        "id": answer.id,
        "object": "chat.completion.chunk",
        "created": created,
        "model": MODEL,
    }
    none: dict[str, JsonValue] = {"usage": None} if with_usage else {}
    yield data_line({**same, "choices": [_choice({"role": "assistant", "content": ""})], **none})
    for piece in pieces:
        yield data_line({**same, "choices": [_choice({"content": piece})], **none})
    proof = ProofBody.model_validate(answer).model_dump(mode="json")
    yield data_line({**same, "choices": [_choice({}, finish_reason="stop")], **none, **proof})
    if with_usage:
        yield data_line({**same, "choices": [], "usage": UsageBody().model_dump(mode="json")})
    yield "data: [DONE]\n\n"


def _choice(delta: dict[str, JsonValue], finish_reason: str | None = None) -> JsonValue:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
