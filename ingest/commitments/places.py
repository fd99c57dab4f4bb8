"""The words by which a heading says that measures stand below it, that it is one, or that there are none. Tables with reasons."""

from __future__ import annotations

import re

from ingest.commitments.words import plain_label, role_of
from ingest.search_text import normalise

# Headings under which the measures stand.
_OPENS = re.compile(
    r"取組|取り組|取りくみ|施策|事業(?![費者所量継])|対策(?!計画|本部)|アクション|プロジェクト|方策|行動計画|(?:実施|改革|推進)項目|"
    r"重点(?:事項|項目|分野)|具体的な|実施方針|[個各]別の?方針"
)
# Headings that have such a word and tell of measures without listing them.
_TELLS_ABOUT = re.compile(
    r"(?:視点|イメージ|考え方|体制|進行管理|進捗管理?|体系図?|位置[付づ]け|効果|評価|課題|状況|経過|目標|期間|見込み)等?$|"
    r"量の見込み|需要|指標|KPI"
)
# Headings over what others do, or what is over: the country and the prefecture, the past, figures and appendices.
_NOT_OURS = re.compile(
    r"動向|これまでの|(?:国|県|都|府|道)の(?:取組|取り組み|施策|計画|方針|状況|戦略)|(?:経緯|経過|背景|実績|概況)(?:等)?$|"
    r"^(?:町|市|村|本[町市村])?の?現状|^(?:用語|資料|参考|注釈|脚注|後注|注$|付録)|先進事例|アンケート|"
    r"(?:前期|前回|前計画|第\S{1,3}[期次]\S{0,12})の?(?:評価|成果|実績|検証|総括|進捗|達成|取組状況|振り返り)|"
    r"の(?:評価|検証|総括)(?:と課題|結果)?$|"
    r"(?:市民|町民|村民|住民|区民|事業者|事業所|企業|家庭|団体)(?:の(?:皆さん|皆様)の?|の|に期待(?:する|される)|が行う|に(?:できる|お願いする))"
    r"(?:取組|取り組み|取組み|役割|行動)(?:例|等)?$"
)
# Titles of chapters that stand beside measures and are none: aims, frames, timetables, indicators, the plan itself, groups.
_NO_MEASURE = re.compile(
    r"(?:.*の)?(?:目指す(?:べき)?姿|将来像|ビジョン|基本(?:方針|理念|目標|方向|的な?考え方|的な方針)|視点|イメージ|体系図?|"
    r"位置[付づ]け|目的|趣旨|背景|期間|考え方|推進体制|進行管理|進捗管理|スケジュール|工程表?|ロードマップ|財源|予算|"
    r"全体像|概要|方向性|基準|方法|手順)(?:等|など|について|[(（].*[)）])?|"
    r".*(?:数値|成果|達成|活動)目標値?|.*目標値?|.*指標(?:値|一覧)?(?:[(（].*[)）])?|KPI|"
    r".*基本的な?方向性?|.*施策と.*(?:指標|KPI|目標).*|.*(?:量の見込み|見込量|区域の設定).*|(?:本)?(?:計画|大綱|戦略|方針)(?:策定)?[のに].*|"
    r"その他(?:の.*)?|(?:凡例|留意事項|用語の?説明|事業費(?:の見込み)?)"
)
# Beside the fields of a measure (現状と課題, 取組内容) stand headings for its figures.
_FIGURES = re.compile(r".*(?:目標値?|指標(?:値|一覧)?|効果額?|KPI|事業費|財源|予算額?)(?:[(（].*[)）])?")
# Headings right above the names of measures. Under others a list says how the one measure is carried out.
_NAMES_FOLLOW = re.compile(
    r"(?:今後の?|具体的な?|主な|主要な?|個別の?|関連する?|重点的?な?|実施する|その他の|町が行う|市が行う)*"
    r"(?:取組|取り組み|取組み|施策|事業|対策|プロジェクト|アクション|実施項目|取組事業)(?:の?(?:一覧|項目|事項))?"
)
# What a plan rests on is listed under these, not what is done.
_FRAME = re.compile(
    r"基本的な?考え方|基本理念|基本構想|体系|将来像|目指す|趣旨|位置[付づ]け|策定にあたって|はじめに|序章"
)
# Sentences that announce the names of measures: 次の事業に取り組みます。
_ANNOUNCES = re.compile(
    r"(?:次|以下|下記)(?:の|に掲げる|に示す)[^。、]{0,12}?(?:取組|取り組み|取組み|施策|事業|対策)(?:(?!状況|実績|結果|視点)[^。]){0,20}"
    r"(?:ます|ものとする|こととする|とおりです|です|する|図る|行う|進める|取り組む)。?"
)
# 点検の実施方針, 統合の推進方針: a policy becomes something to be held to where it says when or how often.
_POLICY = re.compile(r".*(?:実施|推進|整備|管理|運営|取組)方針")


def opens_measures(title: str) -> bool:
    """Return whether the headings under this one name measures.

    >>> opens_measures("3. 取組事項"), opens_measures("3-3 取り組みの視点"), opens_measures("第5章 量の見込みと確保方策")
    (True, False, False)
    """
    words = normalise(title)
    return _OPENS.search(words) is not None and not _TELLS_ABOUT.search(words)


def is_ours(heading_path: tuple[str, ...]) -> bool:
    """Return whether a place can hold the town's own measures: not the country's or the prefecture's, nor those of the past.

    >>> is_ours(("第4章 具体的な取組",)), is_ours(("7. 国・県の動向", "施策の概要")), is_ours(("3 第2期計画の評価",))
    (True, False, False)
    """
    return not any(_NOT_OURS.search(plain_label(title)) for title in heading_path)


def names_measure(title: str) -> bool:
    """Return whether a heading among measures can be one: no chapter about aims, indicators or the plan, and no field's label.

    >>> names_measure("(2) 窓口のデジタル化"), names_measure("◆重要業績評価指標（KPI）"), names_measure("【現状と課題】")
    (True, False, False)
    """
    words = plain_label(title)
    return _NO_MEASURE.fullmatch(words) is None and role_of(title) is None


def names_follow(title: str) -> bool:
    """Return whether the list right under a heading holds names of measures.

    >>> names_follow("［具体的な取組］"), names_follow("(2) 窓口の改善")
    (True, False)
    """
    return _NAMES_FOLLOW.fullmatch(plain_label(title).strip("[]<>:")) is not None


def announces_measures(sentence: str) -> bool:
    """Return whether a sentence says that the list behind it holds measures.

    >>> announces_measures("このため、次の事業に取り組みます。"), announces_measures("次のことを行います。")
    (True, False)
    """
    return _ANNOUNCES.search(normalise(sentence)) is not None


def is_frame(heading_path: tuple[str, ...]) -> bool:
    """Return whether a place tells what a plan rests on: lists there name aims and themes.

    >>> is_frame(("第3章 計画の基本的な考え方", "重点施策")), is_frame(("第4章 施策の展開",))
    (True, False)
    """
    return any(_FRAME.search(plain_label(title)) for title in heading_path)


def holds_figures(title: str) -> bool:
    """Return whether a heading beside a measure's fields is one for its figures.

    >>> holds_figures("成果指標（KPI）"), holds_figures("取組内容")
    (True, False)
    """
    return _FIGURES.fullmatch(plain_label(title)) is not None


def is_policy(title: str) -> bool:
    """Return whether a heading names a policy, which commits to something only where its text says when.

    >>> is_policy("（１）点検・診断等の実施方針"), is_policy("窓口の改善")
    (True, False)
    """
    return _POLICY.fullmatch(plain_label(title)) is not None
