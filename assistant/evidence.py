"""Retrieval hits -> the pieces of plan that may answer, best first, each with the signals that speak for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.cells_asked import names_row
from assistant.definitions import TOPIC_NOUN, asks_meaning, defines, letters, opens_definition, topic_nouns
from assistant.kinds import holds, lacks, years_of
from assistant.own_times import asks_own_date, dates_other_plan, is_own_date, is_own_period, is_timeline
from assistant.reading import Reader
from assistant.table_rows import has_figures
from assistant.topic_words import ASKING_WEIGHT
from assistant.understand import TopicWord, Understanding
from assistant.wording import ALONE, EVERYTHING, FACTS, OWN_FIGURE, TOWN_ALONE, Wanted
from index.query import Hit
from index.tokens import terms
from ingest.document import Chunk, Kind, Unit
from ingest.eras import Year, kanji_number
from ingest.search_text import normalise

# What each signal of a piece counts for its place among the others, chosen by hand on the development questions; a fit found
# nothing better (see evals/LOG.md). The signals are those of ``_signals``, most in [0, 1].
WEIGHTS = {
    "covered": 1.0,  # share of the question's weighted words
    "lexical": 1.0,  # of the whole chunk, see index.retrieve
    "dense": 0.4,
    "near": 0.5,  # how near the piece itself is in meaning
    "reranked": 1.0,  # a reranker's score, where one is configured; not fitted, for none comes with the project
    "kind": 0.15,  # share of the wanted kinds of answer that it holds
    "lacking": -0.3,  # 「何人」 is asked and no number of people is there
    "defines": 0.6,  # a glossary entry of the very word that a definition is asked of
    "opens": 0.25,  # a sentence that begins 「SDGs（…）は」 when SDGs is what a definition is asked of
    "heading": 0.4,  # the question names the heading: as a whole 1, among other things half
    "first": 0.25,  # the same for what comes first under that heading, where not a list is asked for
    "several": 0.2,  # covered, for a list, table or outline where several things are asked for
    "enumerates": 0.2,  # covered, for a sentence that names things one after the other, where several are asked for
    "everything": 0.2,  # the same again where all of them are
    "as_many": 0.45,  # it has just as many items as the question says
    "depth": 0.03,  # headings above an outline: the narrower section is meant
    "outline": -0.4,  # headings alone answer nothing but a question for a list
    "title": -0.15,  # a title says that something is, not what
    "years": 0.3,  # the piece states the year asked for (and the month)
    "caption": -0.3,  # 「図:推進体制」 names a picture that the text does not hold
    "entry": -0.2,  # a glossary tells of words, not of what the municipality does
    "own_period": 0.25,  # the plan's own period, for a question that names no other topic
    "own_date": 0.8,  # the date on a plan's cover, for a question when the plan itself was made or revised
    "timeline": -0.4,  # arrows under years tell a plan's period worse than the sentence beside them
    "other_plan": -0.2,  # a sentence about the period or date of another plan, which the question does not name
    "told": -0.8,  # what the answer before has told already, for a question that names a topic of its own
    "phrase": 0.2,  # words that the question quotes in 「」 stand in the piece or its headings as they are
}

NAMED_ANYWAY = 0.75  # share of the question's words from which a row counts as named, however its name is worded
NO_DEFINITION = 0.3  # what a piece that merely uses a word is worth where its definition is asked for
QUOTED_HELD = 0.8  # how far a piece must cover a quoted word to hold it
TOPIC_HELD = 0.35  # the same for a word that a piece must somehow speak of
CHUNK_HELD = 0.5  # the same for its passage to hold the word
TOLD = 12  # letters of an answer that a piece repeats
_FISCAL_START = 4  # the month in which a fiscal year begins
HEADING_PART = 0.5  # what naming a heading among other things is of naming it alone


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotable piece and what speaks for it.

    ``covered`` is the share of the question's weighted words it covers; ``each`` that of each word;
    ``kind`` the share of the wanted kinds it holds; ``near`` its nearness in meaning;
    ``lacking`` says that it has no figure, time, post or row of the sort that is asked for in so many words; ``signals``
    is what ``score`` adds up, by the names of ``WEIGHTS``.
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
    signals: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Fit:
    """What a whole chunk is to the question: see ``defines`` and ``names_heading``."""

    defines: float
    heading: float
    first: bool  # nothing of its section comes before it
    label: bool  # it only names what stands below it
    names: list[int]  # the question's words without which a piece answers nothing
    years: tuple[Year, ...]  # told in its section, for a piece that tells none
    beside: bool  # it lists something else than what is asked for: see ``_lists_beside``
    # its plan's, as years and months; none where the question does not ask for them
    own_dates: frozenset[tuple[int, int]]


_NUMBERING = re.compile(r"^(?:第?[0-9]+[章節編]?|[(][0-9]+[)])[-.、]?[0-9]*[.、]?\s*")
_ABBREVIATION = re.compile(r"[A-Z]{3,6}")
_COUNT = re.compile(r"([0-9]{1,2}|[二三四五六七八九十]{1,2})(?:つ|項目|点|種類|本の柱|か条|箇条)")
_ASKS_DAY = re.compile(r"何曜|何時(?!頃|期|間)")  # a table of figures tells neither
_ITEM = (
    r"[^ぁ-ん、。:](?:(?!など|ほか)[^、。:をはがにでもへ]){1,23}"  # of a sentence; 「など」 says that there are more
)
_ENUMERATION = re.compile(rf"{_ITEM}、{_ITEM}(?:、|及び|並びに|や){_ITEM}")  # 「A、B及びC」
_CAPTION = re.compile(r"(?:図|表|写真|グラフ)(?:[0-9]|:|-)|[(]?(?:出典|資料|単位)[):]")


def gather(asked: Understanding, hits: Sequence[Hit], reader: Reader) -> list[Evidence]:
    """Return the pieces of the hits (all of one municipality), best first."""
    if not hits:
        return []
    weights = word_weights(asked.words, hits[0].chunk.municipality_code, reader)
    names = _names_asked(asked, hits[0].chunk.municipality_code, reader)
    found: list[Evidence] = []
    for hit in hits:
        coverage = reader.coverage(hit.chunk, asked.words)
        dates = reader.own_dates(hit.chunk.plan_id) if asks_own_date(asked) else frozenset()
        fit = _Fit(
            defines(asked, hit.chunk),
            names_heading(asked, hit.chunk),
            hit.chunk.chunk_id in reader.openings(hit.chunk.plan_id),
            hit.chunk.chunk_id in reader.labels(hit.chunk.plan_id),
            names,
            reader.section_years(hit.chunk) if asked.years else (),
            _lists_beside(asked, hit.chunk),
            dates,
        )
        for unit, each, near in zip(hit.chunk.units, coverage, hit.units, strict=True):
            found.append(_weigh(asked, hit, fit, unit, each, weights, float(near)))
    # a piece that lacks what is asked for in so many words answers nothing, however near it comes
    return sorted(found, key=lambda evidence: (evidence.lacking, -evidence.score))


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
    own_date = float(is_own_date(unit, fit.own_dates))
    told = fit.defines or fit.heading or opens_definition(asked, unit)
    lacking = (
        fit.label
        or _lacking(asked, hit.chunk, fit, unit, covered)
        or (asks_meaning(asked) and not told)
        or _of_others_too(asked, each)
        or _of_no_town(asked, hit.chunk, unit)
        or bool((each[fit.names] < CHUNK_HELD).any())
    )
    signals = _signals(asked, hit, fit, unit, covered) | {"near": near, "lacking": float(lacking), "own_date": own_date}
    score = sum(WEIGHTS[name] * value for name, value in signals.items())
    kind = 0.0 if lacking else signals["kind"]
    return Evidence(hit.chunk, unit, score, covered, each, kind, hit.score, near, lacking, signals)


def _signals(asked: Understanding, hit: Hit, fit: _Fit, unit: Unit, covered: float) -> dict[str, float]:
    """Return what speaks for a piece and against it, by the names of ``WEIGHTS``."""
    chunk, text = hit.chunk, f"{unit.search_text} {_row_words(hit.chunk)}"
    opens = opens_definition(asked, unit)
    told = bool(fit.defines or opens or fit.heading)
    signals = {
        "covered": covered,
        "lexical": hit.lexical,
        "dense": hit.dense,
        "reranked": hit.reranked,
        "kind": _kind_held(asked, chunk, text, told=told),
        "defines": fit.defines,
        "opens": opens,
        "heading": fit.heading,
        "first": fit.heading if fit.first and Wanted.LIST not in asked.wanted else 0.0,
        "years": years_stated(asked, text) if asked.years else 0.0,
        "caption": float(Wanted.SOURCE not in asked.wanted and _CAPTION.match(unit.search_text) is not None),
        "entry": float(chunk.kind is Kind.ENTRY and Wanted.DEFINITION not in asked.wanted),
        "own_period": float(Wanted.PERIOD in asked.wanted and is_own_period(asked, chunk, unit)),
        "timeline": float(Wanted.PERIOD in asked.wanted and is_timeline(chunk)),
        "other_plan": float(dates_other_plan(asked, unit)),
        "told": _told_before(asked, unit),
        "phrase": _phrases_held(asked, chunk, unit),
    }
    return signals | _shape(asked, chunk, fit, unit, covered)


def _told_before(asked: Understanding, unit: Unit) -> float:
    """Return 1 when the answer before holds the piece, or the piece it, and the question asks on: 「では研修のほうは?」."""
    if not topic_nouns(asked) or not asked.told or len(asked.scope.codes) > 1:
        return 0.0
    text, told = letters(unit.search_text), letters(asked.told)
    return float(text in told or (len(told) > TOLD and told in text))


def _phrases_held(asked: Understanding, chunk: Chunk, unit: Unit) -> float:
    """Return the share of what the question quotes in 「」 that stands in a piece or its headings."""
    place = letters(f"{unit.search_text} {' '.join(chunk.heading_path)} {chunk.term}")
    return sum(letters(quoted) in place for quoted in asked.quoted) / max(len(asked.quoted), 1)


def holds_quoted(asked: Understanding, evidence: Evidence) -> bool:
    """Return whether a piece holds every word that the question quotes in 「」, in whatever form."""
    quoted = " ".join(asked.quoted)
    words = [(w, float(each)) for w, each in zip(asked.words, evidence.each, strict=True) if w.surface in quoted]
    return all(each >= QUOTED_HELD for word, each in words if word.weight > ASKING_WEIGHT)


def holds_topic(asked: Understanding, evidence: Evidence) -> bool:
    """Return whether a piece speaks, in whatever words, of everything that the question names."""
    return all(
        each >= TOPIC_HELD
        for word, each in zip(asked.words, evidence.each, strict=True)
        if word.weight >= TOPIC_NOUN and not word.from_history
    )


def _lacking(asked: Understanding, chunk: Chunk, fit: _Fit, unit: Unit, covered: float) -> bool:
    """Return whether a piece lacks what the question asks for in so many words: a figure, a time, a post, a row's name."""
    if asked.years and Wanted.NUMBER in asked.wanted:
        own = years_of(place_words(chunk, unit))
        if not _share_stated(asked.years, own or fit.years):
            return True  # a figure of another year
    if chunk.row is not None and has_figures(chunk.row):
        return (covered < NAMED_ANYWAY and not names_row(asked, chunk.row)) or _ASKS_DAY.search(asked.focus) is not None
    return lacks(f"{unit.search_text} {_row_words(chunk)}", asked.wanted, asked.focus)


