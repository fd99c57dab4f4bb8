"""Questions about a fact of one plan, put to the others, which cannot answer them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answer import Reason
from evals.case import Case, CaseType
from evals.corpus import Corpus
from evals.generate.fact_words import EVERY_PLANS_TOPICS, fact_words
from evals.generate.plan_words import PlanWords
from evals.generate.town_names import name_spans, names_again
from evals.same_text import folded
from index.thesaurus import synonyms
from ingest.document import Plan

# Types that ask for one thing in the plan's own terms. The words of a plain or noisy question say too little of its fact; a
# follow-up leans on an earlier answer, and a comparison needs several plans.
_TYPES = frozenset[CaseType]({"fact", "table", "glossary", "schedule", "list", "reason", "procedure", "confusable"})
# Of two questions the other plan may answer one; an injection would be tried instead of the swap.
_SKIPPED_TAGS = frozenset({"two-questions", "injection", "english"})
# Share of the question's topic that the other plan may hold in one place: less where it lacks but a common word, for which it
# may have another.
_MOST_WITHOUT_TERM = 0.6
_MOST_WITHOUT_WORD = 0.45


def swap_towns(cases: Iterable[Case], corpus: Corpus, plans: Sequence[Plan]) -> tuple[Case, ...]:
    """Return unanswerable cases: each answerable question about one plan, asked of every other plan that cannot answer it.

    A swap is kept only when the other plan surely lacks the fact: a word that names it, and all synonyms of that word, stand
    nowhere in that plan (a technical term, where the question is about what every plan tells of itself); no place in it
    holds most of the question's topic; it holds no passage of the evidence; and not all facts of the key.
    """
    words = {plan.plan_id: PlanWords.of(corpus.texts[plan.plan_id]) for plan in plans}
    swaps = []
    for case in cases:
        source = _source(case, plans, corpus)
        if source is None:
            continue
        for target in plans:
            question = _asked_of(case, source, target, plans)
            if question is not None and _cannot_answer(case, source, words[source.plan_id], words[target.plan_id]):
                swaps.append(_swap(case, source, target, question))
    return tuple(swaps)


def _source(case: Case, plans: Sequence[Plan], corpus: Corpus) -> Plan | None:
    """Return the plan that a case is about, or None for a case that cannot be put to another."""
    towns = {corpus.municipalities.get(passage.plan, "") for passage in case.evidence} | case.municipalities
    if case.abstain or case.history or len(towns) != 1 or case.type not in _TYPES:
        return None
    if case.all_evidence or _SKIPPED_TAGS.intersection(case.tags):
        return None
    return next((plan for plan in plans if {plan.municipality} == towns), None)


def _asked_of(case: Case, source: Plan, target: Plan, plans: Sequence[Plan]) -> str | None:
    """Return the question with the other municipality in it, or None where that cannot be done surely."""
    if target.plan_id == source.plan_id:
        return None
    if _names_another(_without_names(case.question, source), plans):
        return None
    question = case.question
    for old, new in (
        (source.title, target.title),
        (source.prefecture + source.municipality, target.prefecture + target.municipality),
        (source.municipality, target.municipality),
        (source.reading, target.reading),
    ):
        question = question.replace(old, new)
    return question if question != case.question or case.scope else None


def _names_another(text: str, plans: Sequence[Plan]) -> bool:
    """Return whether a question without its own municipality's name still names one, or a prefecture."""
    prefectures = (plan.prefecture[:-1] for plan in plans)
    return (
        bool(name_spans(text, plans))
        or any(names_again(text, plan) for plan in plans)
        or any(prefecture in text for prefecture in prefectures)
    )


def _cannot_answer(case: Case, source: Plan, at_home: PlanWords, there: PlanWords) -> bool:
    words = fact_words(_without_names(case.question, source))
    lacking = [fact for word, fact in words.items() if fact.names and at_home.holds(word) and not _holds(there, word)]
    if not lacking:
        return False
    term = any(fact.term for fact in lacking)
    if not term and EVERY_PLANS_TOPICS.intersection(words):
        return False
    places = there.places({word: synonyms(word) | {word} for word in words})
    covered = max((sum(words[word].weight for word in place) for place in places), default=0.0)
    most = _MOST_WITHOUT_TERM if term else _MOST_WITHOUT_WORD
    found = all(any(folded(fact) in there.folded for fact in group) for group in case.must)
    quoted = any(folded(passage.quote) in there.folded for passage in case.evidence)
    return covered <= most * sum(fact.weight for fact in words.values()) and not found and not quoted


def _without_names(question: str, plan: Plan) -> str:
    """Return a question without its municipality, whose name every plan but one lacks."""
    for name in (plan.title, plan.prefecture + plan.municipality, plan.municipality, plan.reading):
        question = question.replace(name, " ")
    return question


def _holds(plan: PlanWords, word: str) -> bool:
    return any(plan.holds(other) for other in (word, *synonyms(word)))


def _swap(case: Case, source: Plan, target: Plan, question: str) -> Case:
    def other(towns: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(target.municipality if town == source.municipality else town for town in towns)

    return replace(
        case,
        id=f"swap-{case.id}-{target.plan_id}",
        question=question,
        type="unanswerable",
        towns=other(case.towns),
        scope=other(case.scope),
        evidence=(),
        all_evidence=False,
        must=(),
        must_not=(),
        abstain=True,
        reason=Reason.NOT_IN_PLANS,
        tags=("town-swap",),
        origin=case.id,
    )
