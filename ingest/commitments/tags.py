"""What stands in brackets behind a measure's name or text: its status (継続), its time (R8～), the office in charge (建設課)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.document import Span
from ingest.search_text import normalise
from ingest.sentences import trim

_TAG = re.compile(r"(?s:.*\S)\s*[【〔［\[（(〈<](?P<words>[^【】〔〕［］\[\]（）()〈〉<>]{1,40})[】〕］\]）)〉>]")
_WHOLE = re.compile(r"[（(〔［\[【](?P<words>[^（）()〔〕［］\[\]【】。]{2,40})[）)〕］\]】]。?")
_PARTING = re.compile(r"[・、,，/／\s]+")
_STATUS = re.compile(
    r"(?:一部)?(?:新規?|継続?|拡充?|拡大|重点?|再掲|改善|強化|見直し|充実|完了|縮小|廃止|検討|実施|統合|変更)(?:中|あり|事業|取組|施策|項目)?"
)
_TIME = re.compile(r"(?:\d{4}年|(?:令和|平成|[RHS])\d{1,2}(?:年|$|[~-])|毎年|毎月|随時|通年|[年月週]\d{1,2}回).{0,14}")
# An office that can be in charge; at least one of those in a bracket must be one that is never a mere place.
_OFFICE = re.compile(
    r".*(?:課|室|係|局|班|部|署|本部|委員会|担当|センター|支所|出張所|公民館|図書館|学校|保育所|こども園|議会|法人|協議会|組合)(?:等|ほか)?"
)
_IN_CHARGE = re.compile(r".*(?:課|室|係|局|班|本部|委員会|担当)(?:等|ほか)?")
_LABEL = re.compile(r"(?:主?担当|所管|主管)(?:課|部署|部局)?\s?[：:]\s?")
_OTHERS = re.compile(r"国|[都道府県]|\S{2,3}[都道府県]|\S+省|(?:消防|警察|文化|観光|環境|こども家庭|デジタル)庁")
_TAGS = 3  # brackets that stand behind one name


@dataclass(frozen=True, slots=True)
class Named:
    """A measure's name, and what the brackets behind it say: times and the office in charge."""

    span: Span
    times: tuple[Span, ...] = ()
    unit: Span | None = None


def read_tags(text: str, span: Span) -> Named:
    """Return a name without the brackets behind it that say when, by whom and in which state; others belong to the name.

    >>> text = "給食費の無償化【新規・令和7年度から】（教育委員会）"
    >>> found = read_tags(text, Span(0, len(text)))
    >>> found.span.of(text), [time.of(text) for time in found.times], found.unit.of(text)
    ('給食費の無償化', ['令和7年度から'], '教育委員会')
    """
    times: tuple[Span, ...] = ()
    unit = None
    for _ in range(_TAGS):
        match = _TAG.fullmatch(span.of(text))
        if match is None:
            break
        words = Span(span.start + match.start("words"), span.start + match.end("words"))
        said = _times(text, words)
        if said is not None:
            times = (*said, *times)
        elif (office := _office(text, words, sure=text[words.start - 1] in "【〔")) is not None:
            unit = office
        else:
            break
        span = trim(text, span.start, words.start - 1)
    return Named(span, times, unit)


def bracketed_office(text: str, span: Span) -> Span | None:
    """Return the office that a bracket standing for itself names, behind the sentences of a measure.

    >>> text = "（住民こども課・建設課）"
    >>> bracketed_office(text, Span(0, len(text))).of(text), bracketed_office("（敬称略）", Span(0, 5))
    ('住民こども課・建設課', None)
    """
    match = _WHOLE.fullmatch(span.of(text))
    if match is None:
        return None
    return _office(text, Span(span.start + match.start("words"), span.start + match.end("words")))


def bracketed_times(text: str, span: Span) -> tuple[Span, ...]:
    """Return the times in a bracket at the end of a stretch: R8～ of 拡充（R8～）; nothing where it ends otherwise."""
    return read_tags(text, span).times


def _times(text: str, words: Span) -> tuple[Span, ...] | None:
    """Return the times among the words of a tag, ``None`` where the bracket says something else."""
    times = []
    at = words.start
    for part in _PARTING.split(words.of(text)):
        start = text.index(part, at, words.end)
        at = start + len(part)
        if _TIME.fullmatch(normalise(part)):
            times.append(Span(start, at))
        elif part and not _STATUS.fullmatch(part):
            return None
    return tuple(times)


def _office(text: str, words: Span, *, sure: bool = False) -> Span | None:
    """Return the office among the words of a bracket, without a 担当： before it; ``None`` where they name none.

    ``sure``: the bracket is one that holds no place (【地域包括支援センター】).
    """
    label = _LABEL.match(text, words.start, words.end)
    start = label.end() if label else words.start
    parts = [part for part in _PARTING.split(text[start : words.end]) if part]
    named = sure or any(map(_IN_CHARGE.fullmatch, parts)) or (label is not None and bool(parts))
    return Span(start, words.end) if named and parts and all(map(_OFFICE.fullmatch, parts)) else None


def is_of_others(unit: str) -> bool:
    """Return whether nobody of the town is in charge: the country or the prefecture alone.

    >>> is_of_others("厚生労働省"), is_of_others("県・福祉課"), is_of_others("")
    (True, False, False)
    """
    parts = [part for part in _PARTING.split(unit) if part]
    return bool(parts) and all(map(_OTHERS.fullmatch, parts))
