"""A question that asks several things -> the things it asks, each in its own words."""

from __future__ import annotations

import re

from assistant.wording import APART, COMPARED, QUESTION_WORD, SURELY_ASKS
from index.tokens import Token, tokenize

_PIECE = re.compile(r"[^、,。?？!！]+[、,。?？!！]*")
_TELL = re.compile(
    r"(?:を|も|について)(?:[^、。]{0,6})(?:教えて|知りたい|確認|示して|挙げて|答えて|説明して|お願い)|は[?？]?$|[?？]$"
)
_ENDS_ASKING = re.compile(r"[?？]$|(?:です|ます|ました|ません)か。$")
_TIME = re.compile(r"(?:年度?|月)末?$")
_TIMES_TOPIC = re.compile(r"(?:年度?|月)末?(?P<topic>の.+)$")
_CLAUSE = 8  # characters from which what is left can ask by itself
_BETWEEN = frozenset("、,「『")  # what may stand between と and the second thing
_MOST = 4  # a question of more parts is a story with commas


def asked_parts(focus: str) -> tuple[str, ...]:
    """Return the parts of a question that ask something each, in order; nothing when it asks one thing only.

    >>> asked_parts("会長は誰が務め、委員は何人、任期は何年ですか。")
    ('会長は誰が務め、', '委員は何人、', '任期は何年ですか。')
    >>> asked_parts("計画の期間と、見直しを行う年度を教えてください。")
    ('計画の期間', '見直しを行う年度を教えてください。')
    >>> asked_parts("対象になる世帯と補助の額は?"), asked_parts("計画の期間は?")
    (('対象になる世帯', '補助の額は?'), ())
    >>> asked_parts("令和2年と令和27年の人口を教えて")
    ('令和2年の人口を教えて', '令和27年の人口を教えて')
    >>> asked_parts("窓口の予約と施設の予約ではどちらが先に始まりますか。")
    ('窓口の予約、どちらが先に始まりますか。', '施設の予約、どちらが先に始まりますか。')
    """
    parts = _by_question_words(focus)
    if len(parts) < 2:
        parts = _compared(focus) or _by_nouns(focus)
    return tuple(parts) if 1 < len(parts) <= _MOST else ()


def _by_question_words(focus: str) -> list[str]:
    """Return the clauses up to each question word; what stands before the first belongs to it, the rest to the last."""
    parts: list[str] = []
    waiting = ""
    for piece in _PIECE.findall(focus):
        waiting += piece
        if QUESTION_WORD.search(piece) or _ENDS_ASKING.search(piece):
            parts.append(waiting)
            waiting = ""
    if parts and len(waiting) > _CLAUSE and SURELY_ASKS.search(waiting):
        parts.append(waiting)  # 「…の目標も知りたい」
    elif parts:
        parts[-1] += waiting
    return parts


def _compared(focus: str) -> list[str]:
    """Return each of two things that are held against each other, with what is asked of both."""
    match = COMPARED.search(focus)
    if match is None:
        return []
    tokens = tokenize(focus)
    starts = _starts(focus, tokens)
    joins = [
        i for i, t in enumerate(tokens[:-1]) if t.surface == "と" and match.start("b") > starts[i] >= match.end("a")
    ]
    if not joins or not _is_noun(tokens[joins[0] - 1]):
        return []
    one, other = (match[name].strip("、,") for name in "ab")
    return [f"{_with_topic(one, other)}、{match['asked']}", f"{other}、{match['asked']}"]


def _by_nouns(focus: str) -> list[str]:
    """Return the two things that と joins where both are to be told: 「期間と目標を教えて」「名称と、座長は誰かを教えて」."""
    if not _TELL.search(focus) or APART.search(focus):
        return []
    tokens = tokenize(focus)
    starts = _starts(focus, tokens)
    for i in range(len(tokens) - 2, 0, -1):
        if tokens[i].surface == "と" and _is_noun(tokens[i - 1]) and _is_noun(_after(tokens, i)):
            first, rest = focus[: starts[i]], focus[starts[i] + 1 :]
            if QUESTION_WORD.search(first) or (QUESTION_WORD.search(rest) and rest[0] not in "、,"):
                return []
            rest = rest.lstrip("、,")
            return [_with_topic(first, rest), rest] if _TELL.search(rest) else []
    return []


def _with_topic(one: str, other: str) -> str:
    """Return the first of two times with what is asked of both: 「令和2年と令和7年の人口」."""
    topic = _TIMES_TOPIC.search(other) if _TIME.search(one) else None
    return f"{one}{topic['topic']}" if topic else one


def _after(tokens: list[Token], at: int) -> Token:
    return next((t for t in tokens[at + 1 :] if t.surface not in _BETWEEN), tokens[-1])


def _is_noun(token: Token) -> bool:
    return token.pos[0] in ("名詞", "接尾辞", "接頭辞", "形状詞") or (
        token.pos[0] == "動詞" and token.surface[-1:] == "し"
    )


def _starts(text: str, tokens: list[Token]) -> list[int]:
    starts, at = [], 0
    for token in tokens:
        at = text.index(token.surface, at)
        starts.append(at)
        at += len(token.surface)
    return starts
