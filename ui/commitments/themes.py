"""Measures -> the themes by which they can be chosen: words that several towns share, and the headings of each plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.tokens import is_content, tokenize
from ingest.search_text import normalise
from ui.commitments.records import Record

# Words that stand in the headings of any plan and name no theme by themselves.
_GENERAL = frozenset(
    "推進 促進 利用 活用 普及 徹底 向上 充実 強化 育成 対策 対応 事項 取組 取り組み 基本 改革 計画 方針 目標 目的 施策 事業 体制 実施 整備 "
    "期間 背景 位置 今後 課題 現状 方向 構築 導入 支援 確保 管理 運営 効率 効率化 業務 行政 自治 自治体 情報 社会 地域 町 市 村 町民 職員 "
    "住民 重点 概要 全体 サービス システム 化 性 的 等 内容 働き 暮らし 学び 改善 つながり 利便 デジタル DX ICT".split()
)


@dataclass(frozen=True, slots=True)
class Themes:
    """``shared``: words in the measures of several towns, the most shared first; ``headings``: with their towns' names."""

    shared: tuple[str, ...]
    headings: tuple[tuple[str, str], ...]


def find_themes(records: Sequence[Record]) -> Themes:
    """Return the themes of ``records``. Each is in the words of their titles and headings, as ``choose`` looks for it."""
    texts: dict[str, list[str]] = {}
    for record in records:
        texts.setdefault(record.plan.municipality, []).extend(
            (record.commitment.title.text, *record.commitment.heading_path)
        )
    headings = {(record.plan.municipality, record.theme): None for record in records if record.theme}
    return Themes(shared_words(texts), tuple(headings))


def shared_words(texts: Mapping[str, Iterable[str]], *, least: int = 2) -> tuple[str, ...]:
    """Return the noun phrases that stand in the texts of at least ``least`` towns, the most shared first, longest before short.

    >>> shared_words({"甲町": ["システムの標準化・共通化"], "乙町": ["情報システム標準化の推進"]})
    ('標準化',)
    """
    towns: dict[str, dict[str, None]] = {}
    for town, lines in texts.items():
        for phrase in {phrase for line in lines for phrase in _phrases(line)}:
            towns.setdefault(phrase, {})[town] = None
    shared = [phrase for phrase, where in towns.items() if len(where) >= least]
    whole = [
        phrase
        for phrase in shared
        if not any(
            phrase != other and phrase in other and towns[phrase].keys() == towns[other].keys() for other in shared
        )
    ]
    return tuple(sorted(whole, key=lambda phrase: (-len(towns[phrase]), -len(phrase), phrase)))


def _phrases(text: str) -> Iterator[str]:
    """Yield every run of nouns of a text that names something; 章 of 「第2章 取組」 belongs to its number.

    >>> list(_phrases("第2章 避難訓練"))
    ['避難', '避難訓練', '訓練']
    """
    run: list[str] = []
    counted = False
    for token in (*tokenize(normalise(text)), None):
        noun = token if token is not None and is_content(token) and token.pos[0] in ("名詞", "接尾辞") else None
        if noun is not None and noun.pos[1] != "数詞" and not counted:
            run.append(noun.surface)
            continue
        counted = noun is not None and noun.pos[1] == "数詞"
        for start in range(len(run)):
            for end in range(start + 1, len(run) + 1):
                words = run[start:end]
                phrase = "".join(words)
                if len(phrase) > 1 and any(word not in _GENERAL for word in words) and phrase not in _GENERAL:
                    yield phrase
        run = []
