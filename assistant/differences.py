"""The facts of several municipalities -> the one sentence that says what differs, or which is longer, earlier or larger."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.understand import Understanding
from assistant.wording import ADJECTIVE, LOWEST, Wanted
from ingest.eras import find_years

_STATUS = re.compile(r"（(?:目標|予定|見込み|推計)）$")
_GLOSS = re.compile(r"（[^）]*[0-9][^）]*）")
_LENGTH = re.compile(r"(?P<n>[0-9]{1,2})(?:か年|年間)$")
_FIGURE = re.compile(r"^(?P<n>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<large>[万億]?)(?P<unit>[^0-9以未約]{1,4})$")
_LARGE = {"": 1, "万": 10_000, "億": 100_000_000}
_EDGE = re.compile(r"以降|以後|以前|から$|頃|ごろ")
# What a question compares by -> the word in which the sentence says it, and whether the least is meant.
_BY = (
    (re.compile(r"長い|長く|長さ"), "長い", False),
    (re.compile(r"短い|短く"), "短い", True),
    (re.compile(r"早い|早く|速い|先に"), "早い", True),
    (re.compile(r"遅い|遅く|後に"), "遅い", False),
)
_NAMES = {Wanted.PERIOD: "期間", Wanted.DATE: "時期", Wanted.NUMBER: "数"}
_DEADLINE = re.compile(r"期限|いつまで|何年度?までに")
_LONGEST = 120  # characters


@dataclass(frozen=True, slots=True)
class _Value:
    """A fact as it is compared: ``size`` orders facts of one ``sort``; ``said`` is how the sentence gives it."""

    sort: str
    size: float
    said: str
    status: str


def differences(asked: Understanding, facts: Mapping[str, str]) -> str:
    """Return what differs between municipalities, or that they agree, each with its fact; "" where facts cannot be compared.

    ``facts`` are bare facts (see ``assistant.lead_fact.Fact.said``) by municipality, at least two.

    >>> from assistant.answer import Question
    >>> from assistant.understand import understand
    >>> facts = {"甲町": "令和5年度から令和8年度までの4年間", "乙町": "令和5年度から令和9年度までの5年間"}
    >>> differences(understand(Question("計画の期間は？長いのはどっち？"), ()), facts)
    '長いのは乙町（5年間）です。期間は、甲町が4年間、乙町が5年間で、異なります。'
    """
    values = {town: value for town, fact in facts.items() if (value := _value(asked, fact)) is not None}
    if len(values) < 2 or len(values) < len(facts) or len({(v.sort, v.status) for v in values.values()}) != 1:
        return ""
    name = _name(asked, next(iter(values.values())).sort)
    sizes = {value.size for value in values.values()}
    if len(sizes) == 1:
        return _same(name, values)
    said = "、".join(f"{town}が{value.said}" for town, value in values.items())
    told = f"{_most(asked, values)}{name}は、{said}で、異なります。"
    return told if len(told) <= _LONGEST else ""


def _value(asked: Understanding, fact: str) -> _Value | None:
    """Return a fact as it is compared: the length of a span where lengths are asked for, else its times, or a figure."""
    status = match[0] if (match := _STATUS.search(fact)) else ""
    bare = _GLOSS.sub("", fact.removesuffix(status))
    years = find_years(bare)
    if (length := _LENGTH.search(bare)) and len(years) in (0, 2):
        return _Value("length", int(length["n"]), f"{length['n']}年間{status}", status)
    if len(years) == 1 and not _EDGE.search(bare):
        return _Value("time", _day(years[0].last_day), f"{bare}{status}", status)
    figure = _FIGURE.match(bare)
    if years or figure is None or Wanted.NUMBER not in asked.wanted:
        return None
    size = float(figure["n"].replace(",", "")) * _LARGE[figure["large"]]
    return _Value(f"figure {figure['unit']}", size, f"{bare}{status}", status)


def _day(last: date) -> float:
    return float(last.toordinal())


def _name(asked: Understanding, sort: str) -> str:
    if sort == "length":
        return "期間"
    if sort == "time":
        return "期限" if _DEADLINE.search(asked.focus) else "時期"
    unit = sort.removeprefix("figure ")
    return "割合" if unit in ("%", "割") else "件数" if unit == "件" else "人数" if unit in ("人", "名") else "数"


def _same(name: str, values: Mapping[str, _Value]) -> str:
    """Return that all agree; where they are worded differently (令和7年度, 令和7年度末) each is given as the plan has it."""
    said = {value.said for value in values.values()}
    if len(said) == 1:
        return f"{name}は、{_all(list(values))}とも{said.pop()}で同じです。"
    each = "、".join(f"{town}が{value.said}" for town, value in values.items())
    return f"{name}は、{each}です。"


def _all(towns: Sequence[str]) -> str:
    """Return several municipalities in a word.

    >>> _all(["甲町", "乙町"]), _all(["甲町", "乙町", "丙町"]), _all(["甲町", "乙市"])
    ('両町', '3町', '2つの自治体')
    """
    sorts = {town[-1:] for town in towns}
    if len(sorts) > 1 or not sorts <= set("市町村"):
        return f"{len(towns)}つの自治体"
    return ("両" if len(towns) == 2 else str(len(towns))) + sorts.pop()


def _most(asked: Understanding, values: Mapping[str, _Value]) -> str:
    """Return which municipality is the longest, earliest or largest, where the question asks that and there is just one."""
    sort = next(iter(values.values())).sort
    how = next(((word, least) for asks, word, least in _BY if asks.search(asked.focus)), None)
    if how is None and sort.startswith("figure") and (adjective := ADJECTIVE.search(asked.focus)):
        how = (f"{adjective['stem']}い", LOWEST.search(asked.focus) is not None)
    if how is None or (how[0] in ("長い", "短い")) != (sort == "length"):
        return ""
    best = (min if how[1] else max)(value.size for value in values.values())
    towns = [town for town, value in values.items() if value.size == best]
    return f"{how[0]}のは{towns[0]}（{values[towns[0]].said}）です。" if len(towns) == 1 else ""
