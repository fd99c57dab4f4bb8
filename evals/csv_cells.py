"""How a case is laid out in a spreadsheet: one row a case, several values of a field on lines of their own in its cell.

=========== =====================================================================
column      cell
=========== =====================================================================
towns, ...  one name a line
history     one turn a line: ``user: ...`` or ``assistant: ...``, with ¶ for a line break in it
evidence    one passage a line: ``plan_id: quote``
must        one group a line, its alternatives parted by `` | ``
abstain     ``TRUE`` or ``FALSE``, as spreadsheet programs write them
=========== =====================================================================
"""

from __future__ import annotations

import re
from dataclasses import fields

from pydantic import JsonValue

from evals.case import Case

CSV_COLUMNS = tuple(field.name for field in fields(Case))
_LISTS = ("towns", "scope", "must_not", "tags")
_FLAGS = ("all_evidence", "abstain")
_OR = " | "
_PAIR = re.compile(r"([^:：]+?)\s*[:：]\s?(.*)", re.DOTALL)
_BREAK = "¶"  # a line break inside an earlier turn; a sign that Shift_JIS has too


def row_to_json(row: dict[str, str]) -> dict[str, JsonValue]:
    """Return the JSON object that a row stands for; columns that are not there stand for empty cells.

    >>> row_to_json({"id": "a-1", "must": "令和7年度 | 2025年度\\n企画課", "abstain": "FALSE"})["must"]
    [['令和7年度', '2025年度'], ['企画課']]
    """
    value: dict[str, JsonValue] = {name: text.strip() for name, text in row.items()}
    for name in _LISTS:
        value[name] = list[JsonValue](_lines(row.get(name, "")))
    for name in _FLAGS:
        value[name] = _flag(row.get(name, ""))
    value["must"] = [list[JsonValue](group.split(_OR)) for group in _lines(row.get("must", ""))]
    value["history"] = _pairs(row.get("history", ""), "role", "content")
    value["evidence"] = _pairs(row.get("evidence", ""), "plan", "quote")
    value["reason"] = value.get("reason") or None
    return value


def case_to_row(case: Case) -> dict[str, str]:
    """Return the row of a case.

    Raises:
        ValueError: an alternative of ``must`` holds the mark that parts alternatives.
    """
    if any(_OR in word for group in case.must for word in group):
        raise ValueError(f"{case.id}: must の語に「{_OR}」があるため、CSV にできません。")
    history = "\n".join(f"{turn.role}: {turn.content}".replace("\n", _BREAK) for turn in case.history)
    return {
        "id": case.id,
        "question": case.question,
        "persona": case.persona,
        "type": case.type,
        **{name: "\n".join(getattr(case, name)) for name in _LISTS},
        "history": history,
        "evidence": "\n".join(f"{passage.plan}: {passage.quote}" for passage in case.evidence),
        "all_evidence": str(case.all_evidence).upper(),
        "must": "\n".join(_OR.join(group) for group in case.must),
        "abstain": str(case.abstain).upper(),
        "reason": case.reason or "",
        "origin": case.origin,
    }


def _lines(cell: str) -> list[str]:
    return [line for line in cell.replace("\r\n", "\n").split("\n") if line.strip()]


def _flag(cell: str) -> JsonValue:
    return {"true": True, "1": True, "false": False, "0": False, "": False}.get(cell.strip().lower(), cell)


def _pairs(cell: str, key: str, content: str) -> list[JsonValue]:
    pairs: list[JsonValue] = []
    for line in _lines(cell):
        match = _PAIR.fullmatch(line)
        first, rest = (match[1], match[2]) if match else ("", line)
        pairs.append({key: first.strip(), content: rest.replace(_BREAK, "\n")})
    return pairs
