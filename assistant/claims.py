"""What a text claims, clause by clause: its words, the figures, times and offices among them, and what is said of each.

A plan's quote and a model's sentence are read by the same rules, so that they can be held against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.anchors import Anchor, Bindings, bind, find_anchors
from assistant.claim_words import BASE, COMPOUND, DOER, DONE_TO, HOLDS_POST, KANJI_NUMBER
from assistant.said import VERBAL, Word, modality, read_word, tells, tense
from index.tokens import tokenize
from ingest.eras import kanji_number
from ingest.search_text import normalise

_END = re.compile(r"[。;\n\t]|[!?](?=[^.])")
_FINAL = 10  # characters that hold a clause's last verb with what is said of it


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence: ``sentence`` numbers it within its text; ``topic_end`` is where its topic ends (0: none)."""

    text: str
    sentence: int
    words: tuple[Word, ...]
    anchors: tuple[Anchor, ...]
    tense: str
    base: frozenset[str]
    topic_end: int
    together: Bindings
    posts: frozenset[tuple[str, str]]  # who holds which post
    doers: frozenset[str]  # the nouns before が and は
    done_to: frozenset[str]  # the nouns before を, に and へ


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
            found.append(_clause(part, number, later, tense(final)))
    return tuple(found)


def _parts(sentence: str) -> Iterator[str]:
    """Yield a sentence's clauses: it is cut at commas behind a verb."""
    start = 0
    tokens = tokenize(sentence)
    for before, token in pairwise(tokens):
        if token.surface not in "、," or COMPOUND.search(sentence[start : token.start]):
            continue
        if before.pos[0] in VERBAL or before.pos[1] == "接続助詞" or before.surface in ("ため", "一方"):
            yield sentence[start : token.end]
            start = token.end
    yield sentence[start:]


def _runs_on(part: str) -> bool:
    tokens = [token for token in tokenize(part) if token.pos[0] != "補助記号"]
    return bool(tokens) and tokens[-1].pos[0] == "動詞" and not part.rstrip("、").endswith(("おり", "ており"))


def _clause(part: str, number: int, later: frozenset[str], tense: str) -> Clause:
    tokens = tokenize(part)
    anchors = tuple(sorted(find_anchors(part, tokens), key=lambda anchor: anchor.start))
    covered = [a for a in anchors if a.kind not in ("office", "government") and not a.kind.startswith("opposite")]
    words = tuple(
        read_word(part, tokens, at, later)
        for at, token in enumerate(tokens)
        if tells(token) and not any(a.start <= token.start and token.end <= a.end for a in covered)
    )
    topic = next((token.end for token in tokens if token.pos[1] == "係助詞"), part.find("について") + 1)
    posts = frozenset(
        (match["who"], match["post"]) for pattern in HOLDS_POST for match in pattern.finditer(_unquoted(part))
    )
    bound = bind(part, words, anchors)
    roles = (frozenset(w.key for w in words if case.match(part, w.token.end)) for case in (DOER, DONE_TO))
    return Clause(part, number, words, anchors, tense, _base(part, words), topic, bound, posts, *roles)


def _unquoted(text: str) -> str:
    return re.sub("[「」『』]", "", text)


def _base(text: str, words: Sequence[Word]) -> frozenset[str]:
    """Return the words of what a clause compares with."""
    found: set[str] = set()
    for match in BASE.finditer(text):
        start = max(text.rfind(mark, 0, match.start()) for mark in "はが")
        found |= {word.key for word in words if start < word.token.start < match.start()} | {"compared"}
    return frozenset(found)
