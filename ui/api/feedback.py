"""``POST /api/feedback``: whether an answer helped, and why it did or did not."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from ui.api.answers import UNKNOWN_ANSWER
from ui.api.errors import ApiError
from ui.api.given import TheFeedback, TheMetrics, require_json
from ui.api.models import NO_JSON, NOT_AS_JSON, TOO_LARGE, TOO_MANY, FeedbackBody, failures
from ui.feedback_store import LONGEST_COMMENT

router = APIRouter(
    prefix="/api/feedback",
    tags=["feedback"],
    dependencies=[Depends(require_json)],
    responses=failures(
        _400=NO_JSON,
        _404="There is no such answer, or it is no longer kept.",
        _413=TOO_LARGE,
        _415=NOT_AS_JSON,
        _422="A field is missing or of another type, or the comment is too long.",
        _429=TOO_MANY,
        _503="It could not be kept: the disk is full, for example.",
    ),
)


@router.post("", status_code=204)
def give_feedback(body: FeedbackBody, feedback: TheFeedback, metrics: TheMetrics) -> Response:
    """Keep whether an answer helped; what is said later of the same answer replaces it."""
    comment = (body.comment or "").strip()
    if len(comment) > LONGEST_COMMENT:
        raise ApiError(
            422,
            "comment_too_long",
            f"ご意見が長すぎます（{len(comment):,}文字）。{LONGEST_COMMENT:,}文字以内にまとめてください。",
        )
    try:
        feedback.save(body.answer_id, helpful=body.helpful, comment=comment)
    except KeyError as error:
        raise ApiError(404, *UNKNOWN_ANSWER) from error
    metrics.said(helpful=body.helpful)
    return Response(status_code=204)
