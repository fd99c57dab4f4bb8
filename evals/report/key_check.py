"""A reply beside its key: which of the facts, passages and citations are as they should be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer import Answer, Citation
from evals.case import Case, Evidence
from evals.outcome import Outcome
from evals.same_text import covers, states


@dataclass(frozen=True, slots=True)
class Plan:
    """What a reader calls a plan."""

    municipality: str
    title: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A group of the key's alternatives, and whether the answer holds one of them."""

    alternatives: tuple[str, ...]
    found: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """A passage of the key, its plan where a citation of the run names it, and whether the reply cites it."""

    passage: Evidence
    plan: Plan | None
    cited: bool


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation; ``proves`` where it shows a passage of the key, ``leaked`` where nobody asked about its municipality."""

    citation: Citation
    proves: bool
    leaked: bool


@dataclass(frozen=True, slots=True)
class KeyCheck:
    """Everything of the key and of the reply, with its mark. Without a reply nothing is found and nothing cited."""

    facts: tuple[Fact, ...]
    forbidden: tuple[Fact, ...]
    proofs: tuple[Proof, ...]
    citations: tuple[Cited, ...]


def plans_of(outcomes: Iterable[Outcome]) -> dict[str, Plan]:
    """Return the plans that are cited anywhere in a run, by their ids."""
    citations = (citation for outcome in outcomes for citation in outcome.answer.citations)
    return {citation.plan_id: Plan(citation.municipality, citation.title) for citation in citations}


def check_key(case: Case, answer: Answer | None, plans: dict[str, Plan]) -> KeyCheck:
    """Return the key of ``case`` held against ``answer``, in the way in which the verdict was reached."""
    said = answer.answer if answer else ""
    citations = answer.citations if answer else ()
    allowed = frozenset() if answer is None or answer.abstained else case.municipalities
    return KeyCheck(
        facts=tuple(Fact(group, any(states(said, word) for word in group)) for group in case.must),
        forbidden=tuple(Fact((word,), states(said, word)) for word in case.must_not),
        proofs=tuple(
            Proof(passage, plans.get(passage.plan), any(_shows(citation, passage, plans) for citation in citations))
            for passage in case.evidence
        ),
        citations=tuple(
            Cited(
                citation,
                any(_shows(citation, passage, plans) for passage in case.evidence),
                bool(allowed) and citation.municipality not in allowed,
            )
            for citation in citations
        ),
    )


def _shows(citation: Citation, passage: Evidence, plans: dict[str, Plan]) -> bool:
    plan = plans.get(passage.plan)
    return plan is not None and plan.municipality == citation.municipality and covers(citation.quote, passage.quote)