def _of_others_too(asked: Understanding, each: NDArray[np.float64]) -> bool:
    """Return whether a group alone is asked about (「65歳以上の人だけで見た割合は」) and the piece does not speak of it."""
    group = ALONE.search(asked.focus)
    if group is None:
        return False
    return any(
        covered < QUOTED_HELD and word.weight > ASKING_WEIGHT and word.surface in group["group"]
        for word, covered in zip(asked.words, each, strict=True)
    )


def _of_no_town(asked: Understanding, chunk: Chunk, unit: Unit) -> bool:
    """Return whether a figure of the municipality alone is asked (「甲町だけで見ると」) and a sentence does not say it is that."""
    alone = Wanted.NUMBER in asked.wanted and chunk.row is None and TOWN_ALONE.search(asked.focus)
    return bool(alone) and not (OWN_FIGURE.search(unit.search_text) or chunk.municipality in unit.search_text)


def _names_asked(asked: Understanding, code: str, reader: Reader) -> list[int]:
    """Return the places of the abbreviations (「BCP」) without which a piece answers nothing.

    They are those of which a figure, a time or a post is asked, and those that the plans hold nowhere.
    """
    return [
        at
        for at, word in enumerate(asked.words)
        if (asked.wanted & FACTS or not reader.known(code, word.term))
        and word.weight >= TOPIC_NOUN
        and not word.from_history
        and _ABBREVIATION.fullmatch(word.surface)
    ]


