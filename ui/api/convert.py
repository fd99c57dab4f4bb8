"""Between the API's bodies and the settled types; nothing else knows both."""

from __future__ import annotations

from datetime import date

from assistant.answer import Answer, Citation, Question, Turn
from assistant.easy_japanese import easy
from index.index import Index
from index.query import Hit
from ingest.document import Plan
from ui.api.models import AnswerBody, AskBody, CitationBody, EasyPieceBody
from ui.api.plan_models import EvidenceBody, HitBody, PlanBody, PlanTextBody
from ui.question import read_question


def question_of(body: AskBody) -> Question:
    """Return the question of a request.

    Raises:
        QuestionRefusedError: the question is empty or too long.
    """
    return Question(
        text=read_question(body.question),
        municipalities=tuple(name.strip() for name in body.municipalities or ()),
        history=tuple(Turn(role=turn.role, content=turn.content) for turn in body.history or ()),
    )


def answer_body(answer: Answer) -> AnswerBody:
    """Return an answer as it is sent."""
    return AnswerBody.model_validate(answer)


def easy_body(answer: Answer) -> AnswerBody:
    """Return an answer as it is sent with its view in やさしい日本語."""
    body = answer_body(answer)
    body.easy = [[EasyPieceBody.model_validate(piece) for piece in sentence] for sentence in easy(answer.answer)]
    return body


def citation_body(citation: Citation) -> CitationBody:
    """Return a citation as it is sent."""
    return CitationBody.model_validate(citation)


def plan_body(plan: Plan, index: Index, today: date) -> PlanBody:
    """Return a plan as it is listed."""
    return PlanBody(
        plan_id=plan.plan_id,
        municipality=plan.municipality,
        municipality_code=plan.municipality_code,
        prefecture=plan.prefecture,
        title=plan.title,
        established=plan.established,
        revised=plan.revised,
        valid_from=plan.valid_from,
        valid_to=plan.valid_to,
        expired=plan.expired(today),
        superseded_by=index.superseded.get(plan.plan_id),
        source=plan.source,
        characters=index.characters(plan.plan_id),
        chunks=index.chunk_count(plan.plan_id),
    )


def plan_text_body(plan: Plan, index: Index, today: date) -> PlanTextBody:
    """Return a plan with its text and where that states the plan's fields."""
    text = index.text(plan.plan_id)
    evidence = [
        EvidenceBody(field=stated.field, start=stated.span.start, end=stated.span.end, quote=stated.span.of(text))
        for stated in plan.evidence
    ]
    return PlanTextBody(**plan_body(plan, index, today).model_dump(), evidence=evidence, text=text)


def hit_body(hit: Hit, index: Index) -> HitBody:
    """Return a passage that was found, with the plan's own words."""
    chunk = hit.chunk
    return HitBody(
        plan_id=chunk.plan_id,
        municipality=chunk.municipality,
        heading_path=list(chunk.heading_path),
        text=chunk.span.of(index.text(chunk.plan_id)),
        start=chunk.span.start,
        end=chunk.span.end,
        score=hit.score,
    )
