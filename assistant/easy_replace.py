"""The words of a clause in plain ones, by the table ``easy_words.txt``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.easy_brackets import OPEN, in_brackets
from assistant.easy_conjugate import conjugated
from assistant.easy_table import Entry, doers, entries
from assistant.easy_verbs import ends
from assistant.easy_years import western_years
from index.tokens import Token, tokenize

# Marks and words that make one thing of the nouns beside them, or a row of equals in which no single one may change.
_JOIN = (
    "・",
    "／",
    "/",
    "-",
    "－",
    "と",
    "や",
    "か",
    "および",
    "及び",
    "並びに",
    "ならびに",
    "又は",
    "または",
    "若しくは",
)
_LOOSE = ("等", "等々", "など", "内", "後", "時", "中")  # stand behind any noun and leave it a word of its own
_MOST_NOTES = 2  # explanations in one sentence; more of them hide it


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the plain text; ``added`` where it explains and stands for nothing in the original."""

    text: str
    added: bool = False


def replace(clause: str, noted: set[str]) -> list[Segment]:
    """Return ``clause`` in plain words. Terms in ``noted`` are not explained again; those explained now join them.

    What stands in brackets or quotation marks, names and figures stay; an era's year is followed by the Western one.

    >>> "".join(s.text for s in replace("デジタル化を推進します", set()))
    'デジタル化〈コンピューターで使えるようにすること〉を進めます'
    >>> "".join(s.text for s in replace("令和7年度に検討します", set()))
    '令和7年度〈2025年度〉にどうするか考えます'
    """
    tokens = tokenize(clause)
    held = in_brackets(tokens)
    years = western_years(clause)
    segments: list[Segment] = []
    notes = 0
    at = 0
    while at < len(tokens):
        found = None if held[at] else _found(clause, tokens, at, noted if notes < _MOST_NOTES else None)
        text, note, after = found or (tokens[at].surface, "", at + 1)
        segments.append(Segment(text))
        if note:
            segments.append(Segment(f"〈{note}〉", added=True))
            noted.add(text)
            notes += 1
        at = after
        end = tokens[at - 1].end
        if end in years:
            segments.append(Segment(f"〈{years[end]}〉", added=True))
    return segments


def _found(clause: str, tokens: Sequence[Token], at: int, noted: set[str] | None) -> tuple[str, str, int] | None:
    """Return the plain text of the entry that begins at a word, its note, and the first word after it, if there is one."""
    if tokens[at].pos[1] == "固有名詞" and tokens[at].pos[2] != "一般":
        return None
    start = tokens[at].start
    for entry in entries().get(tokens[at].surface[:1], ()):
        if not clause.startswith(entry.lead, start):
            continue
        if entry.sort == "+":
            if noted is None or entry.formal in noted:
                continue
            after = _whole(tokens, at, entry.formal)
            if after is not None and not (after < len(tokens) and tokens[after].surface[0] in OPEN):
                return entry.formal, entry.plain, after
        elif entry.sort == "=":
            after = _whole(tokens, at, entry.formal)
            if after is not None:
                after_verb = at > 0 and ends(tokens[at - 1])  # 計画のときに, but 進めるときに
                return entry.plain.removeprefix("の" if after_verb else ""), "", after
        elif (inflected := _inflected(tokens, at, entry)) is not None:
            return inflected[0], "", inflected[1]
    return None


def _whole(tokens: Sequence[Token], at: int, formal: str) -> int | None:
    """Return the word after ``formal`` where that stands at a word's start, ends with a word, and is no part of another."""
    end = tokens[at].start + len(formal)
    after = next((i for i in range(at, len(tokens)) if tokens[i].end == end), None)
    if after is None or not _free_before(tokens, at, row=False):
        return None
    follows = tokens[after + 1] if after + 1 < len(tokens) else None
    if (
        follows is not None
        and tokens[after].pos[0] == "動詞"
        and follows.base in ("た", "て", "ます", "れる", "られる")
    ):
        return None
    if follows is not None and _nominal(tokens[after]):
        if follows.base in ("する", "できる") or follows.surface in _JOIN[:5]:
            return None
        if _nominal(follows) and follows.surface not in _LOOSE:
            return None
    return after + 1


def _inflected(tokens: Sequence[Token], at: int, entry: Entry) -> tuple[str, int] | None:
    """Return the plain words in the form that the formal verb has here, and the word after what they stand for."""
    if entry.verb is None or entry.plain_verb is None:
        return None
    place = tokens[at].start + len(entry.lead)
    last = next((i for i in range(at, len(tokens)) if tokens[i].start == place), None)
    if last is None or not _free_before(tokens, at, row=True):
        return None
    follows = tokens[last + 1] if last + 1 < len(tokens) else None
    if entry.verb.base == "する" and tokens[last].base == "できる" and not entry.lead.startswith("が"):
        can = entry.plain_verb.potential.base
        return entry.plain_lead + can[:-1] + tokens[last].surface.removeprefix("でき"), last + 1
    if tokens[last].base != entry.verb.base or tokens[last].pos[0] not in ("動詞", "助動詞"):
        return None
    formed = conjugated(entry.plain_verb, tokens[last], follows)
    return None if formed is None else (entry.plain_lead + formed[0], last + 1 + formed[1])


def _free_before(tokens: Sequence[Token], at: int, *, row: bool) -> bool:
    """Return whether the words at ``at`` do not continue a compound, nor (``row``) a row of equals, nor follow a doer's の."""
    if at == 0:
        return True
    before, first = tokens[at - 1], tokens[at]
    if first.surface == "の":
        return before.surface not in doers() and not (row and _in_row(tokens, at))
    if not _nominal(first) or first.surface in _LOOSE:
        return True
    if _nominal(before) or before.surface in _JOIN[:5]:
        return before.pos[1] == "普通名詞" and before.pos[2] == "副詞可能" and before.surface != "・"
    comma = before.surface == "、" and at > 1 and _nominal(tokens[at - 2])
    return not (row and (before.surface in _JOIN or comma))


def _in_row(tokens: Sequence[Token], at: int) -> bool:
    """Return whether the deed at ``at`` is one of several that a following verb takes together (Aの改善やBの向上を図る)."""
    for place in range(at - 1, 0, -1):
        token = tokens[place]
        doing = tokens[place - 1].pos[2] == "サ変可能" or tokens[place - 1].surface == "化"
        if doing and (token.surface in _JOIN or token.surface == "、"):
            return True
        if token.pos[0] in ("動詞", "助動詞") or token.surface in ("は", "が", "を", "に", "で", "も"):
            return False
    return False


def _nominal(token: Token) -> bool:
    return token.pos[0] in ("名詞", "接尾辞", "接頭辞", "形状詞") or (
        token.surface.isascii() and token.surface.isalnum()
    )