def place_words(chunk: Chunk, unit: Unit) -> str:
    """Return the search text of a piece with its chunk's and its headings': everything that says what it is about."""
    columns = (cell.column for cell in chunk.row.cells) if chunk.row is not None else ()
    return " ".join([unit.search_text, chunk.search_text, *map(normalise, (*chunk.heading_path, *columns))])


def _kind_held(asked: Understanding, chunk: Chunk, text: str, *, told: bool) -> float:
    """Return the share of the wanted kinds that ``text`` holds; ``told`` says that the piece tells what a word means."""
    if chunk.row is not None and has_figures(chunk.row):
        return 1.0
    kind = holds(text, asked.wanted, asked.focus)
    return min(kind, NO_DEFINITION) if Wanted.DEFINITION in asked.wanted and not told else kind


def years_stated(asked: Understanding, text: str) -> float:
    """Return the share of the question's years that a text states; a month asked for must be there too."""
    return _share_stated(asked.years, years_of(text))


def _share_stated(asked: Sequence[Year], stated: Sequence[Year]) -> float:
    return sum(any(_same_time(year, other) for other in stated) for year in asked) / max(len(asked), 1)


def _same_time(asked: Year, stated: Year) -> bool:
    year = stated.year - (asked.fiscal and not stated.fiscal and 0 < stated.month < _FISCAL_START)
    return asked.year == year and (not asked.month or not stated.month or asked.month == stated.month)


