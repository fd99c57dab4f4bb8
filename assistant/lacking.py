"""Whether a piece of plan lacks what the question asks for in so many words: such a piece answers nothing, however near it comes."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from assistant.cells_asked import names_row
from assistant.coverage import CHUNK_HELD, QUOTED_HELD
from assistant.definitions import asks_meaning, letters, opens_definition
from assistant.fit import Fit
from assistant.kinds import lacks, offices, years_of
from assistant.own_times import tells_no_period
from assistant.places import place_words, row_words, share_stated
from assistant.table_rows import has_figures, under_year
from assistant.topic_words import ASKING_WEIGHT
from assistant.understand import Understanding
from assistant.wording import ALONE, OWN_FIGURE, TOWN_ALONE, Wanted
from ingest.document import Chunk, Row, Unit
from ingest.search_text import normalise

NAMED_ANYWAY = 0.75  # share of the question's words from which a row counts as named, however its name is worded
_OF_COLUMNS = frozenset("目標 最終 現状 基準 実績 中間 見込み 現在 値".split())
_BREAKDOWN = re.compile(r"(?P<by>男女|性|年齢|年代|世代|地区|地域|集落|課|部署|学校|国籍|業種|分野|職種)別")
_TELLS = {
    "男女": "男|女",
    "性": "男|女|性別",
    "年齢": "歳|年齢|年代|[0-9]代",
    "年代": "歳|年代|[0-9]代",
    "世代": "歳|世代|年代|[0-9]代",
    "課": "課|室|局",
    "部署": "課|室|局|部署",
}
_MONEY_ASKED = re.compile(
    r"(?:費用?|額|料金?|予算|報酬|手当)(?![^。、?]{0,6}率)[^。、?率数]{0,8}?(?:いくら|何円|(?:どれ|どの)(?:くらい|ぐらい)?の?(?:金額|お金)?か|(?:どれ|どの)(?:くらい|ぐらい)[?。]?$)"
)
_MONEY = re.compile(r"円|[費額料税債]|予算|財源|歳[入出]")
_ASKS_DAY = re.compile(r"何曜|何時(?!頃|期|間)|何年(?:の)?何月")  # a table of figures tells none of them


def is_lacking(
    asked: Understanding, chunk: Chunk, fit: Fit, unit: Unit, each: NDArray[np.float64], covered: float
) -> bool:
    """Return whether a piece lacks something; ``each`` is how far it covers each word of the question, ``covered`` all of them."""
    told = fit.defines or fit.heading or opens_definition(asked, unit)
    return (
        fit.label
        or _lacks_figure(asked, chunk, fit, unit, max(covered, _covered_of_row(asked, each)))
        or (asks_meaning(asked) and not told)
        or _of_others_too(asked, each)
        or _of_no_town(asked, chunk, unit)
        or tells_no_period(asked, chunk, unit)
        or bool((each[fit.names] < CHUNK_HELD).any())
    )


def _covered_of_row(asked: Understanding, each: NDArray[np.float64]) -> float:
    """Return the share of a question's words that a row covers, those left out that name a column: 「LINE登録者の最終目標」."""
    rows = [(w.weight, float(c)) for w, c in zip(asked.words, each, strict=True) if w.surface not in _OF_COLUMNS]
    return sum(w * c for w, c in rows) / (sum(w for w, _ in rows) or 1.0)


def _lacks_figure(asked: Understanding, chunk: Chunk, fit: Fit, unit: Unit, covered: float) -> bool:
    """Return whether a piece lacks what the question asks for in so many words: a figure, a time, a post, a row's name."""
    if asked.years and Wanted.NUMBER in asked.wanted:
        own = years_of(place_words(chunk, unit))
        if not share_stated(asked.years, own or fit.years):
            return True  # a figure of another year
    place = " ".join((unit.search_text, row_words(chunk), chunk.row.table if chunk.row else "", *chunk.heading_path))
    if _lacks_sort(asked.focus, place):
        return True
    if Wanted.NUMBER in asked.wanted and any(letters(name) not in letters(place) for name in offices(asked.focus)):
        return True  # how many an office has, of which the place does not speak
    if chunk.row is not None and Wanted.NUMBER in asked.wanted and _says_no_figure_then(asked, chunk.row):
        return True
    if chunk.row is not None and has_figures(chunk.row):
        return (covered < NAMED_ANYWAY and not names_row(asked, chunk.row)) or _ASKS_DAY.search(asked.focus) is not None
    return lacks(f"{unit.search_text} {row_words(chunk)}", asked.wanted, asked.focus)


def _says_no_figure_then(asked: Understanding, row: Row) -> bool:
    """Return whether a schedule says other things than figures of the year asked for: 「運用」 under R8."""
    cells = [cell for cell in row.cells if under_year(cell) and cell.value]
    then = [cell for cell in cells if share_stated(asked.years, years_of(normalise(cell.column)))]
    return bool(then) and not any(any(c.isdecimal() for c in cell.value) for cell in then)


def _lacks_sort(focus: str, place: str) -> bool:
    """Return whether figures of one sort are asked for (of money, by sex, by district) and a place speaks of none.

    >>> _lacks_sort("利用者の割合を男女別に", "75歳以上 38.9%"), _lacks_sort("人口を地区別に", "東地区 120人")
    (True, False)
    >>> _lacks_sort("移行の経費は総額いくら", "移行業務数 20業務"), _lacks_sort("交付率はいくら", "交付率 60%")
    (True, False)
    """
    by = _BREAKDOWN.search(focus)
    if by is not None and re.search(_TELLS.get(by["by"], by["by"]), place) is None:
        return True
    return _MONEY_ASKED.search(focus) is not None and _MONEY.search(place) is None


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
