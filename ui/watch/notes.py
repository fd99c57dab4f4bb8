"""What the parts of a request leave for the line that the log has of it."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

from assistant.answer import Answer


@dataclass(slots=True)
class Notes:
    """One request: its number, the answer that it got, the code of the failure that it got instead. Filled in as it is served."""

    request_id: str = ""
    answer: Answer | None = None
    code: str = ""


# A copy of the context goes into each thread that works on the request; the notes in it are the same.
_NOTES: ContextVar[Notes | None] = ContextVar("notes", default=None)


def begin_notes() -> Notes:
    """Return empty notes, which belong to this request from now on."""
    notes = Notes()
    _NOTES.set(notes)
    return notes


def note_request(request_id: str) -> None:
    """Note the number that a request was given."""
    if (notes := _NOTES.get()) is not None:
        notes.request_id = request_id


def note_answer(answer: Answer) -> None:
    """Note an answer; outside a request there is nobody to read it."""
    if (notes := _NOTES.get()) is not None:
        notes.answer = answer


def note_failure(code: str) -> None:
    """Note the code of a failure that is told to the client."""
    if (notes := _NOTES.get()) is not None:
        notes.code = code


def noted_request() -> str:
    """Return the number of the request that is being served, "" outside of one."""
    notes = _NOTES.get()
    return notes.request_id if notes is not None else ""
