"""What a text claims, clause by clause: its words, the figures, times and offices among them, and what is said of each.

A plan's quote and a model's sentence are read by the same rules, so that they can be held against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.claim_words import (
    AIMED_BEFORE,
    AUXILIARY,
    BASE,
    BOUND,
    COMPOUND,
    DENIED,
    DOER,
    DONE_TO,
    ENDS,
    EVERY,
    FORMAL,
    GOVERNMENT,
    HOLDS_POST,
    KANJI_NUMBER,
    LATE,
    MODALITY,
    NO_DENIAL,
    OFFICE,
    ONGOING,
    OPPOSITES,
    PAST,
    SAME,
    SAME_UNIT,
    STARTS,
    UNIT,
)
from index.tokens import Token, is_content, tokenize
from ingest.eras import find_years, kanji_number
from ingest.search_text import normalise

_FIGURE = re.compile(rf"(?P<n>[0-9][0-9,]*(?:\.[0-9]+)?(?:[万億兆千]+)?)(?P<unit>{UNIT})?")
_END = re.compile(r"[。;\n\t]|[!?](?=[^.])")
_BRACKETED = re.compile(r"\([^()]*\)")
_JOINS = re.compile(r"(?:から|より|[~\-・,]|と|や|及び|および|末|度|まで|の|、)*")
_NEXT_TO = re.compile(r"の?[「『]?")
_OPPOSITE = {word: (f"opposite {i}", word) for i, group in enumerate(OPPOSITES) for word in group}
_COUNTED_KIND = re.compile(r"time|office|government|opposite")
_FINAL = 10  # characters that hold a clause's last verb with what is said of it
_VERBAL = ("動詞", "助動詞")


Binding = tuple[str, str, str]  # a word, the kind of an anchor, the anchor's name


@dataclass(frozen=True, slots=True)
class Anchor:
    """A figure, time, office or opposite. Of one kind a clause's words belong to one; equal names are equal facts."""

    kind: str
    name: str
    start: int
    end: int
    bounds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Word:
    """A content word. ``said`` is the modality of an action or state, ``None`` for other words.

    ``within`` is the modality inside the relative clause that the word stands in (「活用した業務」), ``None`` outside one.
    """

    key: str
    token: Token
    said: frozenset[str] | None
    within: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence: ``sentence`` numbers it within its text; ``topic_end`` is where its topic ends (0: none)."""

    text: str
    sentence: int
    words: tuple[Word, ...]
    anchors: tuple[Anchor, ...]
    tense: str
    base: frozenset[str]
    topic_end: int = 0
    bound: frozenset[Binding] = frozenset()
    beside: frozenset[Binding] = frozenset()  # those of words right behind a figure
    loose: frozenset[Binding] = frozenset()  # all that the clause allows
    posts: frozenset[tuple[str, str]] = frozenset()  # who holds which post
    doers: frozenset[str] = frozenset()  # the nouns before が and は
    done_to: frozenset[str] = frozenset()  # the nouns before を, に and へ


def plain(text: str) -> str:
    """Return text as claims are read from it: years in one form, numbers in digits.

    >>> plain("令和５年度から五年間")
    '2023年度から5年間'
    """
    return KANJI_NUMBER.sub(lambda m: str(kanji_number(m[0])) if len(m[0]) < 4 else m[0], normalise(text))


@lru_cache(maxsize=2048)
def clauses(text: str) -> tuple[Clause, ...]:
    """Return the clauses of a plain text in order.

    >>> [[anchor.name for anchor in clause.anchors] for clause in clauses("2024年度に決め、2025年度に12件行う。")]
    [['2024年度'], ['2025年度', '12件']]
    """
    found: list[Clause] = []
    for number, sentence in enumerate(part for part in _END.split(text) if part and part.strip()):
        parts = list(_parts(sentence))
        for i, part in enumerate(parts):
            # 「公開し、活用するよう努めます」: what is said of the last verb holds for those that run on to it
            final = parts[i + 1] if i + 1 < len(parts) and _runs_on(part) else part
            later = modality(final[-_FINAL:]) - {"denied"} if final is not part else frozenset()
            found.append(_clause(part, number, later, _tense(final)))
    return tuple(found)


def _parts(sentence: str) -> Iterator[str]:
    """Yield a sentence's clauses: it is cut at commas behind a verb."""
    start = 0
    tokens = tokenize(sentence)
    for before, token in zip(tokens, tokens[1:], strict=False):
        if token.surface not in "、," or COMPOUND.search(sentence[start : token.start]):
            continue
        if before.pos[0] in _VERBAL or before.pos[1] == "接続助詞" or before.surface in ("ため", "一方"):
            yield sentence[start : token.end]
            start = token.end
    yield sentence[start:]


