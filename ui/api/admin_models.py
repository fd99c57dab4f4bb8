"""The shapes of the admin API and of evaluation."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from evals.case import CaseType, Persona
from ui.api.models import PlanBody, Text, TurnBody


class _FromDataclass(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class AdminPlanBody(PlanBody):
    """A plan and where it came from."""

    file: str | None = Field(description="The name of the file that it was read from, where that is recorded.")
    uploaded: bool = Field(description="Whether that file was sent to this server, and goes when the plan is removed.")


class AdminPlansBody(BaseModel):
    """Every plan of the index."""

    plans: list[AdminPlanBody]


class RefusalBody(BaseModel):
    """A file that was not taken in, by the name that it had, and why."""

    path: str
    reason: str


class FoundBody(BaseModel):
    """How much of what was read in a file."""

    sections: int
    paragraphs: int
    lists: int
    tables: int
    rows: int
    definitions: int
    cards: int
    commitments: int


class ReadBody(BaseModel):
    """What was read in one file."""

    plan_id: str
    municipality: str
    title: str
    extractor: str | None
    characters: int
    pages: int | None
    found: FoundBody
    doubts: list[str] = Field(description="What a person should check, in Japanese.")


class IngestionBody(BaseModel):
    """What became of the index, as ``machiplan ingest --json`` tells it."""

    added: list[str]
    changed: list[str]
    unchanged: list[str]
    removed: list[str]
    refused: list[RefusalBody]
    chunks: int | None
    read: list[ReadBody]
    notes: list[str] = Field(description="What else an administrator should know, in Japanese.")


class StageBody(_FromDataclass):
    """How far work is: its phase in Japanese, and the steps of the phase that are done, of how many (0: not known)."""

    phase: str
    done: int
    total: int


class IngestionStateBody(BaseModel):
    """Whether a change of the plans is being made, and how far it is."""

    stage: StageBody | None


class ExampleBody(_FromDataclass):
    """A question that was not met, and what was said of its answer; without personal data."""

    question: str
    comment: str


class GapBody(_FromDataclass):
    """Questions about one theme of one town that were not met for one reason."""

    municipality: str
    reason: str
    reason_label: str
    theme: str
    count: int
    examples: list[ExampleBody]


class GapsBody(BaseModel):
    """What was asked and not answered, those of the most questions first."""

    answers: int = Field(description="How many answers are kept in all.")
    unmet: int = Field(description="How many of them were none, or of no help.")
    days: int = Field(description="For how many days answers are kept; 0 keeps none.")
    gaps: list[GapBody]


class EvaluationStateBody(_FromDataclass):
    """Whether an evaluation is running, how far it is, and what became of the last one of this server."""

    running: bool
    set: str = Field(description="The question set of the present run, or of the last one.")
    stage: StageBody | None
    run: str = Field(description="The last run that was recorded; empty before the first.")
    problem: str = Field(description="Why the last run was not recorded, in Japanese; empty when it was.")


class StartBody(BaseModel):
    """Which question set is to be run."""

    set: str


class ProblemBody(BaseModel):
    """A fault of a question set: its line (1 is the first), its field where one is to blame, and a Japanese sentence."""

    line: int
    field: str
    message: str
    text: str = Field(description="The line as it was sent, cut where it is long.")


class SetBody(BaseModel):
    """What came of sending a question set: kept under ``name``, or nothing kept and every fault told."""

    name: str
    cases: int
    problems: list[ProblemBody]


class CaseBody(BaseModel):
    """A question of a person made into a case. One passage of a plan proves its answer, or none where it has no answer."""

    question: Text
    towns: list[str] = []
    history: list[TurnBody] = []
    persona: Persona = "resident"
    type: CaseType = "fact"
    must: list[list[str]] = Field([], description="Groups of alternatives that a right answer holds.")
    plan: str = ""
    quote: str = Field("", description="A piece of the plan's text, character for character, within one line.")
    reason: Literal["not_in_plans", "municipality_not_covered", "ambiguous_municipality", "out_of_scope"] | None = None
    abstain: bool = False
