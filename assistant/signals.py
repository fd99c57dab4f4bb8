"""What speaks for a piece of plan and against it, as numbers: see ``assistant.evidence.WEIGHTS`` for what each counts."""

from __future__ import annotations

import re

from assistant.definitions import letters, opens_definition, topic_nouns
from assistant.fit import Fit
from assistant.kinds import holds
from assistant.own_contents import asks_contents, is_contents
from assistant.own_times import dates_other_plan, is_own_period, is_timeline, states_period
from assistant.places import row_words, years_stated
from assistant.table_rows import has_figures
from assistant.understand import Understanding
from assistant.wording import EVERYTHING, Wanted
from index.query import Hit
from ingest.document import Chunk, Kind, Unit
from ingest.eras import kanji_number
from ingest.search_text import normalise

NO_DEFINITION = 0.3  # what a piece that merely uses a word is worth where its definition is asked for
TOLD = 12  # letters of an answer that a piece repeats
_COUNT = re.compile(r"([0-9]{1,2}|[二三四五六七八九十]{1,2})(?:つ|項目|点|種類|本の柱|か条|箇条)")
_ITEM = (
    r"[^ぁ-ん、。:](?:(?!など|ほか)[^、。:をはがにでもへ]){1,23}"  # of a sentence; 「など」 says that there are more
)
_ENUMERATION = re.compile(rf"{_ITEM}、{_ITEM}(?:、|及び|並びに|や){_ITEM}")  # 「A、B及びC」
_CAPTION = re.compile(r"(?:図|表|写真|グラフ)(?:[0-9]|:|-)|[(]?(?:出典|資料|単位)[):]")


def signals_of(asked: Understanding, hit: Hit, fit: Fit, unit: Unit, covered: float) -> dict[str, float]:
    """Return what speaks for a piece and against it, by the names of ``WEIGHTS``."""
    chunk, text = hit.chunk, f"{unit.search_text} {row_words(hit.chunk)}"
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
        "own_period": float(Wanted.PERIOD in asked.wanted and is_own_period(asked, chunk, unit, fit.own_period)),
        "stated_period": float(states_period(unit, fit.own_period)),
        "timeline": float(Wanted.PERIOD in asked.wanted and is_timeline(chunk)),
        "contents": float(is_contents(chunk) and asks_contents(asked)),
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


def _kind_held(asked: Understanding, chunk: Chunk, text: str, *, told: bool) -> float:
    """Return the share of the wanted kinds that ``text`` holds; ``told`` says that the piece tells what a word means."""
    if chunk.row is not None and has_figures(chunk.row):
        return 1.0
    kind = holds(text, asked.wanted, asked.focus)
    return min(kind, NO_DEFINITION) if Wanted.DEFINITION in asked.wanted and not told else kind


def _shape(asked: Understanding, chunk: Chunk, fit: Fit, unit: Unit, covered: float) -> dict[str, float]:
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


def _is_title(chunk: Chunk) -> bool:
    return bool(chunk.heading_path) and letters(chunk.units[0].search_text) in letters(
        normalise(chunk.heading_path[-1])
    )