def _runs_on(part: str) -> bool:
    tokens = [token for token in tokenize(part) if token.pos[0] != "補助記号"]
    return bool(tokens) and tokens[-1].pos[0] == "動詞" and not part.rstrip("、").endswith(("おり", "ており"))


def _tense(part: str) -> str:
    text = part.rstrip("、。 」』)")
    if PAST.search(text):
        return "past"
    if ONGOING.search(text[-6:]):
        return "ongoing"
    last = tokenize(text)[-1:] if text else []
    return "plain" if last and last[0].pos[0] in _VERBAL else ""


def modality(text: str) -> frozenset[str]:
    """Return what a text says of what stands before it: denied, considered, aimed at and so on.

    >>> sorted(modality("を検討しません")), modality("しなければなりません")
    (['considered', 'denied'], frozenset({'needed'}))
    """
    found = {name for name, pattern in MODALITY if pattern.search(text)}
    if DENIED.search(NO_DENIAL.sub("", text)):
        found.add("denied")
    return frozenset(found)


def _clause(part: str, number: int, later: frozenset[str], tense: str) -> Clause:
    tokens = tokenize(part)
    anchors = tuple(sorted(_anchors(part, tokens), key=lambda anchor: anchor.start))
    covered = [a for a in anchors if a.kind not in ("office", "government") and not a.kind.startswith("opposite")]
    words = tuple(
        _word(part, tokens, at, later)
        for at, token in enumerate(tokens)
        if tells(token) and not any(a.start <= token.start and token.end <= a.end for a in covered)
    )
    topic = next((token.end for token in tokens if token.pos[1] == "係助詞"), part.find("について") + 1)
    posts = frozenset(
        (match["who"], match["post"]) for pattern in HOLDS_POST for match in pattern.finditer(_unquoted(part))
    )
    bound = _bindings(part, words, anchors)
    roles = (frozenset(w.key for w in words if case.match(part, w.token.end)) for case in (DOER, DONE_TO))
    return Clause(part, number, words, anchors, tense, _base(part, words), topic, *bound, posts, *roles)


def _unquoted(text: str) -> str:
    return re.sub("[「」『』]", "", text)


def _word(text: str, tokens: Sequence[Token], at: int, later: frozenset[str]) -> Word:
    token = tokens[at]
    key = word_key(token)
    if at + 1 < len(tokens) and tokens[at + 1].surface == "以外":
        key += "以外"
    if not _acts(tokens, at):
        return Word(key, token, None, None)
    aimed = frozenset({"aimed at"} if AIMED_BEFORE.search(text[: token.start]) else ())
    end = _relative_end(tokens, at)
    within = modality(text[token.end : end]) if end else None
    return Word(key, token, modality(text[token.end :]) | later | aimed, within)


def _relative_end(tokens: Sequence[Token], at: int) -> int:
    """Return where the relative clause ends that a word stands in: a verb right before a noun that it describes; else 0."""
    for before, after in zip(tokens[at:], tokens[at + 1 :], strict=False):
        if before.pos[0] in _VERBAL and (after.pos[0] in ("名詞", "接頭辞", "形状詞") or after.surface in "「『"):
            if before.surface not in ("で", "に", "と") and after.norm not in FORMAL:
                return before.end
    return 0


def tells(token: Token) -> bool:
    """Return whether a token says something that must be proven: nouns, verbs, adjectives, suffixes, adverbs."""
    if token.pos[0] == "副詞":
        return True
    if token.pos[1] == "非自立可能" and token.norm in AUXILIARY:
        return False
    return is_content(token) and token.pos[0] in ("名詞", "動詞", "形容詞", "形状詞", "接尾辞")


def word_key(token: Token) -> str:
    """Return the form in which words are compared."""
    norm = token.norm.casefold()
    return SAME.get(norm, norm)


