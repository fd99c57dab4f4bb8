"""What is asked and the plan's sentences -> one short sentence with the fact, to be said before the quote; "" in doubt."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.lead_clause import AskedClause, asked_clauses, every_clause, names_topic, shown
from assistant.lead_fact import Fact
from assistant.lead_figure import state_figure
from assistant.lead_guard import says_only
from assistant.lead_post import state_post
from assistant.lead_time import of_plan, state_period, state_time
from assistant.lead_words import SETS_ASIDE
from assistant.lead_yes_no import answer_yes_no
from assistant.understand import Understanding
from assistant.wording import Wanted

# Kinds that one fact of one sentence does not answer.
_NEVER = frozenset({Wanted.SUPERLATIVE, Wanted.SOURCE, Wanted.REASON})
# Kinds of which a lead answers one: a question for two of them is left to the quotes.
_APART = (frozenset({Wanted.DATE, Wanted.PERIOD}), frozenset({Wanted.NUMBER}), frozenset({Wanted.WHO}))


def lead(asked: Understanding, quotes: Sequence[str], question: str, headings: Sequence[str] = ()) -> str:
    """Return the fact that the first quote states of what is asked, in one polite sentence of at most 60 characters.

    ``quotes`` are plan sentences or statements, best first, ``question`` is as it was typed, ``headings`` are those above the first
    quote. "" where the quote states no such fact, several, or not in so many words.

    >>> from assistant.answer import Question
    >>> from assistant.understand import understand
    >>> lead(understand(Question("計画の期間は？"), ()), ["本計画の期間は、令和5年度から令和8年度までの4年間とします。"], "計画の期間は？")
    '計画の期間は、令和5年度から令和8年度までの4年間です。'
    """
    if not quotes:
        return ""
    if Wanted.YES_NO in asked.wanted:
        found = [] if SETS_ASIDE.search(asked.focus) else asked_clauses(asked, quotes[0], headings)
        said = answer_yes_no(asked, found)
    else:
        fact = find_fact(asked, quotes, question, headings)
        said = fact.lead if fact else ""
    return said if says_only(said, quotes[0]) else ""


def find_fact(asked: Understanding, quotes: Sequence[str], question: str, headings: Sequence[str] = ()) -> Fact | None:
    """Return the one fact that the first quote states of what is asked, ``None`` in doubt."""
    kinds = [group for group in _APART if group & asked.wanted]
    if not quotes or len(kinds) != 1 or asked.wanted & _NEVER or SETS_ASIDE.search(asked.focus):
        return None
    found = asked_clauses(asked, quotes[0], headings) or _own_period(asked, quotes[0])
    facts = [fact for one in found if (fact := _fact(asked, one, question)) is not None]
    said = {fact.said for fact in facts}
    if len(said) != 1 or (len(found) > 1 and len(facts) != 1):
        return None
    return facts[0] if says_only(facts[0].lead, quotes[0]) else None


def _fact(asked: Understanding, one: AskedClause, question: str) -> Fact | None:
    if Wanted.PERIOD in asked.wanted and (span := state_period(one, question)):
        return span
    if asked.wanted & _APART[0]:
        return state_time(asked, one, question)
    return state_figure(asked, one) if Wanted.NUMBER in asked.wanted else state_post(asked, one)


def _own_period(asked: Understanding, quote: str) -> list[AskedClause]:
    """Return the clause with the plan's own period, for a question that names no other topic."""
    if Wanted.PERIOD not in asked.wanted or names_topic(asked) or not of_plan(shown(quote)):
        return []
    return [one for one in every_clause(shown(quote)) if of_plan(one.clause.text)]
