"""The shapes of the HTTP API: what a client sends and gets. Pydantic lives at this edge only."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ui.feedback_store import LONGEST_COMMENT
from ui.question import LONGEST_QUESTION, clean

LONGEST_HISTORY = 20
"""Turns."""


def _cleaned(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


def _listed(value: object) -> object:
    return [] if value is None else value


def _chosen(value: object) -> object:
    return False if value is None else value


Text = Annotated[str, BeforeValidator(_cleaned)]


class TurnBody(BaseModel):
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: Text


class AskBody(BaseModel):
    """A question, an optional choice of municipalities and the conversation before it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"question": "計画期間はいつからいつまでですか?", "municipalities": [], "history": []}]
        }
    )

    question: Annotated[Text, Field(description=f"1 to {LONGEST_QUESTION} characters after trimming.")]
    municipalities: Annotated[
        list[Text],
        BeforeValidator(_listed),
        Field(description="Names or 6-digit codes; empty for every municipality."),
    ] = []
    history: Annotated[
        list[TurnBody], BeforeValidator(_listed), Field(max_length=LONGEST_HISTORY, description="Oldest first.")
    ] = []
    easy: Annotated[
        bool,
        BeforeValidator(_chosen),
        Field(strict=True, description="Whether the answer is wanted in やさしい日本語 too."),
    ] = False


