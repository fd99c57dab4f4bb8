"""A clause -> the one figure that it states with the counter asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.anchors import Anchor
from assistant.lead_clause import AskedClause, required
from assistant.lead_fact import Fact, word_fact
from assistant.lead_words import BEFORE_FIGURE, BEHIND_FIGURE, COUNTERS, NO_FIGURE_BEHIND, ONE_OF_MANY, TOTAL
from assistant.said import word_key
from assistant.understand import Understanding
from assistant.wording import Wanted
from index.tokens import is_content, tokenize

_LABELLED = re.compile(r"(?P<of>[一-鿿ァ-ヶーA-Za-z]{2,12}?)(?:は|の|では|:|で)?、?(?:約|およそ)?$")
_COUNTS = re.compile(r"の?[「『]?(?P<of>[一-鿿ァ-ヶーA-Za-z]{2,12})")
_FIGURE = re.compile(r"[0-9][0-9,.]*(?:[万億兆千]+)?")


def counters_asked(focus: str) -> frozenset[str]:
    """Return the counters that a question asks for, empty where it names none.

    >>> sorted(counters_asked("何件公開していますか")), counters_asked("計画の期間は")
    (['件'], frozenset())
    """
    return next((units for asks, units in COUNTERS if asks.search(focus)), frozenset())


def state_figure(asked: Understanding, one: AskedClause) -> Fact | None:
    """Return the only figure of the counter asked for, the total where that is asked for, or the one that the question names."""
    units = counters_asked(asked.focus)
    text = one.clause.text
    given = {figure[0] for figure in _FIGURE.finditer(asked.focus)}
    figures = [
        a for a in one.clause.anchors if a.kind in units and not _aside(text, a) and _digits(text, a) not in given
    ]
    chosen = _chosen(asked, text, figures)
    if chosen is None or _counts_more(asked, text[: chosen.start]):
        return None
    before = BEFORE_FIGURE.search(text[: chosen.start])
    start = before.start() if before else chosen.start
    behind = BEHIND_FIGURE.match(text, chosen.end)
    end = behind.end() if behind else chosen.end
    said = text[start:end].removesuffix("まで")
    end = start + len(said)
    if re.match(r"[(0-9]", text[end : end + 1]) and ")" not in text[end:]:
        return None
    return word_fact(Wanted.NUMBER, said, one, start, end)


def _chosen(asked: Understanding, text: str, figures: Sequence[Anchor]) -> Anchor | None:
    if len(figures) == 1:
        return figures[0]
    if TOTAL.search(asked.focus):
        totals = [a for a in figures if re.search(r"合計|総計|全体で|計$", text[max(0, a.start - 3) : a.start])]
        return totals[0] if len(totals) == 1 else None
    return _named(asked, text, figures)


def _counts_more(asked: Understanding, before: str) -> bool:
    """Return whether the figure counts what the question names together with other things."""
    needed = required(asked)
    named = (token for token in tokenize(before) if word_key(token) in needed)
    joined = (ONE_OF_MANY.match(before, token.end) for token in named)
    return any(join is not None and join[0] not in asked.focus for join in joined)


def _named(asked: Understanding, text: str, figures: Sequence[Anchor]) -> Anchor | None:
    """Return the figure whose noun the question names, where each of several figures has a noun of its own beside it."""
    for nouns in (_before, _behind):
        names = [nouns(text, anchor) for anchor in figures]
        if names and all(names) and len(set(names)) == len(names):
            said = frozenset(w.term for w in asked.words)
            hits = [a for a, name in zip(figures, names, strict=True) if _keys(name) and _keys(name) <= said]
            return hits[0] if len(hits) == 1 else None
    return None


def _before(text: str, anchor: Anchor) -> str:
    match = _LABELLED.search(text[: anchor.start])
    return match["of"] if match else ""


def _behind(text: str, anchor: Anchor) -> str:
    match = _COUNTS.match(text, anchor.end)
    return match["of"] if match else ""


def _keys(name: str) -> frozenset[str]:
    return frozenset(word_key(token) for token in tokenize(name) if is_content(token))


def _digits(text: str, anchor: Anchor) -> str:
    match = _FIGURE.match(text, anchor.start)
    return match[0] if match else ""


def _aside(text: str, anchor: Anchor) -> bool:
    """Return whether a figure is no answer: a rank, a share per something, in brackets, or of another figure."""
    before = text[: anchor.start]
    if anchor.end not in {token.end for token in tokenize(text)}:
        return True  # the counter is the first letter of another word: 「2-1人口構造」
    bracketed = before.count("(") > before.count(")")
    return (
        bracketed
        or before.endswith(("第", "月", "週", "年", "毎"))
        or NO_FIGURE_BEHIND.match(text, anchor.end) is not None
    )
