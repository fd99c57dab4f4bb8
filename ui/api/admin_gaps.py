"""``GET /api/admin/gaps``: what was asked and not answered, by town, reason and theme, without personal data."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, Depends
from starlette.responses import Response

from ui.api.admin_models import ExampleBody, GapBody, GapsBody
from ui.api.admin_plans import BEARER, NO_ADMIN, NO_TOKEN, WRONG_TOKENS
from ui.api.csv_response import CSV, csv_response
from ui.api.given import Form, TheAssistant, TheFeedback, TheStore
from ui.api.models import NO_INDEX, KeptAnswerBody, failures
from ui.feedback_store import FeedbackStore
from ui.gaps import NOT_HELPFUL, REASONS, Unmet, find_gaps, gaps_csv

FILE_NAME = "答えられなかった質問.csv"

router = APIRouter(
    prefix="/api/admin",
    tags=["admin"],
    dependencies=[Depends(BEARER)],
    responses=failures(
        _401=NO_TOKEN, _403=NO_ADMIN, _422="A parameter cannot be accepted.", _429=WRONG_TOKENS, _503=NO_INDEX
    ),
)


@router.get("/gaps", response_model=GapsBody, responses=CSV)
def show_gaps(
    assistant: TheAssistant,
    store: TheStore,
    feedback: TheFeedback,
    form: Form = "json",
) -> GapsBody | Response:
    """Tell what was asked and not answered, or answered and of no help."""
    answers = {kept.id: KeptAnswerBody.model_validate_json(kept.body) for kept in store.all()}
    unmet = list(_unmet(answers, feedback))
    gaps = find_gaps(unmet, assistant.index.plans)
    if form == "csv":
        return csv_response(gaps_csv(gaps), name="gaps.csv", japanese_name=FILE_NAME)
    bodies = [
        GapBody(
            municipality=gap.municipality,
            reason=gap.reason,
            reason_label=REASONS[gap.reason],
            theme=gap.theme,
            count=gap.count,
            examples=[ExampleBody.model_validate(example) for example in gap.examples],
        )
        for gap in gaps
    ]
    return GapsBody(answers=len(answers), unmet=len(unmet), days=store.days, gaps=bodies)


def _unmet(answers: dict[str, KeptAnswerBody], feedback: FeedbackStore) -> Iterator[Unmet]:
    """Yield the answers that were none, and those that were said to be of no help, in the order of time."""
    said = {one.answer_id: one for one in feedback.all()}
    for answer_id, answer in answers.items():
        heard = said.get(answer_id)
        comment = heard.comment if heard else ""
        chosen = tuple(answer.municipalities)
        if answer.abstained and answer.reason is not None:
            yield Unmet(answer.question, answer.reason, chosen, comment=comment)
        elif heard is not None and not heard.helpful:
            cited = tuple(dict.fromkeys(citation.municipality for citation in answer.citations))
            yield Unmet(answer.question, NOT_HELPFUL, chosen, cited, comment)
