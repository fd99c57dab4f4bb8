"""The words of a text that may be a topic, each with what it counts; those that only name the plan itself count little."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.topic_words import ASKING_WEIGHT, PLAN_NOUNS, PLAN_WORDS, topic_weight
from index.tokens import Token, is_content, terms, tokenize
from ingest.document import Plan

_JOINS = frozenset("第次期版・")  # 「第6次」「第2期」 before a plan's name, 「子ども・子育て」 in it
_TITLE_PART = 2  # words of a title, its last one counted, that name a plan which is not called 計画


@dataclass(frozen=True, slots=True)
class TopicWord:
    """A word of the question: normalised, as written, and how much it counts (1 for a word of the part that asks)."""

    term: str
    surface: str
    weight: float
    from_history: bool = False


def weighted(text: str, weight: float, title_words: frozenset[str], *, from_history: bool = False) -> list[TopicWord]:
    """Return the words of a text; ``weight`` is what a word of the topic counts, ``title_words`` come before 計画 in a plan's name."""
    tokens = tokenize(text)
    plan_itself = _plan_itself(tokens, title_words)
    return [
        TopicWord(
            t.norm.casefold(),
            t.surface,
            weight * (ASKING_WEIGHT if i in plan_itself else _tells(t)),
            from_history,
        )
        for i, t in enumerate(tokens)
        if is_content(t)
    ]


def _tells(token: Token) -> float:
    """Return what a word counts; what the dictionary makes of an English word of grammar (of: オブ) is no topic."""
    english = topic_weight(token.surface.casefold(), token.pos) if token.surface.isascii() else 1.0
    return min(english, topic_weight(token.norm.casefold(), token.pos))


def _plan_itself(tokens: Sequence[Token], title_words: frozenset[str]) -> set[int]:
    """Return the places of the words that only name the plan: 「デジタルの計画」「DX推進計画」「第6次行政改革大綱」."""
    places: set[int] = set()
    for i, token in enumerate(tokens):
        if token.surface not in PLAN_NOUNS or (token.surface != "計画" and token.norm.casefold() not in title_words):
            continue
        j = i - 1
        while j >= 0 and (_in_title(tokens[j], title_words) or (tokens[j].surface == "の" and j == i - 1)):
            j -= 1
        if token.surface == "計画" or i - j > _TITLE_PART:
            places.update(range(j + 1, i + (token.surface != "計画")))
    return places


def _in_title(token: Token, title_words: frozenset[str]) -> bool:
    return token.norm.casefold() in title_words or token.surface in _JOINS or token.surface.isdecimal()


@lru_cache(maxsize=4_096)
def _terms_of(title: str) -> frozenset[str]:
    return frozenset(terms(title))


def words_of_titles(plans: Iterable[Plan]) -> frozenset[str]:
    """Return the words of the plans' titles, and those that any digital plan is called by."""
    return PLAN_WORDS.union(*(_terms_of(plan.title) for plan in plans))
