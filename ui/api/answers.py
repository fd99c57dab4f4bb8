"""``/api/answers/{id}``: an answer that was given earlier, whether its quotes still hold, and its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import TypeAdapter

from assistant.answer import Answer, Citation
from index.index import Index
from ui.api.convert import answer_body
from ui.api.errors import ApiError
from ui.api.given import TheAssistant, TheStore
from ui.api.models import NO_INDEX, NOT_USED, CitationBody, KeptAnswerBody, StoredAnswerBody, failures
from ui.database import AnswersFileError
from ui.store import AnswerStore
from ui.watch.notes import note_answer

NOT_KEPT = (
    "この回答は、サーバーの都合で保存できませんでした。回答へのリンクは使えず、ご意見もお送りいただけません。"
    "必要な場合は、画面の内容を控えてください。"
)

AnswerId = Annotated[str, Path(description="The id that came with the answer.")]

UNKNOWN_ANSWER = ("unknown_answer", "この回答はありません。保存期間が過ぎた場合は、もう一度質問してください。")

router = APIRouter(
    prefix="/api/answers",
    tags=["answers"],
    responses=failures(_404="There is no such answer, or it is no longer kept.", _422=NOT_USED, _503=NO_INDEX),
)


@router.get("/{answer_id}")
def show_answer(
    answer_id: AnswerId,
    assistant: TheAssistant,
    store: TheStore,
) -> StoredAnswerBody:
    """Show an answer that was given earlier."""
    try:
        body = KeptAnswerBody.model_validate_json(store.read(answer_id))
    except KeyError as error:
        raise ApiError(404, *UNKNOWN_ANSWER) from error
    current = is_current(body.citations, assistant.index)
    return StoredAnswerBody(**body.model_dump(), current=current, corpus_now=assistant.index.generation)


@router.delete("/{answer_id}", status_code=204)
def delete_answer(answer_id: AnswerId, store: TheStore) -> Response:
    """Delete an answer and the feedback on it: whoever knows its random id may."""
    try:
        store.delete(answer_id)
    except KeyError as error:
        raise ApiError(404, *UNKNOWN_ANSWER) from error
    return Response(status_code=204)


def keep(answer: Answer, store: AnswerStore, *, municipalities: Sequence[str]) -> Answer:
    """Keep an answer and the choice it was asked with; return it as it is to be shown: one that cannot be kept says so."""
    note_answer(answer)
    body = KeptAnswerBody(**answer_body(answer).model_dump(), municipalities=list(municipalities))
    try:
        store.save(body.id, body.model_dump_json())
    except AnswersFileError:
        return replace(answer, notices=(*answer.notices, NOT_KEPT))
    return answer


def read_answer(body: str) -> Answer:
    """Return a kept answer (its JSON) as it was given."""
    return TypeAdapter(Answer).validate_json(body)


def is_current(citations: Iterable[Citation | CitationBody], index: Index) -> bool:
    """Return whether every quote is still exact in today's index."""
    return all(_holds(citation, index) for citation in citations)


def _holds(citation: Citation | CitationBody, index: Index) -> bool:
    if all(plan.plan_id != citation.plan_id for plan in index.plans):
        return False
    return index.text(citation.plan_id)[citation.start : citation.end] == citation.quote
