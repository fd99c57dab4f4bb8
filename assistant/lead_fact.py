"""A fact that a clause states, and how far the plan stands by it: as it is, expected, or aimed at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.easy_polite import polite
from assistant.lead_clause import AskedClause
from assistant.lead_words import AIM_BEFORE, KEPT, NAMES
from assistant.said import modality
from assistant.wording import Wanted

_TAIL = 34  # characters of a sentence's end that a lead repeats as they are
_OTHER_FACT = re.compile(r"[0-9]|[「」『』()]|、")
_POLITE = re.compile(r"(?:ます|です|ました|でした|ません)$")
_SAYS_MORE = re.compile(r"^(?:に|を|の|が|で)?$")


@dataclass(frozen=True, slots=True)
class Fact:
    """What a quote states: ``said`` is the bare fact (「令和7年度末まで」), ``lead`` the sentence that says it."""

    kind: Wanted
    said: str
    lead: str


def word_fact(kind: Wanted, said: str, one: AskedClause, start: int, end: int) -> Fact | None:
    """Return the fact at ``[start, end)`` of a clause, worded as firmly as the plan words it; ``None`` where that is unclear.

    The end of the plan's own sentence is repeated where it is short; else the fact stands with です, or with the modality that
    the plan gives it (見込まれています, 予定です, 目標は).
    """
    text = one.clause.text
    before, behind = text[:start], text[end:]
    aimed = AIM_BEFORE.search(before) is not None
    said_behind = NAMES.sub("", behind)
    hedged = modality(NAMES.sub("", before)) - ({"aimed at"} if aimed else set())
    acts = [word for word in one.clause.words if word.said is not None and word.token.start >= end]
    later = modality(said_behind).union(*(word.said or () for word in acts if not NAMES.search(behind)))
    if hedged - later or (later | hedged) & {"denied", "considered", "needed", "possible", "tried"}:
        return None
    if aimed:
        return Fact(kind, f"{said}（目標）", f"目標は、{said}です。")
    if not hedged and (tail := _tail(one, said, behind)):
        kept = next((name for name, pattern in _STATUS if pattern.search(said_behind)), "")
        return Fact(kind, f"{said}（{kept}）" if kept else said, tail)
    if later & {"expected", "aimed at"}:
        form = next((form for pattern, form in KEPT if pattern.search(said_behind)), "")
        kept = next((name for name, pattern in _STATUS if pattern.search(said_behind)), "")
        return Fact(kind, f"{said}（{kept}）", form.format(said)) if form and kept else None
    return Fact(kind, said, f"{said}です。")


_STATUS = (
    ("目標", re.compile(r"目標|目指|めざ|努め")),
    ("予定", re.compile(r"予定")),
    ("見込み", re.compile(r"見込|見通")),
    ("推計", re.compile(r"推計|推定|想定|予測|予想")),
)  # what a bare fact is marked with beside others


def _tail(one: AskedClause, said: str, behind: str) -> str:
    """Return the fact with the end of its sentence, where that is short, holds no other fact and ends in a polite verb."""
    rest = behind.rstrip("。 ")
    if one.rest or len(said) + len(rest) > _TAIL or _OTHER_FACT.search(rest) or _SAYS_MORE.match(rest):
        return ""
    ended = polite(rest)
    return f"{said}{ended}。" if _POLITE.search(ended) else ""
