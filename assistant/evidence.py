"""Retrieval hits -> the pieces of plan that may answer, best first, each with the signals that speak for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.compose_rows import has_figures, names_row
from assistant.kinds import holds, lacks
from assistant.reading import Reader
from assistant.understand import TopicWord, Understanding
from assistant.wording import EVERYTHING, Wanted
from index.query import Hit
from index.tokens import terms
from ingest.document import Chunk, Kind, Unit
from ingest.eras import Year, find_years, kanji_number
from ingest.search_text import normalise

RETRIEVAL_WEIGHT = 0.25
NEAR_WEIGHT = 0.4  # how near the piece is in meaning; tuned on the development questions (0, 0.2, 0.4, 0.7 tried)
KIND_WEIGHT = 0.15
NAMED_ANYWAY = 0.75  # share of the question's words from which a row counts as named, however its name is worded
LACKING_PENALTY = 0.3  # 「何人」 is asked and no number of people is there
NO_DEFINITION = 0.3  # what a piece that merely uses a word is worth where its definition is asked for
CAPTION_PENALTY = 0.3  # 「図:推進体制」 names a picture that the text does not hold
TITLE_PENALTY = 0.15  # a title says that something is, not what
TERM_WEIGHT = 0.6  # a glossary entry of the very word that a definition is asked of
OPENING_WEIGHT = 0.25  # a sentence that begins 「SDGs（…）は」 when SDGs is what a definition is asked of
LIST_WEIGHT = (
    0.2  # times its share of the question's words: a list, table or outline for a question that wants several things
)
COUNT_WEIGHT = 0.3  # it has just as many items as the question says
EVERYTHING_WEIGHT = 0.2  # more for one that is asked to be complete
ENTRY_PENALTY = 0.2  # a glossary tells of words, not of what the municipality does
YEAR_WEIGHT = 0.3  # the piece states the year asked for (and the month)
DEPTH_WEIGHT = 0.03  # for each heading above an outline: the narrower section is meant
OUTLINE_PENALTY = 0.4  # headings alone answer nothing but a question for a list
HEADING_WEIGHT = 0.4  # the question names the heading as a whole
HEADING_PART = 0.5  # the share of that where it names other things too
OWN_PERIOD_WEIGHT = 0.25  # the plan's own period, for a question that names no other topic
OTHER_PLAN_PENALTY = 0.2  # a sentence about the period or date of another plan, which the question does not name
PHRASE_WEIGHT = 0.2  # words that the question quotes in 「」 stand in the piece or its headings as they are


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotable piece and what speaks for it.

    ``covered`` is the share of the question's weighted words it covers; ``each`` that of each word;
    ``kind`` the share of the wanted kinds it holds; ``near`` its nearness in meaning;
    ``lacking`` says that it has no figure, time, post or row of the sort that is asked for in so many words.
    """

    chunk: Chunk
    unit: Unit
    score: float
    covered: float
    each: NDArray[np.float64]
    kind: float
    retrieval: float
    near: float
    lacking: bool


@dataclass(frozen=True, slots=True)
class _Fit:
    """What a whole chunk is to the question: see ``defines`` and ``names_heading``."""

    defines: float
    heading: float


_NUMBERING = re.compile(r"^(?:第?[0-9]+[章節編]?|[(][0-9]+[)])[-.、]?[0-9]*[.、]?\s*")
_OPENING = re.compile(r"[「『]?(?P<term>[^、。(「」]{2,30}?)[」』]?\s?(?:[(][^)]{0,80}[)])?\s?(?:とは|は、|:)")
_BRACKETED = re.compile(r"\s*[(（][^)）]*[)）]")
TOPIC_NOUN = 0.9  # weight from which a word of the question is a topic noun
_COUNT = re.compile(r"([0-9]{1,2}|[二三四五六七八九十]{1,2})(?:つ|項目|点|種類|本の柱|か条|箇条)")
_ASKS_DAY = re.compile(r"何曜|何時(?!頃|期)")  # a table of figures tells neither
_CAPTION = re.compile(r"(?:図|表|写真|グラフ)(?:[0-9]|:|-)|[(]?(?:出典|資料)[):]")
_PLAN_PERIOD = re.compile(r"計画の?期間|期間を定め")
_OTHER_PLAN = re.compile(r"「([^」]{2,40}(?:計画|プラン|戦略))」")


