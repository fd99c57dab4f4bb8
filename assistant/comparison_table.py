"""What several municipalities' plans say -> a Markdown table with one row for each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

NOT_FOUND = "見つかりませんでした"
BLANK = "（記載なし）"
_HEAD = ("| 自治体 | 計画の記載 |", "| --- | --- |")
_BREAK = re.compile(r"\s*\n\s*")
_EDGES = re.compile(r"^(?:\s*\n)+|(?:\n\s*)+$")


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A municipality and the statements of its plan with their [n] marks: none where nothing was found, "" for a blank cell."""

    municipality: str
    statements: tuple[str, ...] = ()


def comparison_table(rows: Sequence[ComparedRow]) -> str:
    """Return the rows as a Markdown table. What was not found is told apart from what the plan itself leaves blank.

    >>> print(comparison_table([ComparedRow("甲町", ("「4年間」[1]",)), ComparedRow("乙町"), ComparedRow("丙町", ("",))]))
    | 自治体 | 計画の記載 |
    | --- | --- |
    | 甲町 | 「4年間」[1] |
    | 乙町 | 見つかりませんでした |
    | 丙町 | （記載なし） |
    """
    return "\n".join([*_HEAD, *(f"| {_cell(row.municipality)} | {_said(row)} |" for row in rows)])


def _said(row: ComparedRow) -> str:
    return "／".join(_cell(statement) or BLANK for statement in row.statements) if row.statements else NOT_FOUND


def _cell(text: str) -> str:
    """Return text that stays inside its cell: no line break, no bare pipe.

    >>> _cell("・甲|乙\\n・丙\\n"), _cell("a\\\\|b")
    ('・甲\\\\|乙／・丙', 'a\\\\\\\\\\\\|b')
    """
    lines = _BREAK.sub("／", _EDGES.sub("", text.replace("\r", "\n"))).strip()
    return lines.replace("\\", "\\\\").replace("|", "\\|")
