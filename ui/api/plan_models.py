"""The shapes of plans and of passages found in them."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from ui.api.models import CODE, END, HEADINGS, MUNICIPALITY, PLAN_ID, START


class PlanBody(BaseModel):
    """A plan that can be asked about. A date known to the month stands for its first day."""

    plan_id: str = Field(description=PLAN_ID)
    municipality: str = Field(description=MUNICIPALITY)
    municipality_code: str = Field(description=CODE)
    prefecture: str = Field(description="The prefecture's name.")
    title: str = Field(description="The plan's title.")
    established: date | None = Field(description="When it was made; null where it does not say.")
    revised: date | None = Field(description="When it was last revised; null where it was not, or does not say.")
    valid_from: date | None = Field(description="The first day of its period; null where it does not say.")
    valid_to: date | None = Field(description="The last day of its period; null where it does not say.")
    expired: bool = Field(description="Whether its period has ended.")
    superseded_by: str | None = Field(description="The id of the plan that has replaced this one, if one has.")
    source: str = Field(description="Where the plan was published; empty where that is not recorded.")
    characters: int = Field(description="Length of its text in Unicode code points.")
    chunks: int = Field(description="How many passages of it can be found.")


class EvidenceBody(BaseModel):
    """Where the plan's text states a field: ``text[start:end] == quote``."""

    field: str = Field(description="The field of the plan.", examples=["valid_to"])
    start: int = Field(description=START)
    end: int = Field(description=END)
    quote: str = Field(description="The plan's own words.")


class PlanTextBody(PlanBody):
    """A plan with the stored text that every offset refers to."""

    evidence: list[EvidenceBody] = Field(description="For the fields that hold what the text itself states.")
    text: str = Field(description="The stored text: what `start` and `end` count in.")


class PlansBody(BaseModel):
    """Every plan of the index."""

    plans: list[PlanBody] = Field(description="The plans; of one town, the current one first.")


class HitBody(BaseModel):
    """A passage that was found: ``text`` is the plan's text from ``start`` to ``end``."""

    plan_id: str = Field(description=PLAN_ID)
    municipality: str = Field(description=MUNICIPALITY)
    heading_path: list[str] = Field(description=HEADINGS)
    text: str = Field(description="The passage, word for word.")
    start: int = Field(description=START)
    end: int = Field(description=END)
    score: float = Field(description="The higher, the better; to be compared within one search alone.")


class HitsBody(BaseModel):
    """The passages found, best first."""

    hits: list[HitBody] = Field(description="The passages, best first.")