def gather(asked: Understanding, hits: Sequence[Hit], reader: Reader) -> list[Evidence]:
    """Return the pieces of the hits (all of one municipality), best first."""
    if not hits:
        return []
    weights = word_weights(asked.words, hits[0].chunk.municipality_code, reader)
    found: list[Evidence] = []
    for hit in hits:
        coverage = reader.coverage(hit.chunk, asked.words)
        nearness = reader.nearness(hit.chunk, asked.words)
        fit = _Fit(defines(asked, hit.chunk), names_heading(asked, hit.chunk))
        for unit, each, near in zip(hit.chunk.units, coverage, nearness, strict=True):
            found.append(_weigh(asked, hit, fit, unit, each, weights, float(near)))
    return sorted(found, key=lambda evidence: -evidence.score)


def word_weights(words: Sequence[TopicWord], code: str, reader: Reader) -> NDArray[np.float64]:
    """Return how much each word of the question counts in one municipality: its own weight times its rarity there."""
    return np.array([word.weight * reader.rarity(code, word.term) for word in words])


def _weigh(
    asked: Understanding,
    hit: Hit,
    fit: _Fit,
    unit: Unit,
    each: NDArray[np.float64],
    weights: NDArray[np.float64],
    near: float,
) -> Evidence:
    covered = float(each @ weights / weights.sum()) if weights.sum() > 0 else 0.0
    text = f"{unit.search_text} {_row_words(hit.chunk)}"
    opens = opens_definition(asked, unit)
    told = bool(fit.defines or opens or fit.heading)
    kind = _kind_held(asked, hit.chunk, text, told=told)
    score = covered + RETRIEVAL_WEIGHT * hit.score + KIND_WEIGHT * kind + NEAR_WEIGHT * near
    score += (
        TERM_WEIGHT * fit.defines
        + OPENING_WEIGHT * opens
        + _shape(asked, hit.chunk, covered)
        + HEADING_WEIGHT * fit.heading
    )
    lacking = _lacking(asked, hit.chunk, unit, covered)
    if lacking:
        kind = 0.0
        score -= LACKING_PENALTY
    if asked.years:
        score += YEAR_WEIGHT * years_stated(asked, text)
    if Wanted.SOURCE not in asked.wanted and _CAPTION.match(unit.search_text):
        score -= CAPTION_PENALTY
    if hit.chunk.kind is Kind.ENTRY and Wanted.DEFINITION not in asked.wanted:
        score -= ENTRY_PENALTY
    if Wanted.PERIOD in asked.wanted and _own_period(asked, hit.chunk, unit):
        score += OWN_PERIOD_WEIGHT
    if _dates_other_plan(asked, unit):
        score -= OTHER_PLAN_PENALTY
    if asked.quoted:
        place = f"{unit.search_text} {' '.join(hit.chunk.heading_path)} {hit.chunk.term}"
        score += PHRASE_WEIGHT * sum(_same(q) in _same(place) for q in asked.quoted) / len(asked.quoted)
    return Evidence(hit.chunk, unit, score, covered, each, kind, hit.score, near, lacking)


def _lacking(asked: Understanding, chunk: Chunk, unit: Unit, covered: float) -> bool:
    """Return whether a piece lacks what the question asks for in so many words: a figure, a time, a post, a row's name."""
    if asked.years and Wanted.NUMBER in asked.wanted and not years_stated(asked, place_words(chunk, unit)):
        return True  # a figure of another year
    if chunk.row is not None and has_figures(chunk.row):
        return (covered < NAMED_ANYWAY and not names_row(asked, chunk.row)) or _ASKS_DAY.search(asked.focus) is not None
    return lacks(f"{unit.search_text} {_row_words(chunk)}", asked.wanted, asked.focus)


def place_words(chunk: Chunk, unit: Unit) -> str:
    """Return the search text of a piece with its chunk's and its headings': everything that says what it is about."""
    return " ".join([unit.search_text, chunk.search_text, *map(normalise, chunk.heading_path)])


def _kind_held(asked: Understanding, chunk: Chunk, text: str, *, told: bool) -> float:
    """Return the share of the wanted kinds that ``text`` holds; ``told`` says that the piece tells what a word means."""
    if chunk.row is not None and has_figures(chunk.row):
        return 1.0
    kind = holds(text, asked.wanted, asked.focus)
    return min(kind, NO_DEFINITION) if Wanted.DEFINITION in asked.wanted and not told else kind


def years_stated(asked: Understanding, text: str) -> float:
    """Return the share of the question's years that a text states; a month asked for must be there too."""
    stated = find_years(text)
    return sum(any(_same_time(year, other) for other in stated) for year in asked.years) / max(len(asked.years), 1)


