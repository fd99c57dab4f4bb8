"""Statements with their [n] marks -> the text of an answer: the fact first, then what the plan says, town by town or as a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.comparison_table import ComparedRow, comparison_table
from assistant.differences import differences
from assistant.lead import find_fact, lead
from assistant.lead_stance import asks_yes_no, plan_stance
from assistant.lead_words import AFFIRMED, RELATED
from assistant.lead_yes_no import is_mentioned
from assistant.phrases import Phrases
from assistant.understand import Understanding
from assistant.wording import SERVICE, Wanted
from ingest.document import Plan

_MARKS = re.compile(r"(?:\[[0-9]{1,3}\])+$")
_CELL = 200  # characters of a municipality's statements that still read well in one cell


@dataclass(frozen=True, slots=True)
class Told:
    """What one municipality's plan says: its statements as texts with marks, and the words between the marks."""

    plan: Plan
    asked: Understanding
    headings: tuple[str, ...]  # above the first statement
    sure: bool  # the best piece speaks of all that the question names, and very likely answers it
    texts: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The texts without their marks."""
        return tuple(_MARKS.sub("", text) for text in self.texts)

    @property
    def marks(self) -> str:
        """The marks of the first statement."""
        found = _MARKS.search(self.texts[0])
        return found[0] if found else ""

    @property
    def stance(self) -> str:
        """How firmly the plan puts what the first statement tells; "" where that is not asked, or not to be told."""
        return plan_stance(self.asked, self.words[0])

    def lead(self, question: str) -> str:
        """Return the fact of the first statement in a sentence with its marks, "" where none is safe."""
        first = lead(self.asked, self.words, question, self.headings)
        if not first and self.sure and asks_yes_no(self.asked) and is_mentioned(self.asked, self.words[0]):
            first = AFFIRMED
        return first + self.marks if first else ""


def say(
    told: Sequence[Told], silent: Sequence[str], asked: Understanding, question: str, phrases: Phrases
) -> list[str]:
    """Return the lines of an answer. ``silent`` names the municipalities that were asked about and say nothing."""
    if len(told) + len(silent) == 1 and len(asked.scope.codes) < 2:
        [one] = told
        first = one.lead(question)
        stance = "" if first else one.stance or (RELATED if asks_yes_no(asked) else "")
        lines = [*([first, ""] if first else []), *phrases.group(one.plan, one.texts, several=False, stance=stance)]
        return [*lines, "", phrases.details(one.plan)] if SERVICE.search(asked.focus) else lines
    lines = _difference(told, silent, asked, question)
    if len(told) + len(silent) > 1 and _fits_a_table(told, asked):
        rows = [ComparedRow(t.plan.municipality, t.texts) for t in told]
        return [*lines, comparison_table([*rows, *(ComparedRow(name) for name in silent)]), ""]
    for one in told:
        first = one.lead(question)
        group = phrases.group(one.plan, one.texts, several=True, stance="" if first else one.stance)
        lines += [*group[:1], *([first] if first else []), *group[1:]]
    return lines + phrases.silent(silent)


def _difference(told: Sequence[Told], silent: Sequence[str], asked: Understanding, question: str) -> list[str]:
    """Return what differs between the municipalities, said first, where each of them states a fact of the same kind."""
    facts = {t.plan.municipality: find_fact(t.asked, t.words, question, t.headings) for t in told}
    said = {town: fact.said for town, fact in facts.items() if fact is not None}
    if silent or len(said) < 2 or len(said) < len(told):
        return []
    first = differences(asked, said)
    return [first + "".join(t.marks for t in told), ""] if first else []


def _fits_a_table(told: Sequence[Told], asked: Understanding) -> bool:
    short = all(sum(map(len, t.texts)) <= _CELL and not any("\n" in text.strip() for text in t.texts) for t in told)
    return short and Wanted.COMPARE in asked.wanted
