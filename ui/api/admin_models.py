"""The shapes of the admin API and of evaluation."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from evals.case import CaseType, Persona
from ui.api.models import ReasonCode, Text, TurnBody
from ui.api.plan_models import PlanBody


class _FromDataclass(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class AdminPlanBody(PlanBody):
    """A plan and where it came from."""

    file: str | None = Field(description="The name of the file that it was read from, where that is recorded.")
    uploaded: bool = Field(description="Whether that file was sent to this server, and goes when the plan is removed.")


class AdminPlansBody(BaseModel):
    """Every plan of the index."""

    plans: list[AdminPlanBody] = Field(description="The plans with their files.")


class RefusalBody(BaseModel):
    """A file that was not taken in, by the name that it had, and why."""

    path: str = Field(description="The file's name.")
    reason: str = Field(description="Why it was not taken in, in Japanese.")


class FoundBody(BaseModel):
    """How much of what was read in a file."""

    sections: int = Field(description="How many sections were read.")
    paragraphs: int = Field(description="How many paragraphs were read.")
    lists: int = Field(description="How many lists were read.")
    tables: int = Field(description="How many tables were read.")
    rows: int = Field(description="How many rows of tables were read.")
    definitions: int = Field(description="How many explained terms were read.")
    cards: int = Field(description="How many cards (tables that are one measure each) were read.")
    commitments: int = Field(description="How many measures were read.")


class ReadBody(BaseModel):
    """What was read in one file."""

    plan_id: str = Field(description="The plan's id.")
    municipality: str = Field(description="The municipality's name as it was read.")
    title: str = Field(description="The plan's title as it was read.")
    extractor: str | None = Field(
        description="What took the text out of the file, with its version; null for plain text."
    )
    characters: int = Field(description="Length of the text in Unicode code points.")
    pages: int | None = Field(description="Pages of a PDF; null for other files.")
    found: FoundBody = Field(description="How much of what was read.")
    doubts: list[str] = Field(description="What a person should check, in Japanese.")


class IngestionBody(BaseModel):
    """What became of the index, as ``machiplan ingest --json`` tells it."""

    added: list[str] = Field(description="Ids of plans that are new.")
    changed: list[str] = Field(description="Ids of plans whose text is another now.")
    unchanged: list[str] = Field(description="Ids of plans that are as they were.")
    removed: list[str] = Field(description="Ids of plans that are gone.")
    refused: list[RefusalBody] = Field(description="Files that were not taken in.")
    chunks: int | None = Field(description="Passages in the index now; null where nothing was built.")
    read: list[ReadBody] = Field(description="What was read in each file.")
    notes: list[str] = Field(description="What else an administrator should know, in Japanese.")


class ProgressBody(_FromDataclass):
    """How far work is: its phase in Japanese, and the steps of the phase that are done, of how many (0: not known)."""

    phase: str = Field(description="What is being done, in Japanese.")
    done: int = Field(description="Steps of the phase that are done.")
    total: int = Field(description="Steps of the phase; 0 where that is not known.")


class IngestionStateBody(BaseModel):
    """Whether a change of the plans is being made, and how far it is."""

    stage: ProgressBody | None = Field(description="How far the change is; null where none is being made.")


class ExampleBody(_FromDataclass):
    """A question that was not met, and what was said of its answer; without personal data."""

    question: str = Field(description="The question, personal data taken out.")
    comment: str = Field(description="What was said of its answer, personal data taken out.")


class GapBody(_FromDataclass):
    """Questions about one theme of one town that were not met for one reason."""

    municipality: str = Field(description="The municipality's name, or that none was named.")
    reason: str = Field(description="Why it was not met, for programs.")
    reason_label: str = Field(description="Why it was not met, in Japanese.")
    theme: str = Field(description="The theme, in Japanese.")
    count: int = Field(description="How many questions.")
    examples: list[ExampleBody] = Field(description="Some of the questions.")


class GapsBody(BaseModel):
    """What was asked and not answered, those of the most questions first."""

    answers: int = Field(description="How many answers are kept in all.")
    unmet: int = Field(description="How many of them were none, or of no help.")
    days: int = Field(description="For how many days answers are kept; 0 keeps none.")
    gaps: list[GapBody] = Field(description="The groups, those of the most questions first.")


class EvaluationStateBody(_FromDataclass):
    """Whether an evaluation is running, how far it is, and what became of the last one of this server."""

    running: bool = Field(description="Whether a run is going on.")
    set: str = Field(description="The question set of the present run, or of the last one.")
    stage: ProgressBody | None = Field(description="How far it is; null where none is going on.")
    run: str = Field(description="The last run that was recorded; empty before the first.")
    problem: str = Field(description="Why the last run was not recorded, in Japanese; empty when it was.")


class StartBody(BaseModel):
    """Which question set is to be run."""

    set: Text = Field(description="The name of the question set; `dev` is the shipped one.")


class ProblemBody(BaseModel):
    """A fault of a question set: its line (1 is the first), its field where one is to blame, and a Japanese sentence."""

    line: int = Field(description="The line, counted from 1.")
    field: str = Field(description="The field that is to blame; empty where it is the line.")
    message: str = Field(description="What to do, in Japanese.")
    text: str = Field(description="The line as it was sent, cut where it is long.")


class SetBody(BaseModel):
    """What came of sending a question set: kept under ``name``, or nothing kept and every fault told."""

    name: str = Field(description="The name that the set is kept under.")
    cases: int = Field(description="How many cases it has; 0 where nothing was kept.")
    problems: list[ProblemBody] = Field(description="Every fault; empty where the set was kept.")


class CaseBody(BaseModel):
    """A question of a person made into a case. One passage of a plan proves its answer, or none where it has no answer."""

    question: Text = Field(description="The question as a person asked it.")
    towns: list[Text] = Field([], description="The municipalities that it is about: names or codes.")
    history: list[TurnBody] = Field([], description="The conversation before it.")
    persona: Persona = Field("resident", description="Who asks.")
    type: CaseType = Field("fact", description="What kind of answer is right.")
    must: list[list[Text]] = Field([], description="Groups of alternatives that a right answer holds.")
    plan: Text = Field("", description="The id of the plan that proves the answer.")
    quote: Text = Field("", description="A piece of the plan's text, character for character, within one line.")
    reason: ReasonCode | None = Field(None, description="Why there is no answer, with `abstain`.")
    abstain: bool = Field(False, description="Whether no answer is the right one.")