def _same_time(asked: Year, stated: Year) -> bool:
    return asked.year == stated.year and (not asked.month or not stated.month or asked.month == stated.month)


def opens_definition(asked: Understanding, unit: Unit) -> float:
    """Return 1 when a definition is asked for and the piece begins by saying what a word of the question is."""
    if Wanted.DEFINITION not in asked.wanted or (match := _OPENING.match(unit.search_text)) is None:
        return 0.0
    term = _same(match["term"])
    return float(len(term) > 1 and term in _same(asked.focus))


def names_heading(asked: Understanding, chunk: Chunk) -> float:
    """Return 1 when the question names the chunk's own heading and no other topic, less when it names it among others."""
    if not chunk.heading_path:
        return 0.0
    title = _same(_NUMBERING.sub("", normalise(chunk.heading_path[-1])).strip("【】〔〕《》〈〉『』「」"))
    if len(title) <= 3 or title not in _same(asked.focus):
        return 0.0
    inside = frozenset(terms(normalise(chunk.heading_path[-1])))
    nouns = [word for word in asked.words if word.weight >= TOPIC_NOUN and not word.from_history]
    return 1.0 if nouns and all(word.term in inside for word in nouns) else HEADING_PART


def _shape(asked: Understanding, chunk: Chunk, covered: float) -> float:
    if Wanted.LIST not in asked.wanted:
        bare = (
            chunk.kind is Kind.CARD and len(chunk.units) == 1 and chunk.units[0].span == chunk.span and _is_title(chunk)
        )
        return -OUTLINE_PENALTY if chunk.kind is Kind.OUTLINE else -TITLE_PENALTY * bare
    score = 0.0
    if chunk.kind in (Kind.LIST, Kind.OUTLINE, Kind.ROW):
        score = covered * (LIST_WEIGHT + EVERYTHING_WEIGHT * bool(EVERYTHING.search(asked.focus)))
    if chunk.kind is Kind.OUTLINE:
        score += DEPTH_WEIGHT * len(chunk.heading_path)
    if (count := _COUNT.search(asked.focus)) and chunk.kind in (Kind.LIST, Kind.OUTLINE):
        score += COUNT_WEIGHT * (kanji_number(count[1]) == len(chunk.units))
    return score


def _is_title(chunk: Chunk) -> bool:
    return bool(chunk.heading_path) and _same(chunk.units[0].search_text) in _same(normalise(chunk.heading_path[-1]))


def _own_period(asked: Understanding, chunk: Chunk, unit: Unit) -> bool:
    if any(word.weight >= TOPIC_NOUN and word.term != "期間" for word in asked.words):
        return False
    return _PLAN_PERIOD.search(f"{normalise(' '.join(chunk.heading_path[-1:]))} {unit.search_text}") is not None


def _dates_other_plan(asked: Understanding, unit: Unit) -> bool:
    if not asked.wanted & {Wanted.PERIOD, Wanted.DATE}:
        return False
    others = _OTHER_PLAN.findall(unit.search_text)
    return bool(others) and not any(_same(name) in _same(asked.focus) for name in others)


def defines(asked: Understanding, chunk: Chunk) -> float:
    """Return 1 when the chunk is the glossary entry of the word that the question is about, else 0.

    That is so when a definition is asked for, or when the question names little else (「AIのほうは？」).
    """
    if chunk.kind is not Kind.ENTRY:
        return 0.0
    spellings = {_same(normalise(part)) for part in (chunk.term, _BRACKETED.sub("", chunk.term))}
    if not any(len(term) > 1 and _stands_in(term, _same(asked.focus)) for term in spellings):
        return 0.0
    if Wanted.DEFINITION in asked.wanted:
        return 1.0
    parts = frozenset(terms(chunk.term))
    others = [
        word for word in asked.words if word.weight >= TOPIC_NOUN and word.term not in parts and not word.from_history
    ]
    return float(not others and Wanted.WHICH_TOWN not in asked.wanted)


def _stands_in(term: str, text: str) -> bool:
    """Return whether a term stands in a text as a word: Latin letters are not part of a longer one."""
    edge = "[a-z0-9]"
    return (
        re.search(rf"(?<!{edge}){re.escape(term)}(?!{edge})" if term[0].isascii() else re.escape(term), text)
        is not None
    )


def _row_words(chunk: Chunk) -> str:
    return chunk.search_text if chunk.row is not None else ""


def _same(text: str) -> str:
    """Return text as phrases are compared: without spaces, middle dots and long-vowel marks, lower case."""
    return "".join(c for c in text.casefold() if c not in " 　・ー-＝=")
