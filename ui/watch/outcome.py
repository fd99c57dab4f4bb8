"""What came of a question, in words of which there is a fixed number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from assistant.answer import Answer


class Face(StrEnum):
    """How a question came."""

    API = "api"
    STREAM = "stream"
    OPENAI = "openai"
    PAGE = "page"


FACES = {"/api/ask": Face.API, "/api/ask/stream": Face.STREAM, "/v1/chat/completions": Face.OPENAI}
"""The routes to which questions are sent."""

BROKEN_OFF = 499
"""The status of a request whose client left, or which failed, before a response began (as nginx has it)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``reason`` is why there is no answer: the ``Reason`` of one that abstained, the code of one that was refused."""

    kind: Literal["answered", "abstained", "refused", "failed", "broken_off"]
    mode: str = ""
    reason: str = ""


def outcome_of(answer: Answer) -> Outcome:
    """Return the outcome of a question that the assistant replied to."""
    if answer.abstained:
        return Outcome("abstained", answer.mode, str(answer.reason))
    return Outcome("answered", answer.mode)


def outcome_without_answer(status: int, code: str) -> Outcome:
    """Return the outcome of a question without a reply, from its HTTP status and the code of its failure.

    >>> outcome_without_answer(422, "empty_question").kind, outcome_without_answer(500, "internal_error").kind
    ('refused', 'failed')
    >>> outcome_without_answer(503, "not_ready").kind, outcome_without_answer(200, "").kind
    ('refused', 'broken_off')
    """
    if code == "internal_error" or status == 500:
        return Outcome("failed", reason="internal_error")
    if code or 400 <= status != BROKEN_OFF:
        return Outcome("refused", reason=code or str(status))
    return Outcome("broken_off")
