"""The figures, times, offices and opposites of a clause, and which of its words goes with which of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.claim_words import BOUND, ENDS, EVERY, GOVERNMENT, LATE, OFFICE, OPPOSITES, SAME_UNIT, STARTS, UNIT
from assistant.said import Word, word_key
from index.tokens import Token
from ingest.eras import find_years

Binding = tuple[str, str, str]  # a word, the kind of an anchor, the anchor's name
_FIGURE = re.compile(rf"(?P<n>[0-9][0-9,]*(?:\.[0-9]+)?(?:[万億兆千]+)?)(?P<unit>{UNIT})?")
_BRACKETED = re.compile(r"\([^()]*\)")
_JOINS = re.compile(r"(?:から|より|[~\-・,]|と|や|及び|および|末|度|まで|の|、)*")
_NEXT_TO = re.compile(r"(?:以上|以下|未満|以内|程度)?の?[「『]?")
_OPPOSITE = {word: (f"opposite {i}", word) for i, group in enumerate(OPPOSITES) for word in group}
_NOT_COUNTED = re.compile(r"time|office|government|opposite")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A figure, time, office or opposite. Of one kind a clause's words belong to one; equal names are equal facts."""

    kind: str
    name: str
    start: int
    end: int
    bounds: frozenset[str] = frozenset()


def find_anchors(text: str, tokens: Sequence[Token]) -> Iterator[Anchor]:
    """Yield the anchors of a clause, kind by kind."""
    taken: list[tuple[int, int]] = []
    for year in find_years(text):
        name = f"{year.year}{'年度' if year.fiscal else '年'}"
        name += (f"{year.month}月" if year.month else "") + (f"{year.day}日" if year.day else "")
        taken.append((year.start, year.end))
        yield Anchor("time", name, year.start, year.end, _bounds(text, year.end) | _edges(text, year.end))
    for match in EVERY.finditer(text):
        yield Anchor("every", match[0], *match.span())
    for match in _FIGURE.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        if re.match(r"[A-Za-z]", text[match.start() - 1 : match.start()]):
            continue  # 5.0 of Society5.0 is part of a name
        unit = SAME_UNIT.get(match["unit"] or "", match["unit"] or "")
        yield Anchor(unit or "number", match["n"].replace(",", "") + unit, *match.span(), _bounds(text, match.end()))
    for match in OFFICE.finditer(text):
        yield Anchor("office", match[0], *match.span())
    for match in GOVERNMENT.finditer(text):
        yield Anchor("government", match["who"], *match.span("who"))
    for token in tokens:
        if (opposite := _OPPOSITE.get(word_key(token))) is not None:
            yield Anchor(*opposite, token.start, token.end)


def _bounds(text: str, end: int) -> frozenset[str]:
    match = BOUND.match(text[end : end + 8].removeprefix("間"))
    return frozenset({match[1].strip("を")} if match else ())


def _edges(text: str, end: int) -> frozenset[str]:
    """Return whether something starts or ends with a time, or happens late in it."""
    rest = text[end : end + 12]
    found = {name for name, pattern in (("start", STARTS), ("end", ENDS), ("late", LATE)) if pattern.match(rest)}
    if re.search(r"[~〜][0-9]+(?:年度?)?(?:[0-9]+月)?$", text[:end]):
        found.add("end")
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Bindings:
    """Which word, or anchor of another kind, goes with which anchor."""

    bound: frozenset[Binding]
    beside: frozenset[Binding]  # those of words right behind a figure
    loose: frozenset[Binding]  # all that the clause allows


def bind(text: str, words: Sequence[Word], anchors: Sequence[Anchor]) -> Bindings:
    """Return how a clause's words and anchors go together.

    A word goes with the next anchor of a kind; behind the last one with that, if it follows at once or tells a time. It
    goes with every office of its clause. Anchors that are joined (「2023年度から2027年度まで」) are taken together.
    """
    bound: set[Binding] = set()
    beside: set[Binding] = set()
    loose: set[Binding] = set()
    places = [(word.key, word.token.start, word.token.end, "") for word in words]
    places += [(anchor.name, anchor.start, anchor.end, anchor.kind) for anchor in anchors]
    for kind in {anchor.kind for anchor in anchors}:
        groups = _groups(text, [anchor for anchor in anchors if anchor.kind == kind])
        counted = _NOT_COUNTED.match(kind) is None
        for key, start, end, own in places:
            if own == kind:
                continue
            inside = next((g for g in groups if g[0].start <= start and end <= g[-1].end), None)
            before = [g for g in groups if g[-1].end <= start]
            ahead = next((g for g in groups if end <= g[0].start), None)
            at_once = counted and bool(before) and _adjoins(text, before[-1][-1].end, start, words)
            sure = inside or (before[-1] if at_once else ahead) or (before[-1] if before and not counted else [])
            if ahead and not _in_brackets(text, end, ahead[0].start):
                perhaps = []
            else:  # 「甲は5年、乙は7年に終わる」: both end
                perhaps = before[-1:] if counted or ahead else before
            bound |= {(key, kind, anchor.name) for anchor in sure}
            beside |= {(key, kind, anchor.name) for anchor in sure if at_once and inside is None}
            loose |= {(key, kind, anchor.name) for group in (sure, *perhaps) for anchor in group}
    return Bindings(frozenset(bound), frozenset(beside), frozenset(loose))


def _in_brackets(text: str, end: int, start: int) -> bool:
    """Return whether a bracket opens between two places, not right behind the first, and is still open at the second."""
    return text.find("(", end + 1, start) > 0 and ")" not in text[end:start]


def _groups(text: str, anchors: Sequence[Anchor]) -> list[list[Anchor]]:
    groups: list[list[Anchor]] = []
    for anchor in anchors:
        if groups and (anchor.kind == "office" or _JOINS.fullmatch(text[groups[-1][-1].end : anchor.start])):
            groups[-1].append(anchor)
        else:
            groups.append([anchor])
    return groups


def _adjoins(text: str, end: int, start: int, words: Sequence[Word]) -> bool:
    """Return whether a word stands right behind a figure, or behind words that do (「13件のオープンデータ」)."""
    between = _BRACKETED.sub("", text[end:start])
    first = _NEXT_TO.match(between)
    rest = between[first.end() :] if first else between
    inner = "".join(w.token.surface for w in words if end <= w.token.start and w.token.end <= start)
    return rest in ("", inner)
