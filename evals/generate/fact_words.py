"""The words of a question that name the fact it asks for: data tables, each with its reason. Sudachi's normalised forms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.topic_words import PLAN_WORDS, topic_weight
from index.tokens import Token, is_content, tokenize
from ingest.search_text import normalise

_NAMING = 1.0  # ``topic_weight`` of words that name a topic

# Words about the document and its layout, and words that go with any topic: that a plan lacks them says nothing of its facts.
_GENERAL_WORDS = """
解説 注記 注釈 図 出典 順 範囲 見出し 副題 概要 項目 例 表記 漢字 片仮名 英語 最後 後ろ 下 内訳 合計 全体 関係 数 件数 番号
値 状態 段階 量 要素 分野 実施 利用 使用 提供 対応 追加 開始 取得 実行 機会 技術 成立 既存 基礎 頻度 事情 理由 背景 根拠 位置
方向 積もり かわり 日付け 強化 全庁
"""
GENERAL_WORDS = frozenset(_GENERAL_WORDS.split())

# What every plan tells of itself in words of its own: where it stands among other plans, what it is for, how long it runs, who
# decides, what it says of ageing and of its staff. Another plan may well answer without a single word of the question.
_EVERY_PLANS_TOPICS = """
目的 背景 位置 下位 上位 期間 体制 組織 会議 意思 決定 責任 役割 担う ビジョン 理念 方針 目標 目指す 狙う 暮らし 人材 課題
影響 高齢 年寄り 子供 意識 見直し 困る
"""
EVERY_PLANS_TOPICS = frozenset(_EVERY_PLANS_TOPICS.split())

_QUOTED = re.compile(r"「[^」]*」|『[^』]*』")
_TERM = re.compile(r"[ァ-ヶー]{4,}|[A-Za-z][A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class FactWord:
    """A content word of a question: how much it tells of the topic (0 to 1), and whether it names the fact.

    ``term`` says that it is a name or a technical term, for which no plan has another word.
    """

    weight: float
    names: bool
    term: bool


def fact_words(question: str) -> dict[str, FactWord]:
    """Return the content words of a question (names of municipalities left out beforehand).

    >>> words = fact_words("計画の推進体制でCSIRTを担う課はどこですか")
    >>> [word for word in words if words[word].names], [word for word in words if words[word].term]
    (['体制', 'csirt'], ['csirt'])
    """
    text = normalise(question)
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    words = {}
    for token in filter(is_content, tokenize(text)):
        word = token.norm.casefold()
        if word not in PLAN_WORDS:
            inside = any(start < token.start < end for start, end in quoted)
            words[word] = _fact_word(word, token, inside)
    return words


def _fact_word(word: str, token: Token, quoted: bool) -> FactWord:
    weight = topic_weight(word, token.pos)
    names = weight >= _NAMING and word not in GENERAL_WORDS
    term = quoted or token.pos[1] == "固有名詞" or _TERM.fullmatch(token.surface) is not None
    return FactWord(weight, names, names and term)
