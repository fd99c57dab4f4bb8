"""Whether a piece of plan says what a word means: a glossary's entry, a sentence that begins 「〇〇とは」."""

from __future__ import annotations

import re

from assistant.topic_words import KIND_WEIGHT
from assistant.understand import Understanding
from assistant.weighted_words import TopicWord
from assistant.wording import ASKS_MEANING, Wanted
from index.tokens import terms
from ingest.document import Chunk, Kind, Unit
from ingest.search_text import normalise

TOPIC_NOUN = 0.9  # weight from which a word of the question is a topic noun
# Kinds of answer that no definition gives: 「基幹系20業務のうち、該当するのは何業務か」.
_FACTS = frozenset(
    {Wanted.WHICH_TOWN, Wanted.NUMBER, Wanted.DATE, Wanted.PERIOD, Wanted.WHO, Wanted.REASON, Wanted.SUPERLATIVE}
)
_OPENING = re.compile(r"[「『]?(?P<term>[^、。(「」]{2,30}?)[」』]?\s?(?:[(][^)]{0,80}[)])?\s?(?:とは|は、|:)")
_IS_DEFINED = re.compile(
    r"(?:^|[、。では])[「『]?(?P<term>[^、。(「」はをで]{2,30})[」』]?を、?[「『(].{4,}[」』)]、?(?:と|のことと)(?:定義|位置付け|位置づけ)"
)
_OF_EACH = re.compile(r"(?:それぞれ|各[^、。の]{1,6})の意味")
_BRACKETED = re.compile(r"\s*[(（][^)）]*[)）]")


def is_topic_noun(word: TopicWord) -> bool:
    """Return whether a word names what the question is about, and is the question's own."""
    return word.weight >= TOPIC_NOUN and not word.from_history


def topic_nouns(asked: Understanding) -> list[TopicWord]:
    """Return the words of the question itself, not of the conversation before it, that name what it is about."""
    return [word for word in asked.words if is_topic_noun(word)]


def asks_meaning(asked: Understanding) -> bool:
    """Return whether a definition is asked for in so many words, so that a sentence that uses the word is none."""
    return (
        Wanted.DEFINITION in asked.wanted
        and ASKS_MEANING.search(asked.focus) is not None
        and _OF_EACH.search(asked.focus) is None  # what the marks of a scale mean stands beside them
    )


def opens_definition(asked: Understanding, unit: Unit) -> float:
    """Return 1 when a definition is asked for and the piece begins by saying what a word of the question is."""
    if Wanted.DEFINITION not in asked.wanted:
        return 0.0
    match = _OPENING.match(unit.search_text) or _IS_DEFINED.search(unit.search_text)
    term = letters(match["term"]) if match is not None else ""
    return float(len(term) > 1 and term in letters(asked.focus))


def defines(asked: Understanding, chunk: Chunk) -> float:
    """Return 1 when the chunk is the glossary entry of the word that the question is about, else 0.

    That is so when a definition is asked for, or when the question names little else (「AIのほうは？」).
    """
    if chunk.kind is not Kind.ENTRY:
        return 0.0
    spellings = {letters(normalise(part)) for part in (chunk.term, _BRACKETED.sub("", chunk.term))}
    if not any(len(term) > 1 and _stands_in(term, letters(asked.focus)) for term in spellings):
        return 0.0
    if Wanted.DEFINITION in asked.wanted:
        return 1.0
    parts = frozenset(terms(chunk.term))
    others = [
        word for word in asked.words if word.weight > KIND_WEIGHT and word.term not in parts and not word.from_history
    ]
    return float(not others and not asked.wanted & _FACTS)


def letters(text: str) -> str:
    """Return text as phrases are compared: without spaces, middle dots and long-vowel marks, lower case."""
    return "".join(c for c in text.casefold() if c not in " 　・ー-＝=")


def _stands_in(term: str, text: str) -> bool:
    """Return whether a term stands in a text as a word: Latin letters are not part of a longer one."""
    edge = "[a-z0-9]"
    return (
        re.search(rf"(?<!{edge}){re.escape(term)}(?!{edge})" if term[0].isascii() else re.escape(term), text)
        is not None
    )
