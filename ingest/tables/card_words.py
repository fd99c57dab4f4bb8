"""The words by which a record card is known: labels of its number, its title and its other fields."""

from __future__ import annotations

import re

from ingest.commitments.words import Role, is_time, plain_label, role_of

_NUMBER = re.compile(
    r"(?:事業|取組|取り組み|施策|項目|整理|管理|個票)?(?:no\.?|№|番号|コード)|項番|整理№", re.IGNORECASE
)
_TITLE = re.compile(
    r"(?:個別|具体的?な?|重点|主要|実施)?(?:取組|取り組み|取組み|事業|施策|業務|項目|プロジェクト|活動|アクション|プログラム)"
    r"(?:事項|項目|内容)?(?:の?名称?)?|名称|件名|テーマ|タイトル"
)
# Labels that cards have and that say nothing of a measure's state, content, time or office.
_OTHER_LABEL = re.compile(
    r"(?:数値|成果|達成)?目標(?:値|年度)?|(?:成果|評価|管理|活動)?指標(?:名)?|KPI|(?:期待される|見込まれる)?効果(?:額)?|財源|予算(?:額)?|事業費|"
    r"備考|対象[^\s、。]{0,4}|根拠法令|位置[付づ]け|(?:関連|上位)?(?:計画|施策|基本目標|基本方針)|方針|分類|区分|分野|評価|実績|進捗(?:状況)?|関係機関|連携先"
)
# A column's name at the head of an ordinary table, where a card has its title.
_COLUMN_WORDS = re.compile(r"内容|概要|説明|備考|詳細|意味|数値|件数|金額|値|人数|単位")
_GENERIC = re.compile(r"項目|区分|内容|説明|詳細|記載内容|記入欄")  # names of a card's two columns, where it has any
_LONGEST_TITLE = 80  # characters
_BULLETS = "・･•✓✔➢➤►▶"  # what a list of measures begins with, and a title does not


def is_number_label(label: str) -> bool:
    """Return whether a label is that of a card's number.

    >>> is_number_label("No."), is_number_label("事業番号"), is_number_label("番地")
    (True, True, False)
    """
    return _NUMBER.fullmatch(plain_label(label)) is not None


def is_title_label(label: str) -> bool:
    """Return whether a label is that of a card's title.

    >>> is_title_label("事業名"), is_title_label("取組事項"), is_title_label("事業費")
    (True, True, False)
    """
    return _TITLE.fullmatch(plain_label(label)) is not None


def opens_card(label: str) -> bool:
    """Return whether a label is one that a card begins with."""
    return is_number_label(label) or is_title_label(label)


def is_label(words: str) -> bool:
    """Return whether words are a label such as cards have, of its number and title apart.

    >>> is_label("担当課"), is_label("期待される効果"), is_label("総務課")
    (True, True, False)
    """
    role = role_of(words)
    return (role is not None and role is not Role.TITLE) or _OTHER_LABEL.fullmatch(plain_label(words)) is not None


def is_measures_label(words: str) -> bool:
    """Return whether a label is one that only measures have: where the town stands, or who is in charge."""
    return role_of(words) in (Role.STATE, Role.UNIT)


def is_column_label(words: str) -> bool:
    """Return whether words name the columns 項目 and 内容 over a card's labels and values."""
    return _GENERIC.fullmatch(plain_label(words)) is not None


def can_be_title(words: str) -> bool:
    """Return whether words can be a card's title: no sentence, and no column's name at the head of an ordinary table.

    >>> can_be_title("書かない窓口の導入"), can_be_title("担当課"), can_be_title("令和７年度"), can_be_title("窓口を開きます。")
    (True, False, False, False)
    """
    if not 0 < len(words) <= _LONGEST_TITLE or words.endswith("。") or words[0] in _BULLETS:
        return False
    return not (is_label(words) or _COLUMN_WORDS.fullmatch(words) or is_time(words))
