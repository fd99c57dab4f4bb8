"""The guard behind every lead: it states no figure, time, name or modality that its quote does not."""

from __future__ import annotations

import re
import unicodedata

from assistant.lead_clause import shown
from assistant.lead_words import AFFIRMED, INTENDS, NOT_SETTLED
from assistant.said import modality, tells, word_key
from index.tokens import tokenize
from ingest.eras import Year, find_years

LONGEST = 60  # characters of a lead
_FIGURE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
# What leads say around their facts.
_FRAME = ("いいえ。計画には", "とあります", "計画では、", "計画の期間は、", "目標は、", "されています")


def says_only(lead: str, quote: str) -> bool:
    """Return whether every word, figure and time of a lead stands in its quote, or is a year of it in the other calendar.

    >>> says_only("令和7年度末までです。", "令和7年度末までに移行します。"), says_only("令和8年度です。", "令和7年度です。")
    (True, False)
    """
    text = shown(quote)
    if len(lead) > LONGEST or "\n" in lead:
        return False
    if lead == AFFIRMED:
        return True
    said = unicodedata.normalize("NFKC", _without_frame(lead)).replace("(", " ")  # a gloss is a year of its own
    firm = modality(said) | (frozenset({"aimed at"}) if "目標は、" in lead or "目指す" in lead else frozenset())
    return (
        _times(said) <= _times(text)
        and _figures(said) <= _figures(text)
        and firm <= modality(text)
        and _words(said, text)
    )


def _without_frame(lead: str) -> str:
    for words in (NOT_SETTLED, *(wording for _, wording in INTENDS), *_FRAME):
        lead = lead.replace(words, " ")
    return lead


def _times(text: str) -> set[tuple[int, bool]]:
    return {(year.year, year.fiscal) for year in find_years(text)}


def _figures(text: str) -> set[str]:
    """Return the figures of a text outside its years, whose months and days count as figures."""
    return {figure.replace(",", "") for figure in _FIGURE.findall(_blank(text, find_years(text)))}


def _blank(text: str, years: list[Year]) -> str:
    for year in years:
        parts = "".join(f" {part} " for part in (year.month, year.day) if part)
        text = text[: year.start] + parts.ljust(year.end - year.start)[: year.end - year.start] + text[year.end :]
    return text


def _words(said: str, text: str) -> bool:
    known = {word_key(token) for token in tokenize(text)}
    words = [t for t in tokenize(_blank(said, find_years(said))) if tells(t) and not t.surface.isascii()]
    return all(word_key(t) in known or t.surface in text or t.pos[1] == "数詞" for t in words)
