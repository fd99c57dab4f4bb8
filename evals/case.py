"""A question with what a right answer to it must hold: the unit of every question set."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from pydantic import ConfigDict, TypeAdapter

from assistant.answer import Question, Reason, Turn

Persona = Literal["resident", "staff", "evaluator"]
CaseType = Literal[
    "fact",
    "table",
    "glossary",
    "schedule",
    "list",
    "compare",
    "procedure",
    "reason",
    "unanswerable",
    "confusable",
    "noisy",
    "followup",
    "plain",
]

# Characters that a right answer may have (the contract's limits): a plain answer, and one that holds several facts.
PLAIN_LIMIT = 800
LONG_LIMIT = 1_500
LONG_TYPES = frozenset[CaseType]({"list", "compare", "table"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that proves the answer: the plan's id and an exact piece of its text, within one line."""

    plan: str
    quote: str


@dataclass(frozen=True, slots=True)
class Case:
    """One question and its key.

    ``towns`` are the municipalities that the question is about (empty: all, or none named), ``scope`` those selected in
    the filter. An answer is right when every group of ``must`` has an alternative in it, no string of ``must_not`` is
    there, and a passage of ``evidence`` is cited (every one where ``all_evidence``); a case with ``abstain`` is right when
    nothing is answered, for ``reason`` where one is given. ``tags`` name what the case is meant to try; ``origin`` is the
    id of the case from which a generator made this one, or "" for a written case.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")  # a misspelt field is a fault, not nothing

    id: str
    question: str
    persona: Persona
    type: CaseType
    towns: tuple[str, ...]
    scope: tuple[str, ...]
    history: tuple[Turn, ...]
    evidence: tuple[Evidence, ...]
    all_evidence: bool
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    abstain: bool
    reason: Reason | None = None
    tags: tuple[str, ...] = ()
    origin: str = ""

    @property
    def limit(self) -> int:
        """The most characters that a right answer has."""
        return LONG_LIMIT if self.all_evidence or self.type in LONG_TYPES else PLAIN_LIMIT

    @property
    def municipalities(self) -> frozenset[str]:
        """The municipalities that were named or selected; an answer may cite no other. Empty: any."""
        return frozenset((*self.towns, *self.scope))

    @property
    def asked(self) -> Question:
        """The question as the assistant gets it."""
        return Question(self.question, self.scope, self.history)

    @property
    def digest(self) -> str:
        """What tells this case from another version of it: the same id with another question or key differs here."""
        return hashlib.sha256(CASES.dump_json(self)).hexdigest()[:16]


CASES = TypeAdapter(Case)
"""Reads and writes a case as JSON."""