def _acts(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a word is an action or state of which something can be said; of a compound its last noun decides."""
    for before, after in zip(tokens[at:], [*tokens[at + 1 :], None], strict=True):
        if after is None or after.pos[0] not in ("名詞", "接尾辞"):
            return before.pos[0] in ("動詞", "形容詞", "形状詞") or before.pos[2] in ("サ変可能", "サ変形状詞可能")
    return False


def _anchors(text: str, tokens: Sequence[Token]) -> Iterator[Anchor]:
    taken: list[tuple[int, int]] = []
    for year in find_years(text):
        name = f"{year.year}{'年度' if year.fiscal else '年'}"
        name += (f"{year.month}月" if year.month else "") + (f"{year.day}日" if year.day else "")
        taken.append((year.start, year.end))
        yield Anchor("time", name, year.start, year.end, _bounds(text, year.end) | _edges(text, year.end))
    for match in EVERY.finditer(text):
        yield Anchor("every", match[0], *match.span())
    for match in _FIGURE.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        if re.match(r"[A-Za-z]", text[match.start() - 1 : match.start()]):
            continue  # 5.0 of Society5.0 is part of a name
        unit = SAME_UNIT.get(match["unit"] or "", match["unit"] or "")
        yield Anchor(unit or "number", match["n"].replace(",", "") + unit, *match.span(), _bounds(text, match.end()))
    for match in OFFICE.finditer(text):
        yield Anchor("office", match[0], *match.span())
    for match in GOVERNMENT.finditer(text):
        yield Anchor("government", match["who"], *match.span("who"))
    for token in tokens:
        if (opposite := _OPPOSITE.get(word_key(token))) is not None:
            yield Anchor(*opposite, token.start, token.end)


def _bounds(text: str, end: int) -> frozenset[str]:
    match = BOUND.match(text[end : end + 8].removeprefix("間"))
    return frozenset({match[1].strip("を")} if match else ())


def _edges(text: str, end: int) -> frozenset[str]:
    """Return whether something starts or ends with a time, or happens late in it."""
    rest = text[end : end + 12]
    found = {name for name, pattern in (("start", STARTS), ("end", ENDS), ("late", LATE)) if pattern.match(rest)}
    if re.search(r"[~〜][0-9]+(?:年度?)?(?:[0-9]+月)?$", text[:end]):
        found.add("end")
    return frozenset(found)


def _base(text: str, words: Sequence[Word]) -> frozenset[str]:
    """Return the words of what a clause compares with."""
    found: set[str] = set()
    for match in BASE.finditer(text):
        start = max(text.rfind(mark, 0, match.start()) for mark in "はが")
        found |= {word.key for word in words if start < word.token.start < match.start()} | {"compared"}
    return frozenset(found)


def _bindings(
    text: str, words: Sequence[Word], anchors: Sequence[Anchor]
) -> tuple[frozenset[Binding], frozenset[Binding], frozenset[Binding]]:
    """Return which word, or anchor of another kind, goes with which anchor: surely, right behind a figure, and perhaps.

    A word goes with the next anchor of a kind; behind the last one with that, if it follows at once or tells a time. It
    goes with every office of its clause. Anchors that are joined (「2023年度から2027年度まで」) are taken together.
    """
    bound: set[Binding] = set()
    beside: set[Binding] = set()
    loose: set[Binding] = set()
    places = [(word.key, word.token.start, word.token.end, "") for word in words]
    places += [(anchor.name, anchor.start, anchor.end, anchor.kind) for anchor in anchors]
    for kind in {anchor.kind for anchor in anchors}:
        groups = _groups(text, [anchor for anchor in anchors if anchor.kind == kind])
        counted = _COUNTED_KIND.match(kind) is None
        for key, start, end, own in places:
            if own == kind:
                continue
            inside = next((g for g in groups if g[0].start <= start and end <= g[-1].end), None)
            before = [g for g in groups if g[-1].end <= start]
            ahead = next((g for g in groups if end <= g[0].start), None)
            at_once = counted and bool(before) and _adjoins(text, before[-1][-1].end, start, words)
            sure = inside or (before[-1] if at_once else ahead) or (before[-1] if before and not counted else [])
            bound |= {(key, kind, anchor.name) for anchor in sure}
            if at_once and inside is None:
                beside |= {(key, kind, anchor.name) for anchor in before[-1]}
            if ahead and not (text.find("(", end + 1, ahead[0].start) > 0 and ")" not in text[end : ahead[0].start]):
                perhaps = []
            else:  # 「甲は5年、乙は7年に終わる」: both end
                perhaps = before[-1:] if counted or ahead else before
            loose |= {(key, kind, anchor.name) for group in (sure, *perhaps) for anchor in group}
    return frozenset(bound), frozenset(beside), frozenset(loose)


def _groups(text: str, anchors: Sequence[Anchor]) -> list[list[Anchor]]:
    groups: list[list[Anchor]] = []
    for anchor in anchors:
        if groups and (anchor.kind == "office" or _JOINS.fullmatch(text[groups[-1][-1].end : anchor.start])):
            groups[-1].append(anchor)
        else:
            groups.append([anchor])
    return groups


def _adjoins(text: str, end: int, start: int, words: Sequence[Word]) -> bool:
    """Return whether a word stands right behind a figure, or behind words that do (「13件のオープンデータ」)."""
    between = _BRACKETED.sub("", text[end:start])
    between = re.sub(r"^(?:以上|以下|未満|以内|程度)", "", between)
    first = _NEXT_TO.match(between)
    rest = between[first.end() :] if first else between
    inner = "".join(w.token.surface for w in words if end <= w.token.start and w.token.end <= start)
    return rest == "" or rest == inner
