"""``POST /v1/chat/completions`` and ``GET /v1/models``: the assistant as clients of OpenAI's API know a model."""

from __future__ import annotations

import time
from typing import Any

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response, StreamingResponse

from assistant.answer import Answer, Question, Turn
from ui.api.answers import keep
from ui.api.completion_chunks import chunks
from ui.api.completion_models import (
    MODEL,
    ChoiceBody,
    CompletionAnswerBody,
    CompletionBody,
    CompletionMessageBody,
    ModelBody,
    ModelsBody,
    ProofBody,
)
from ui.api.errors import FIELD_MESSAGES, ApiError
from ui.api.events import STREAM_HEADERS
from ui.api.given import TheAssistant, TheStore, TheTurn, require_json
from ui.api.models import LONGEST_HISTORY, NO_INDEX, NO_JSON, NOT_AS_JSON, NOT_USED, TOO_LARGE, TOO_MANY, failures
from ui.question import read_question

NO_MODEL = "There is no such model."
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"text/event-stream": {}},
        "description": "The answer; with `stream`, events of `chat.completion.chunk`, the last of the answer with the "
        "citations and the other fields of their own, then `[DONE]`.",
    }
}

router = APIRouter(prefix="/v1", tags=["v1"])


@router.post(
    "/chat/completions",
    dependencies=[Depends(require_json)],
    response_model=CompletionAnswerBody,
    responses=STREAM
    | failures(
        _400=NO_JSON,
        _404=NO_MODEL,
        _413=TOO_LARGE,
        _415=NOT_AS_JSON,
        _422="The question or a municipality cannot be accepted, or something is asked for that is not done here.",
        _429=TOO_MANY,
        _503=NO_INDEX,
    ),
)
async def complete_chat(
    body: CompletionBody, assistant: TheAssistant, store: TheStore, in_turn: TheTurn
) -> CompletionAnswerBody | Response:
    """Answer the last question of a conversation with word-for-word quotes from the plans, or say why there is no answer."""
    _require_model(body.model)
    # Nothing is sent before all of it is verified, so a failure gets its status: no stream breaks off.
    question = question_of(body)

    def answered() -> tuple[list[str], Answer]:
        *pieces, answer = assistant.stream(question)
        assert isinstance(answer, Answer)
        return [str(piece) for piece in pieces], keep(answer, store, municipalities=body.municipalities or ())

    pieces, answer = await in_turn(answered)
    created = int(time.time())
    if body.stream:
        usage = body.stream_options is not None and body.stream_options.include_usage is True
        events = chunks(pieces, answer, created, with_usage=usage)
        return StreamingResponse(events, media_type="text/event-stream", headers=STREAM_HEADERS)
    choice = ChoiceBody(message=CompletionMessageBody(content=answer.answer))
    proof = ProofBody.model_validate(answer)
    return CompletionAnswerBody(**dict(proof), id=answer.id, created=created, choices=[choice])


@router.get("/models")
async def list_models() -> ModelsBody:
    """List the models: there is one."""
    return ModelsBody(data=[ModelBody()])


@router.get("/models/{model}", responses=failures(_404=NO_MODEL, _422=NOT_USED))
async def show_model(model: str = Path(description="The name of a model.", examples=[MODEL])) -> ModelBody:
    """Show one model."""
    _require_model(model)
    return ModelBody()


def question_of(body: CompletionBody) -> Question:
    """Return the question of a conversation: the user's last message, with the newest turns before it.

    Raises:
        ApiError: the user has said nothing.
        QuestionRefusedError: the question is empty or too long.
    """
    said = [message for message in body.messages if message.role in ("user", "assistant")]
    while said and said[-1].role != "user":
        said.pop()
    if not said:
        raise ApiError(422, *FIELD_MESSAGES["messages"])
    *before, question = said
    return Question(
        text=read_question(question.text),
        municipalities=tuple(name.strip() for name in body.municipalities or ()),
        history=tuple(
            Turn("user" if turn.role == "user" else "assistant", turn.text) for turn in before[-LONGEST_HISTORY:]
        ),
    )


def _require_model(name: str) -> None:
    if name != MODEL:
        message = (
            f"このモデルはありません。model に「{MODEL}」を指定してください。一覧は GET /v1/models で確認できます。"
        )
        raise ApiError(404, "unknown_model", message)
