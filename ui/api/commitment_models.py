"""The shapes of measures, and of towns compared by what their plans say."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from ui.api.models import CODE, MUNICIPALITY, PLAN_ID, CitationBody


class CommitmentCitationBody(CitationBody):
    """A citation that says which part of the record it proves."""

    part: Literal["title", "summary", "state", "schedule", "responsible_unit"] = Field(
        description="The field of the measure that it proves."
    )


class StageBody(BaseModel):
    """One entry of a measure's schedule, in the plan's own words."""

    item: str = Field(description="What is done; empty where the plan only says when.")
    when: str = Field(description="The time, or the first column of a timetable; empty where the table has lost it.")
    until: str | None = Field(description="The last column of the stretch, where there is more than one.")
    note: str | None = Field(description="What the plan's table no longer tells, in Japanese.")
    citations: list[int] = Field(description="The numbers of the citations that prove it.")


class CommitmentBody(BaseModel):
    """A measure of a plan. Texts are as people read them, without mark-up; the citations hold the exact words."""

    plan_id: str = Field(description=PLAN_ID)
    municipality: str = Field(description=MUNICIPALITY)
    municipality_code: str = Field(description=CODE)
    plan_title: str = Field(description="The plan's title.")
    expired: bool = Field(description="Whether the plan's period has ended.")
    superseded_by: str | None = Field(description="The id of the plan that has replaced this one, if one has.")
    heading_path: list[str] = Field(description="The headings above the measure.")
    title: str = Field(description="The measure's name.")
    summary: str | None = Field(description="What is done; null where the plan does not say.")
    state: str | None = Field(description="The situation and its problems (現況と課題).")
    schedule: list[StageBody] = Field(description="When what is done; empty where the plan does not say.")
    responsible_unit: str | None = Field(description="Who is responsible; null where the plan does not say.")
    citation: CommitmentCitationBody = Field(description="Where the measure is named.")
    citations: list[CommitmentCitationBody] = Field(description="Every place that the record is made of.")


class CommitmentsBody(BaseModel):
    """The measures that were found, in the order of ``sort``, else of the plans; with ``q``, those with it in the title first."""

    commitments: list[CommitmentBody] = Field(description="The measures.")


class StatementBody(BaseModel):
    """What a plan says, and the numbers of the citations that prove it."""

    text: str = Field(description="The statement, Japanese.")
    citations: list[int] = Field(description="The numbers of the citations that prove it.")


class ComparedBody(BaseModel):
    """One town's row of a comparison."""

    municipality: str = Field(description=MUNICIPALITY)
    municipality_code: str = Field(description=CODE)
    status: Literal["stated", "blank", "not_found"] = Field(
        description="`blank`: the plan's own table leaves the cell empty (記載なし); `not_found`: nothing was found."
    )
    statements: list[StatementBody] = Field(description="What the town's plan says; empty unless `stated`.")
    citations: list[CitationBody] = Field(description="The word-for-word quotes that prove the statements.")
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
    notices: list[str] = Field(description="What else a reader should know, in Japanese.")
