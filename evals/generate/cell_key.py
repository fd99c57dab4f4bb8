"""What an answer about a table cell must hold."""

from __future__ import annotations

import re

from evals.same_text import folded
from ingest.document import Cell
from ingest.search_text import normalise, readable

_NUMBER = re.compile(r"[0-9][0-9,.]*")
_SHORT = 2  # digits; such a number also stands inside other numbers and dates
_UNIT = re.compile(r"[(（](人|名|件|円|千円|万円|世帯|か所|箇所|台|回|歳|%|％)[)）]$")
# What stands before and after a number that an answer gives: 「事務数は12です」「合計：12件」「事務数は12[1]」「12、」.
_LEADS = ("は", "が", ":")
_FOLLOWS = ("で", "件", "、", "。", "[", "」")
# Where a cell holds several things: list items, and what layout parted by two spaces.
_PARTS = re.compile(r"</?(?:ul|li|p|br)[^<>]*>|\s{2,}|(?:^|\s)・|(?<=[^\s])\s+(?=・)")
_RANGE = re.compile(r"[～〜~]")


def cell_key(cell: Cell, text: str) -> tuple[tuple[str, ...], ...]:
    """Return the groups of facts that a right answer about ``cell`` holds, one for each thing that the cell lists.

    A number of one or two digits counts only with what stands around it in an answer, since 5 is in 15 and 令和5年 too.

    >>> from ingest.document import Span
    >>> cell_key(Cell("実施時期", "令和6年度～令和8年度", Span(0, 11)), "令和6年度～令和8年度")
    (('令和6年度～令和8年度', '2024年度~2026年度', '令和6年度から令和8年度', '2024年度から2026年度'),)
    >>> cell_key(Cell("事務数", "1,164", Span(0, 5)), "1,164")
    (('1,164', '1164'),)
    >>> key = cell_key(Cell("事務数", "5", Span(0, 1)), "5")
    >>> "は5で" in key[0], "事務数5件" in key[0], "5" in key[0]
    (True, True, False)
    """
    if _NUMBER.fullmatch(cell.value):
        return (_number(cell),)
    parts = [readable(part).strip("・ ") for part in _PARTS.split(cell.span.of(text))]
    return tuple(_wordings(part) for part in parts if folded(part)) or (_wordings(cell.value),)


def _number(cell: Cell) -> tuple[str, ...]:
    digits = cell.value.replace(",", "")
    if len(digits) > _SHORT:
        return _distinct([cell.value, digits])
    unit = _UNIT.search(cell.column)
    follows = (unit[1], *_FOLLOWS) if unit else _FOLLOWS
    leads = (*_LEADS, _UNIT.sub("", cell.column).split()[-1])
    return tuple(f"{lead}{digits}{follow}" for lead in leads for follow in follows)


def _wordings(value: str) -> tuple[str, ...]:
    plain = normalise(value)
    return _distinct([value, plain, _RANGE.sub("から", value), _RANGE.sub("から", plain)])


def _distinct(wordings: list[str]) -> tuple[str, ...]:
    return tuple({folded(wording): wording for wording in reversed(wordings)}.values())[::-1]