def names_heading(asked: Understanding, chunk: Chunk) -> float:
    """Return 1 when the question names the chunk's own heading and no other topic, less when it names it among others."""
    if not chunk.heading_path:
        return 0.0
    title = letters(_NUMBERING.sub("", normalise(chunk.heading_path[-1])).strip("【】〔〕《》〈〉『』「」"))
    if len(title) <= 3 or title not in letters(asked.focus):
        return 0.0
    inside = frozenset(terms(normalise(chunk.heading_path[-1])))
    nouns = topic_nouns(asked)
    return 1.0 if nouns and all(word.term in inside for word in nouns) else HEADING_PART


def _shape(asked: Understanding, chunk: Chunk, fit: _Fit, unit: Unit, covered: float) -> dict[str, float]:
    """Return the signals of a chunk's form: whether several things are asked for, and whether it holds several."""
    outline = chunk.kind is Kind.OUTLINE
    if Wanted.LIST not in asked.wanted:
        whole = chunk.kind is Kind.CARD and len(chunk.units) == 1 and chunk.units[0].span == chunk.span
        return {"outline": float(outline), "title": float(whole and not outline and _is_title(chunk))}
    if fit.beside:
        return {"outline": 1.0}
    several = covered if chunk.kind in (Kind.LIST, Kind.OUTLINE, Kind.ROW) else 0.0
    named = _ENUMERATION.search(unit.search_text) if not several else None
    count = _COUNT.search(asked.focus) if chunk.kind in (Kind.LIST, Kind.OUTLINE) else None
    return {
        "several": several,
        "enumerates": covered if named else 0.0,
        "everything": several if EVERYTHING.search(asked.focus) else 0.0,
        "as_many": float(count is not None and kanji_number(count[1]) == len(chunk.units)),
        "depth": float(len(chunk.heading_path)) if outline else 0.0,
    }


def _lists_beside(asked: Understanding, chunk: Chunk) -> bool:
    """Return whether just one of an outline's headings names what is listed: the list is below that one, it is not these."""
    if chunk.kind is not Kind.OUTLINE or Wanted.LIST not in asked.wanted:
        return False
    nouns = {word.term for word in topic_nouns(asked)}
    above = set(terms(normalise(" ".join(chunk.heading_path[-1:]))))
    focus = letters(asked.focus)
    naming = sum(
        letters(_NUMBERING.sub("", unit.search_text)) in focus
        or (bool(nouns - above) and nouns <= set(terms(unit.search_text)))
        for unit in chunk.units
    )
    return bool(nouns) and naming == 1 < len(chunk.units)


def _is_title(chunk: Chunk) -> bool:
    return bool(chunk.heading_path) and letters(chunk.units[0].search_text) in letters(
        normalise(chunk.heading_path[-1])
    )


def _row_words(chunk: Chunk) -> str:
    return chunk.search_text if chunk.row is not None else ""
