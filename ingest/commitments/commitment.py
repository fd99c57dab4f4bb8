"""What a plan commits to: a measure as one record, each of its texts with the spans that prove it."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.document import Span

END_LOST = "終わりの時期は原文の表から読み取れません"
WHEN_LOST = "時期は原文の表から読み取れません"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a plan as people read them, and the places, in order, where they stand. Empty where the plan has none."""

    text: str = ""
    spans: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        """Return whether the plan has these words."""
        return bool(self.spans)


@dataclass(frozen=True, slots=True)
class Stage:
    """One entry of a measure's schedule: what is done, and when as the plan writes it.

    ``until`` is the last column of a stretch of columns, "" where ``when`` says it all. ``doubt`` is "", or what the plan's
    table no longer tells (``END_LOST``, ``WHEN_LOST``): nothing is guessed in its place.
    """

    what: str
    when: str
    until: str
    spans: tuple[Span, ...]
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """A measure of a plan.

    The first span of ``title`` is where the measure is described, further ones where it is named again. ``state`` is the
    situation and its problems (現況と課題), ``unit`` who is responsible, ``heading_path`` the headings above the measure.
    """

    plan_id: str
    municipality: str
    municipality_code: str
    title: Passage
    heading_path: tuple[str, ...]
    summary: Passage = Passage()
    state: Passage = Passage()
    schedule: tuple[Stage, ...] = ()
    unit: Passage = Passage()
