"""``POST /api/ask`` and ``POST /api/ask/stream``: a question in, a cited answer out."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, Depends, Request
from starlette.responses import StreamingResponse

from assistant.answer import Answer
from ui.api.answers import keep
from ui.api.convert import answer_body, easy_body, question_of
from ui.api.events import STREAM_HEADERS, stream_events
from ui.api.frame import request_id_of
from ui.api.given import TheAssistant, TheStore, TheTurn, require_json
from ui.api.models import NO_INDEX, NO_JSON, NOT_AS_JSON, TOO_LARGE, TOO_MANY, AnswerBody, AskBody, failures
from ui.store import AnswerStore

router = APIRouter(
    prefix="/api",
    tags=["ask"],
    dependencies=[Depends(require_json)],
    responses=failures(
        _400=NO_JSON,
        _413=TOO_LARGE,
        _415=NOT_AS_JSON,
        _422="The question, a municipality or the history cannot be accepted.",
        _429=TOO_MANY,
        _503=NO_INDEX,
    ),
)


@router.post("/ask")
async def ask(body: AskBody, assistant: TheAssistant, store: TheStore, in_turn: TheTurn) -> AnswerBody:
    """Answer a question with word-for-word quotes from the plans, or say why there is no answer."""
    question = question_of(body)  # one that is refused need not wait

    def answered() -> AnswerBody:
        answer = keep(assistant.answer(question), store, municipalities=body.municipalities or ())
        return easy_body(answer) if body.easy else answer_body(answer)

    return await in_turn(answered)


@router.post(
    "/ask/stream",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"text/event-stream": {}}, "description": "`token` ..., `citations`, `done`; `error`."}
    },
)
async def ask_in_a_stream(
    body: AskBody, assistant: TheAssistant, store: TheStore, in_turn: TheTurn, request: Request
) -> StreamingResponse:
    """Answer a question piece by piece, as server-sent events."""
    pieces = _kept(assistant.stream(question_of(body)), body, store)
    # The first piece is made before the status is sent, so that a question that is refused gets its proper status. The
    # whole answer is worked out for it; the turn ends with it, however slowly the rest is read.
    first = await in_turn(next, pieces)
    shown = easy_body if body.easy else answer_body
    events = stream_events(first, pieces, request_id_of(request.scope), shown)
    return StreamingResponse(events, media_type="text/event-stream", headers=STREAM_HEADERS)


def _kept(pieces: Iterator[str | Answer], body: AskBody, store: AnswerStore) -> Iterator[str | Answer]:
    """Pass the pieces on, and keep the answer before it is handed out."""
    for piece in pieces:
        yield keep(piece, store, municipalities=body.municipalities or ()) if isinstance(piece, Answer) else piece
