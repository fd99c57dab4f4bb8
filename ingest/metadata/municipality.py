"""Whose plan it is: the municipality that the cover, the colophon or else the whole text speaks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from ingest.document import Span
from ingest.lines import Line, LineKind
from ingest.metadata.plan_lines import PlanLine
from ingest.metadata.stated import Stated
from ingest.municipalities import Municipality, municipalities, prefectures
from ingest.search_text import normalise, read
from ingest.sentences import split_sentences

# Bodies that are no municipality and may issue plans that name their members.
_ASSOCIATION = re.compile(r"広域(?:連合|組合|行政|事務組合|市町村圏)|事務組合|一部組合|協議会|都道府県")
# A town that the list does not know: alone on its line, or before the words of a title.
_UNKNOWN_LINE = re.compile(r"[\u4e00-\u9fff\u3041-\u3096\u30a1-\u30faー]{1,8}[市区町村]")
_UNKNOWN_TITLE = re.compile(r"(?P<name>[\u4e00-\u9fffヶケ]{2,6}?[町村])(?:第|[A-Z]|[\u4e00-\u9fff])")
_NO_TOWN = re.compile(r".*(?:市[区町]?町?村|[農漁]村|[上下]町|城下町|宿場町|都市|地区|学区)")
_ISSUER = re.compile(
    r"(?:発行者?|編集者?|編集・発行|発行・編集|作成者?|策定|担当(?:課|部署)?|所管課?|自治体名?|市町村名?)[\s:・]*"
)
_BEFORE_NAME = re.compile(r"(?:第[0-9一二三四五六七八九十]+[次期]|新|改訂版?)\s?")
_DISTRICT = re.compile(r"^[\u4e00-\u9fffヶケ]{1,4}郡\s?(?=\S)")
_AFTER_NAME = r"(?!(?:村|町|市)?(?:長|議会|民))"


def read_municipality(
    text: str, lines: Sequence[Line], front: Sequence[PlanLine]
) -> tuple[Stated[Municipality] | None, Stated[str] | None]:
    """Return the municipality and, where the text writes it beside the name, its prefecture.

    ``front`` are the lines of cover and colophon. A name borne in several prefectures, where the text does not say which,
    comes back without code and prefecture; a plan of a body that is no municipality has none.
    """
    issuers = [(line, name) for line in front if (name := _issuer(line.words))]
    if issuers:
        name = issuers[0][1]
    elif any(_other_body(line.words) for line in front):
        return None, None
    else:
        name = _most_named(lines)
    if not name:
        return None, None
    namesakes = [m for m in municipalities() if m.name == name]
    place = _place(text, lines, [line for line, issuer in issuers if issuer == name], name)
    prefecture = _prefecture(lines, namesakes, name)
    if prefecture is not None:
        found = next(m for m in namesakes if m.prefecture == prefecture.value)
        return Stated(found, place), prefecture
    return Stated(_of_namesakes(lines, namesakes), place), None


def _issuer(words: str) -> str:
    """Return the municipality that a line of the cover names as its own: the line is the name, or opens with it."""
    rest = _ISSUER.sub("", words, count=1) if _ISSUER.match(words) else words
    rest = _BEFORE_NAME.sub("", rest, count=1) if _BEFORE_NAME.match(rest) else rest
    known = _names()
    for prefecture in (p for p in prefectures() if rest.startswith(p)):
        inner = _DISTRICT.sub("", rest.removeprefix(prefecture).lstrip(), count=1)
        inside = [name for name in known if inner.startswith(name)]
        if inside:
            return max(inside, key=len)
    bare = re.sub(r"\(.*\)$|役[場所]$|\s.*課$", "", rest)
    opens = [name for name in known if rest.startswith(name) and (bare == name or not _ASSOCIATION.search(rest))]
    return max(opens, key=len, default="")


def _other_body(words: str) -> bool:
    """Return whether a line of the cover names a prefecture, an association or an unknown town as the plan's own."""
    if _ASSOCIATION.search(words) or any(words.startswith(prefecture) for prefecture in prefectures()):
        return True
    town = words if _UNKNOWN_LINE.fullmatch(words) else ""
    title = _UNKNOWN_TITLE.match(words)
    return bool((town or title) and not _NO_TOWN.fullmatch(town or (title["name"] if title else "")))


@cache
def _names() -> frozenset[str]:
    return frozenset(m.name for m in municipalities())


def _most_named(lines: Sequence[Line]) -> str:
    """Return the name that the text says most often; where one name ends another (A市 in BA市), the longer one counts."""
    body = "\n".join(normalise(line.text) for line in lines)
    lengths = sorted(set(map(len, _names())), reverse=True)
    counts: Counter[str] = Counter()
    for end in re.finditer("[市区町村]", body):
        name = next((w for n in lengths if (w := body[max(0, end.end() - n) : end.end()]) in _names()), "")
        counts[name] += bool(name)
    most = max(counts.values(), default=0)
    return min((name for name, n in counts.items() if n == most > 0), key=body.index, default="")


def _place(text: str, lines: Sequence[Line], named: Sequence[PlanLine], name: str) -> Span:
    """Return where the name stands: alone on a line of the cover, else in one, else in the first sentence that has it."""
    alone = [line for line in named if re.fullmatch(rf"(?:\w+[都道府県])?\s?(?:\w+郡)?\s?{name}", line.words)]
    if alone or named:
        return (alone or list(named))[0].span
    line = min(
        (line for line in lines if name in normalise(line.text)), key=lambda line: line.kind is LineKind.CONTENTS
    )
    return next((s for s in split_sentences(text, line.span) if name in normalise(s.of(text))), line.span)


def _prefecture(lines: Sequence[Line], namesakes: Sequence[Municipality], name: str) -> Stated[str] | None:
    """Return the prefecture that stands right before the name, with the words for both."""
    either = "|".join(sorted(m.prefecture for m in namesakes))
    pattern = re.compile(rf"(?P<prefecture>{either})\s?(?:\w{{1,4}}郡)?{name}{_AFTER_NAME}")
    for line in lines:
        if not any(m.prefecture[0] in line.text for m in namesakes):
            continue
        words = read(line.text)
        if (match := pattern.search(words.text)) is not None:
            start, end = words.source_range(*match.span())
            return Stated(match["prefecture"], Span(line.span.start + start, line.span.start + end))
    return None


def _of_namesakes(lines: Sequence[Line], namesakes: Sequence[Municipality]) -> Municipality:
    """Return the only one of its name, or the one whose prefecture the text names most often."""
    if len(namesakes) == 1:
        return namesakes[0]
    body = "".join(normalise(line.text) for line in lines)
    ranked = sorted(namesakes, key=lambda m: -body.count(m.prefecture))
    if body.count(ranked[0].prefecture) > body.count(ranked[1].prefecture):
        return ranked[0]
    return Municipality("", "", namesakes[0].name, "")
