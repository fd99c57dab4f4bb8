"""What an answer tells of the plans that it comes from: which one of several, and that one was replaced or has ended."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Citation
from assistant.look_up import Found
from assistant.named_plan import is_other_kind, named_plans
from assistant.own_measures import asks_measures, shown
from assistant.own_times import asks_own_times
from assistant.phrases import Phrases
from assistant.reading import Reader
from assistant.understand import Understanding
from index.index import Index


def titles_meant(asked: Understanding, index: Index) -> list[str]:
    """Return the titles of those of a single municipality's several plans that a question names; none where it means all."""
    own = index.plans_of(asked.scope.codes[0]) if len(asked.scope.codes) == 1 else ()
    meant = named_plans(asked.plan_named, own)
    return [plan.title for plan in meant] if len(meant) < len(own) else []


def which_plan(found: Sequence[Found], index: Index, phrases: Phrases) -> list[str]:
    """Return what to tell of municipalities where another plan may be meant than the one that answers.

    Either none is called what the question calls it, or the question asks for the dates of a plan and does not say which.
    """
    told = []
    for one in found:
        own = index.plans_of(one.code)
        others = [p for p in own if p.plan_id not in {one.evidence[0].chunk.plan_id, *index.superseded}]
        if is_other_kind(one.asked.plan_named, own, index.plans):
            told.append(phrases.other_kind(own))
        elif others and asks_own_times(one.asked) and not named_plans(one.asked.plan_named, own):
            told.append(phrases.also_covered(others))
    return told


def more_measures(found: Sequence[Found], reader: Reader, phrases: Phrases) -> list[str]:
    """Return what to tell of plans that have more measures than the answer names, where it names them."""
    each = [
        (f.evidence[0].chunk, reader.measures(f.evidence[0].chunk.plan_id)) for f in found if asks_measures(f.asked)
    ]
    return [
        phrases.more_measures(chunk.municipality, len(measures))
        for chunk, measures in each
        if len(shown(measures)) < len(measures)
    ]


def outdated(citations: Sequence[Citation], index: Index, phrases: Phrases) -> list[str]:
    """Return what to tell of cited plans that another one has replaced, or whose period has ended."""
    told = []
    for plan_id, expired in dict.fromkeys((c.plan_id, c.expired) for c in citations):
        if (later := index.superseded.get(plan_id)) is not None:
            told.append(phrases.superseded(index.plan(plan_id), index.plan(later)))
        elif expired:
            told.append(phrases.expired(index.plan(plan_id)))
    return told