class _FromDataclass(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class CellBody(_FromDataclass):
    """Where in a table a quoted cell stands."""

    table: str
    row: str
    column: str


class CitationBody(_FromDataclass):
    """A word-for-word quote: ``text[start:end] == quote`` for the ``text`` of ``GET /api/plans/{plan_id}``."""

    n: int = Field(description="The number of its [n] marker in the answer.")
    plan_id: str
    municipality: str
    municipality_code: str = Field(description="6 digits.", examples=["123456"])
    title: str
    heading_path: list[str]
    page: int | None = Field(description="Page of a PDF, counted from 1; null for other files.")
    quote: str
    start: int = Field(description="Unicode code points from the start of the text.")
    end: int = Field(description="Unicode code points from the start of the text, exclusive.")
    expired: bool = Field(description="Whether the plan's period has ended.")
    cell: CellBody | None


class EasyPieceBody(_FromDataclass):
    """A stretch of a sentence and its reading."""

    text: str
    ruby: str = Field(description="Hiragana; empty where the text has no kanji, or none whose reading is certain.")


class AnswerBody(_FromDataclass):
    """An answer as it is shown. One that is not abstained has at least one citation."""

    id: str = Field(description="Random, 128 bits.")
    question: str
    answer: str = Field(description="Japanese, with [1] markers.")
    abstained: bool
    reason: Literal["not_in_plans", "municipality_not_covered", "ambiguous_municipality", "out_of_scope"] | None
    citations: list[CitationBody]
    notices: list[str]
    suggestions: list[str]
    mode: Literal["extractive", "chat_model"]
    seconds: float
    corpus: str = Field("", description="Digest of the index generation that the answer was drawn from.")
    easy: list[list[EasyPieceBody]] | None = Field(
        None,
        description="The answer in やさしい日本語, sentence by sentence; null where it was not asked for. It rewords: "
        "what the plan says is in the citations. It is not kept with the answer.",
    )


class KeptAnswerBody(AnswerBody):
    """An answer as it is kept, with what it was asked with."""

    municipalities: list[str] = Field([], description="The choice of municipalities in the request: names or codes.")


class StoredAnswerBody(KeptAnswerBody):
    """An answer that was given earlier."""

    current: bool = Field(description="Whether its quotes are still exact in today's index.")
    corpus_now: str = Field(
        description="Digest of today's index generation: equal to `corpus` where nothing has changed."
    )


class FeedbackBody(BaseModel):
    """Whether an answer helped."""

    answer_id: Text = Field(description="The id of an answer that is still kept.")
    helpful: bool = Field(strict=True)
    comment: Text | None = Field(None, description=f"At most {LONGEST_COMMENT} characters after trimming.")


class PlanBody(BaseModel):
    """A plan that can be asked about. A date known to the month stands for its first day."""

    plan_id: str
    municipality: str
    municipality_code: str
    prefecture: str
    title: str
    established: date | None
    revised: date | None
    valid_from: date | None
    valid_to: date | None
    expired: bool
    superseded_by: str | None = Field(description="The id of the plan that has replaced this one, if one has.")
    source: str
    characters: int
    chunks: int


class EvidenceBody(BaseModel):
    """Where the plan's text states a field: ``text[start:end] == quote``."""

    field: str = Field(examples=["valid_to"])
    start: int = Field(description="Unicode code points from the start of the text.")
    end: int = Field(description="Unicode code points from the start of the text, exclusive.")
    quote: str


class PlanTextBody(PlanBody):
    """A plan with the stored text that every offset refers to."""

    evidence: list[EvidenceBody] = Field(description="For the fields that hold what the text itself states.")
    text: str


class PlansBody(BaseModel):
    """Every plan of the index."""

    plans: list[PlanBody]


class HitBody(BaseModel):
    """A passage that was found: ``text`` is the plan's text from ``start`` to ``end``."""

    plan_id: str
    municipality: str
    heading_path: list[str]
    text: str
    start: int
    end: int
    score: float


class HitsBody(BaseModel):
    """The passages found, best first."""

    hits: list[HitBody]


class StatusBody(BaseModel):
    """How the process is."""

    status: Literal["ok"]


class ErrorDetail(BaseModel):
    """What went wrong, for a program (``code``) and for a person (``message``, Japanese)."""

    code: str = Field(examples=["empty_question"])
    message: str = Field(examples=["質問が空です。知りたいことを入力してください。"])


class ErrorBody(BaseModel):
    """The body of every response that is not a success."""

    error: ErrorDetail


NO_INDEX = "There is no index that can be used (see /readyz), or too many ask at once (`busy`; `Retry-After` says when to come again)."
TOO_MANY = "This client has asked too often; `Retry-After` says when it may ask again."


def failures(**meanings: str) -> dict[int | str, dict[str, Any]]:
    """Return the description of a route's failures: ``_404="There is no such plan."`` and so on."""
    return {int(name[1:]): {"model": ErrorBody, "description": meaning} for name, meaning in meanings.items()}


class CommitmentCitationBody(CitationBody):
    """A citation that says which part of the record it proves."""

    part: Literal["title", "summary", "state", "schedule", "responsible_unit"]


class StageBody(BaseModel):
    """One entry of a measure's schedule, in the plan's own words."""

    item: str = Field(description="What is done; empty where the plan only says when.")
    when: str = Field(description="The time, or the first column of a timetable; empty where the table has lost it.")
    until: str | None = Field(description="The last column of the stretch, where there is more than one.")
    note: str | None = Field(description="What the plan's table no longer tells, in Japanese.")
    citations: list[int] = Field(description="The numbers of the citations that prove it.")


class CommitmentBody(BaseModel):
    """A measure of a plan. Texts are as people read them, without mark-up; the citations hold the exact words."""

    plan_id: str
    municipality: str
    municipality_code: str = Field(description="6 digits.", examples=["123456"])
    plan_title: str
    expired: bool = Field(description="Whether the plan's period has ended.")
    superseded_by: str | None = Field(description="The id of the plan that has replaced this one, if one has.")
    heading_path: list[str] = Field(description="The headings above the measure.")
    title: str
    summary: str | None
    state: str | None = Field(description="The situation and its problems (現況と課題).")
    schedule: list[StageBody]
    responsible_unit: str | None
    citation: CommitmentCitationBody = Field(description="Where the measure is named.")
    citations: list[CommitmentCitationBody] = Field(description="Every place that the record is made of.")


class CommitmentsBody(BaseModel):
    """The measures that were found, in the order of ``sort``, else of the plans; with ``q``, those with it in the title first."""

    commitments: list[CommitmentBody]


class StatementBody(BaseModel):
    """What a plan says, and the numbers of the citations that prove it."""

    text: str
    citations: list[int]


class ComparedBody(BaseModel):
    """One town's row of a comparison."""

    municipality: str
    municipality_code: str = Field(description="6 digits.", examples=["123456"])
    status: Literal["stated", "blank", "not_found"] = Field(
        description="`blank`: the plan's own table leaves the cell empty (記載なし); `not_found`: nothing was found."
    )
    statements: list[StatementBody]
    citations: list[CitationBody]
    commitments: list[CommitmentBody] = Field(description="The town's measures on the topic.")


class ComparisonBody(BaseModel):
    """What several towns' plans say of one topic."""

    question: str = Field(description="The topic as it was put to each town, without towns' names.")
    difference: StatementBody | None = Field(
        description="What differs, where the plans' facts can be held against each other."
    )
    rows: list[ComparedBody] = Field(
        description="In the order of the towns chosen; citations are numbered through all rows."
    )
    notices: list[str]
