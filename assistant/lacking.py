"""Whether a piece of plan lacks what the question asks for in so many words: such a piece answers nothing, however near it comes."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from assistant.cells_asked import names_row
from assistant.coverage import CHUNK_HELD, QUOTED_HELD
from assistant.definitions import asks_meaning, opens_definition
from assistant.fit import Fit
from assistant.kinds import lacks, years_of
from assistant.own_times import tells_no_period
from assistant.places import place_words, row_words, share_stated
from assistant.table_rows import has_figures
from assistant.topic_words import ASKING_WEIGHT
from assistant.understand import Understanding
from assistant.wording import ALONE, OWN_FIGURE, TOWN_ALONE, Wanted
from ingest.document import Chunk, Unit

NAMED_ANYWAY = 0.75  # share of the question's words from which a row counts as named, however its name is worded
_ASKS_DAY = re.compile(r"何曜|何時(?!頃|期|間)|何年(?:の)?何月")  # a table of figures tells none of them


def is_lacking(
    asked: Understanding, chunk: Chunk, fit: Fit, unit: Unit, each: NDArray[np.float64], covered: float
) -> bool:
    """Return whether a piece lacks something; ``each`` is how far it covers each word of the question, ``covered`` all of them."""
    told = fit.defines or fit.heading or opens_definition(asked, unit)
    return (
        fit.label
        or _lacks_figure(asked, chunk, fit, unit, covered)
        or (asks_meaning(asked) and not told)
        or _of_others_too(asked, each)
        or _of_no_town(asked, chunk, unit)
        or tells_no_period(asked, chunk, unit)
        or bool((each[fit.names] < CHUNK_HELD).any())
    )


def _lacks_figure(asked: Understanding, chunk: Chunk, fit: Fit, unit: Unit, covered: float) -> bool:
    """Return whether a piece lacks what the question asks for in so many words: a figure, a time, a post, a row's name."""
    if asked.years and Wanted.NUMBER in asked.wanted:
        own = years_of(place_words(chunk, unit))
        if not share_stated(asked.years, own or fit.years):
            return True  # a figure of another year
    if chunk.row is not None and has_figures(chunk.row):
        return (covered < NAMED_ANYWAY and not names_row(asked, chunk.row)) or _ASKS_DAY.search(asked.focus) is not None
    return lacks(f"{unit.search_text} {row_words(chunk)}", asked.wanted, asked.focus)


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
