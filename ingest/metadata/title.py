"""What a plan is called: the title on its cover, in its colophon, at the head of its pages, or in the words 以下「本計画」."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.document import Span
from ingest.lines import Line, LineKind
from ingest.metadata.plan_lines import PlanLine
from ingest.metadata.stated import Stated
from ingest.metadata.year_spans import find_year_spans
from ingest.search_text import read, readable

_KIND = r"(?:計画書?|方針|戦略|プラン|ビジョン|構想|指針|大綱|プログラム|ロードマップ)"
_BRACKET = r"(?:\s?[(\[【〔][^()\[\]【】〔〕]{1,24}[)\]】〕])"
_EDITION = r"(?:\s?(?:改[訂定正]版?|素案|案|概要版|本編|[0-9]{4}(?:[-~][0-9]{4})?|[前後]期))"
_SUBTITLE = r"(?P<subtitle>\s?[~\-〈<「『].{1,40}[~\-〉>」』])"
_TITLE = re.compile(rf"(?P<title>[^。、:]{{0,50}}?{_KIND}(?:{_EDITION}|{_BRACKET})*)(?:{_SUBTITLE})?")
_LABELLED = re.compile(r"(?:計画の?名称?|題名|名称|書名|タイトル)[\s:]+")
_UPPER = re.compile(r"[^。、:]{1,20}(?:[市区町村]|第[0-9一二三四五六七八九十]+[次期]|[・のとを])")
_HEREAFTER = re.compile(
    rf"[「『](?P<title>[^」』]{{2,50}}{_KIND}(?:{_EDITION}|{_BRACKET})?)[」』]\s?\(以下、?「(?:本|この)?{_KIND}」"
)
_DATE_BRACKET = re.compile(r"\s?[(（][^()（）]*[)）]$")


def read_titles(
    text: str, lines: Sequence[Line], front: Sequence[PlanLine], heads: Sequence[PlanLine], name: str
) -> list[Stated[str]]:
    """Return the titles that the text states: of the cover, the colophon, the running head, the body; the best first.

    In each place a line that names the municipality comes before others.
    """
    found: list[Stated[str]] = []
    for place in (
        [line for line in front if line.cover],
        [line for line in front if not line.cover],
        heads,
    ):
        titles = list(_titles(text, place, name))
        named = [title for title in titles if name and name in _squash(title.value)]
        if place is heads or (place and not place[0].cover):
            titles = []  # there a line may name anything: only the town's own counts
        found += (named or titles)[:1]
    return _best_spelt(text, [*found, *_hereafter(text, lines)])


def _best_spelt(text: str, titles: list[Stated[str]]) -> list[Stated[str]]:
    """Return the titles with one that the text spells more often before the first, where OCR misread a letter of that."""
    for at, title in enumerate(titles[1:], start=1):
        one, other = titles[0].value, title.value
        alike = len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
        if alike and text.count(other) > text.count(one):
            return [title, *titles[:at], *titles[at + 1 :]]
    return titles


def same_title(one: str, other: str) -> bool:
    """Return whether two titles are no contradiction: the same words, or the words of one inside the other's.

    >>> same_title("鏡野町 ＤＸ推進計画", "DX推進計画"), same_title("観光計画", "DX推進計画")
    (True, False)
    """
    short, long = sorted((_squash(one), _squash(other)), key=len)
    return short in long


def _titles(text: str, place: Sequence[PlanLine], name: str) -> Iterator[Stated[str]]:
    for i, line in enumerate(place):
        words = line.words
        label = _LABELLED.match(words)
        match = _TITLE.fullmatch(words, label.end() if label else 0)
        if match is None or not match["title"]:
            continue
        normalised = read(line.span.of(text))
        at = normalised.text.find(match["title"])
        if at < 0:
            continue
        start, end = normalised.source_range(at, at + len(match["title"]))
        span = Span(line.span.start + start, line.span.start + end)
        span = _without_years(text, span)
        above = place[i - 1] if i else None
        if above is not None and not (name and name in words) and _goes_on(above, name):
            span = Span(above.span.start, span.end)
        yield Stated(_reads(span.of(text)), span)


def _goes_on(above: PlanLine, name: str) -> bool:
    """Return whether a title begins on the line above: the town's name, an edition, or words that cannot end a line."""
    if find_year_spans(above.words, read(above.words)) or _TITLE.fullmatch(above.words):
        return False
    return bool((name and name in above.words and len(above.words) <= len(name) + 12) or _UPPER.fullmatch(above.words))


def _without_years(text: str, span: Span) -> Span:
    """Return the title without the period in brackets behind it."""
    bracket = _DATE_BRACKET.search(span.of(text))
    if bracket is not None and (
        find_year_spans(bracket[0], read(bracket[0])) or re.search(r"[年月]\s?[)）]$", bracket[0])
    ):
        return Span(span.start, span.start + bracket.start())
    return span


def _reads(words: str) -> str:
    return readable(" ".join(readable(line) for line in words.splitlines()))


def _hereafter(text: str, lines: Sequence[Line]) -> Iterator[Stated[str]]:
    for line in lines:
        if "以下" not in line.text or line.kind not in (LineKind.TEXT, LineKind.ITEM):
            continue
        words = read(line.text)
        if (match := _HEREAFTER.search(words.text)) is not None:
            start, end = words.source_range(*match.span("title"))
            span = Span(line.span.start + start, line.span.start + end)
            yield Stated(_reads(span.of(text)), span)


def _squash(title: str) -> str:
    return re.sub(r"[\W_]", "", read(title).text)
