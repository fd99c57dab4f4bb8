"""What the tools return beyond the bodies of the HTTP API, and how a call's result looks to people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from ui.api.commitment_bodies import stage_line
from ui.api.commitment_models import CommitmentsBody
from ui.api.models import END, MUNICIPALITY, PLAN_ID, START
from ui.cli.text import plain

if TYPE_CHECKING:
    from ui.api.commitment_models import CommitmentBody

NEXT = "Where to go on; null where nothing follows."


class PassageBody(BaseModel):
    """A part of a plan: ``text`` holds the stored text from ``start`` to ``end``, character for character."""

    plan_id: str = Field(description=PLAN_ID)
    municipality: str = Field(description=MUNICIPALITY)
    title: str = Field(description="The plan's title.")
    start: int = Field(description=START)
    end: int = Field(description=END)
    total: int = Field(description="Length of the whole text in Unicode code points.")
    next: int | None = Field(description=NEXT)
    text: str = Field(description="The plan's own words.")


class CommitmentsPageBody(CommitmentsBody):
    """A part of the measures that were found."""

    total: int = Field(description="How many were found.")
    offset: int = Field(description="How many of them stand before these.")
    next: int | None = Field(description=NEXT)


@dataclass(frozen=True, slots=True)
class Said:
    """What a tool returns: a body for programs, and texts for whoever reads, each a block of its own."""

    body: BaseModel
    texts: tuple[str, ...]


def passage_head(passage: PassageBody) -> str:
    """Return what stands above a part of a plan."""
    onward = f"続きは start={passage.next}" if passage.next is not None else "ここまでが本文の終わりまでです"
    return plain(
        f"{passage.municipality}「{passage.title}」（{passage.plan_id}）"
        f"{passage.start}-{passage.end}、全{passage.total}文字。{onward}。次は計画の原文です。"
    )


def commitments_text(page: CommitmentsPageBody) -> str:
    """Return measures as a numbered list, each with the words that name it."""
    if not page.commitments:
        return "見つかりませんでした。条件を変えてお試しください。"
    onward = f"続きは offset={page.next}" if page.next is not None else "これですべてです"
    lines = (_commitment(number, it) for number, it in enumerate(page.commitments, start=page.offset + 1))
    return plain("\n\n".join([f"{page.total}件のうち{len(page.commitments)}件。{onward}。", *lines]))


def _commitment(number: int, measure: CommitmentBody) -> str:
    stages = "、".join(map(stage_line, measure.schedule))
    cited = measure.citation
    told = (
        ("概要", measure.summary),
        ("工程", stages),
        ("担当", measure.responsible_unit),
        ("原文", f"{cited.quote}（{cited.plan_id} {cited.start}-{cited.end}）"),
    )
    head = f"{number}. {measure.municipality} {' > '.join([*measure.heading_path, measure.title])}"
    return "\n".join([head, *(f"    {label}: {text}" for label, text in told if text)])
