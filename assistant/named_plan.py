"""Which of several plans a question names, by the words of their titles: 「子育て支援計画」「防災の計画」「DX計画」."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from assistant.topic_words import DIGITAL_WORDS, PLAN_NOUNS
from index.tokens import Token, is_content, terms, tokenize
from ingest.document import Plan
from ingest.eras import kanji_number
from ingest.search_text import normalise

_DIGITAL = "デジタル"  # stands for all DIGITAL_WORDS: a town that has a 情報化推進計画 is asked for its DX計画
# Words of titles that tell no kind of plan from another.
_ANY_KIND = frozenset("化 推進 基本 実施 行動 事業 支援 地域 町 市 村 区 県 自治体 本町 次 期 版".split()) | PLAN_NOUNS

_EDITION = re.compile(r"第([0-9]+|[一二三四五六七八九十]+)(次|期)")


def name_words(text: str) -> frozenset[str]:
    """Return the words that stand before 計画, 戦略 and the like, where they tell one kind of plan from another.

    >>> sorted(name_words("子育て支援の計画の期間は?")), sorted(name_words("情報化推進計画の期間は?")), sorted(name_words("基本計画は?"))
    (['子育て'], ['デジタル'], [])
    """
    tokens = tokenize(text)
    found = set(_edition(text)) if any(token.surface in PLAN_NOUNS for token in tokens) else set()
    for at, token in enumerate(tokens):
        if token.surface in PLAN_NOUNS:
            before = at - 1 - (at > 0 and tokens[at - 1].surface == "の")
            while before >= 0 and _of_name(tokens[before]):
                found.add(tokens[before].norm.casefold())
                before -= 1
    return _kinds(found)


def is_other_kind(words: frozenset[str], own: Sequence[Plan], plans: Sequence[Plan]) -> bool:
    """Return whether the words name a kind of plan that a municipality's ``own`` are not of, by their titles.

    Kinds are what ``plans``, all that are covered, are called; 「窓口の改革の計画」 may be the name of a plan or not.
    """
    return not named_plans(words, own) and (_DIGITAL in words or bool(named_plans(words, plans)))


def named_plans(words: frozenset[str], plans: Sequence[Plan]) -> list[Plan]:
    """Return those plans whose titles hold the most of the words, at least half of them; none where none does.

    A name of which a title has little is that of something else: 「デジタル田園都市国家構想総合戦略」 in a town with a 総合計画.
    """
    shared = [len(words & title_words(plan.title, plan.municipality)) for plan in plans]
    most = max(shared, default=0)
    return [plan for plan, number in zip(plans, shared, strict=True) if number == most > 0 and 2 * most >= len(words)]


@lru_cache(maxsize=4_096)
def title_words(title: str, town: str) -> frozenset[str]:
    """Return the words of a plan's title that tell its kind.

    >>> sorted(title_words("見本町DX推進計画", "見本町"))
    ['デジタル']
    """
    return _kinds(terms(title.replace(town, " "))) | frozenset(_edition(normalise(title)))


def _edition(text: str) -> Iterator[str]:
    """Yield the editions that a text names: 「第2次」「第二期」."""
    for number, kind in _EDITION.findall(text):
        yield f"{kanji_number(number)}{kind}"


def _of_name(token: Token) -> bool:
    return token.surface == "・" or (is_content(token) and token.pos[0] in {"名詞", "接尾辞", "形状詞"})


def _kinds(words: Iterable[str]) -> frozenset[str]:
    return frozenset(
        _DIGITAL if word in DIGITAL_WORDS else word for word in words if not (word in _ANY_KIND or word.isdecimal())
    )
