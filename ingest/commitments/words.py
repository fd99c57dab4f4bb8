"""The words by which plans say that something is a measure, or a part of one. Tables, each group with its reason."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from ingest.document import Span
from ingest.eras import YEAR
from ingest.heading_styles import HEADING_STYLES
from ingest.headings import clean_heading
from ingest.search_text import normalise
from ingest.sentences import trim


class Role(Enum):
    """What a card's field, a table's column or a labelled stretch of text says of a measure."""

    TITLE = "title"
    SUMMARY = "summary"
    DETAIL = "detail"
    STATE = "state"
    WHEN = "when"
    UNIT = "unit"


_WORK = r"(?:取組|取り組み|取組み|取り組む|施策|事業|対策|プロジェクト|アクション)"

# Compared with the whole label, without its number, brackets and spaces.
_ROLES: tuple[tuple[Role, str, str], ...] = (
    (
        Role.UNIT,
        (
            r"(?:主な|実施|推進|取組)?(?:担当|所管|主管)(?:課|部署|部局|部門|部|係|室|所属|者)*(?:名|等|など)?|関係(?:各)?課(?:等)?|"
            r"(?:実施|推進|取組|事業)主体|責任(?:部署|者)"
        ),
        "who is in charge, whatever a plan calls it; 関係機関 help and are not in charge",
    ),
    (
        Role.WHEN,
        (
            rf"(?:{_WORK}の?)?(?:実施|取組|開始|導入|着手|完了|達成|目標|予定|整備|推進)?(?:時期|期間|年度|期限|予定)|"
            rf"(?:{_WORK}の?|年次|実施|推進|全体)?(?:工程表?|スケジュール|ロードマップ|年次計画)"
        ),
        "a time, or the years in which something is done",
    ),
    (
        Role.STATE,
        (
            r"(?:これまでの|本[町市村]の)?(?:現況|現状)(?:(?:及び|および|と|・|、|／|/)?(?:問題点|課題))?|課題(?:等)?|背景(?:と課題)?|"
            r"(?:現状の)?問題点"
        ),
        "where the town stands before the measure",
    ),
    (
        Role.SUMMARY,
        (
            rf"(?:{_WORK}(?:事項)?の?|主な|具体的な?|実施|今後の)*(?:概要|内容|方向性?|方針|目的|ねらい|説明)|今後の{_WORK}|"
            rf"{_WORK}の?(?:概要|内容)(?:等)?"
        ),
        "what is to be done, in sentences",
    ),
    (
        Role.DETAIL,
        r"詳細|具体的(?:な)?(?:内容|作業|事項)|(?:実施|作業|個別)(?:項目|事項)|細目|作業(?:内容)?",
        "a step of a measure; where a table also has times, each row is one entry of the schedule",
    ),
    (
        Role.TITLE,
        (
            rf"(?:主な|主要|重点|具体的な?|個別|基本|単位|実施|関連)*{_WORK}(?:事項|項目|名称?|一覧)?(?:[（(].*[)）])?|"
            r"重点(?:事項|項目|分野)"
        ),
        "the name of what is done",
    ),
)
_COMPILED = tuple((role, re.compile(pattern)) for role, pattern, _ in _ROLES)

# A table with such a column tells how an earlier plan went.
_RESULTS = re.compile(
    r"(?:自己|最終|中間|総合)?評価(?:結果)?|(?:主な)?(?:実績|成果)(?:等)?|達成(?:状況|度|率)|進捗(?:状況|度)?|実施状況"
)

# Behind an office and years these columns name what is done, where no other column does.
_NAMED_ITEM = re.compile(
    r"(?:実施|取組|取り組み|推進|改革|重点|個別|具体的な?|改善|見直し)(?:項目|事項|内容)|(?:事務|業務)(?:事業)?名?"
)

# 項目 names a measure only where the table is a timetable: elsewhere it names anything at all.
_ITEM_COLUMN = re.compile(r"項目|内容|区分|分類")
_TIMETABLE = re.compile(r"スケジュール|工程|ロードマップ|アクションプラン|年次計画|実施計画")

# A stretch of time that heads a column: a year, or one of the words for a part of the plan's period.
_ONE_YEAR = r"(?:[RHS]\d{1,2}(?:年度?)?|\d{4}年度?|\d{1,2}年度)"
_TIME_WORDS = re.compile(
    rf"{_ONE_YEAR}(?:[~-](?:{_ONE_YEAR})?|以降)?|短期|中期|長期|前期|中間期|後期|上半期|下半期|次年度以降|(?:第\d)?四半期"
)

_BRACKETS = re.compile(r"^[【〔〈《≪＜<『［\[](.*)[】〕〉》≫＞>』］\]]$", re.DOTALL)
_PLAIN = re.compile(r"[\s　・、，,.．「」『』【】〔〕()（）*※]+")
# What opens a title in a cell or a heading: the marks and numbers of headings, 施策1-2, 取組①.
_NUMBER = re.compile(rf"(?:重点)?{_WORK}\s?[0-9０-９]+(?:[-－‐.．][0-9０-９]+)*\s*[：:.．\s　]|[0-9０-９]{{1,2}}[\s　]")
_MARKS = 3  # a title has at most a bullet, a kind and a number before it
_ENCLOSING = {"【】", "〔〕", "〈〉", "『』"}


@lru_cache(maxsize=4096)  # a table asks for its columns once a row
def role_of(label: str) -> Role | None:
    """Return what a label says of a measure, or ``None`` where it is no such label.

    >>> [role and role.name for role in map(role_of, ("取組の概要", "現況と課題", "所管課", "(3) 実施時期", "事務数"))]
    ['SUMMARY', 'STATE', 'UNIT', 'WHEN', None]
    """
    words = plain_label(label)
    return next((role for role, pattern in _COMPILED if pattern.fullmatch(words)), None)


def plain_label(label: str) -> str:
    """Return a label without its number, its brackets and the spaces that spread it out.

    >>> plain_label("【担 当 課】"), plain_label("① 現状")
    ('担当課', '現状')
    """
    words = clean_heading(label)
    return "".join(normalise(title_span(words, Span(0, len(words))).of(words)).split())


def is_item_column(column: str) -> bool:
    """Return whether a timetable's column names what is done.

    >>> is_item_column("項目"), is_item_column("人数")
    (True, False)
    """
    return _ITEM_COLUMN.fullmatch(plain_label(column)) is not None


def is_named_item(column: str) -> bool:
    """Return whether a column names what is done where no other one does.

    >>> is_named_item("実施項目"), is_named_item("項目")
    (True, False)
    """
    return _NAMED_ITEM.fullmatch(plain_label(column)) is not None


def tells_results(column: str) -> bool:
    """Return whether a column says how an earlier plan went.

    >>> tells_results("主な実績"), tells_results("実施時期")
    (True, False)
    """
    return _RESULTS.fullmatch(plain_label(column)) is not None


def is_timetable(heading_path: tuple[str, ...]) -> bool:
    """Return whether a heading says that what follows is a timetable.

    >>> is_timetable(("6. 全体スケジュール",))
    True
    """
    return any(_TIMETABLE.search(title) for title in heading_path)


@lru_cache(maxsize=4096)
def is_time(column: str) -> bool:
    """Return whether a column is headed by a stretch of time.

    >>> is_time("令和 5 年度"), is_time("R6"), is_time("R9～R11"), is_time("短期"), is_time("令和5年度の目標")
    (True, True, True, True, False)
    """
    words = normalise(column)
    return YEAR.fullmatch(words) is not None or _TIME_WORDS.fullmatch(words) is not None


def title_span(text: str, span: Span) -> Span:
    """Return the span of a title's own words: without its number, its marks and brackets around the whole of it.

    >>> title_span("(1) 窓口の改善", Span(0, 9)).of("(1) 窓口の改善")
    '窓口の改善'
    """
    start, end = span.start, span.end
    for _ in range(_MARKS):
        words = text[start:end]
        found = next(
            (m for name, p in HEADING_STYLES if name not in _ENCLOSING and (m := p.match(words))), None
        ) or _NUMBER.match(words)
        if found is None or found.end() >= end - start:
            break
        start = trim(text, start + found.end(), end).start
    bare = _BRACKETS.match(text[start:end])
    if bare is not None and not re.search(r"[【】〔〕〈〉《》≪≫＜＞<>『』［］\[\]]", bare[1]):
        start, end = start + bare.start(1), start + bare.end(1)
    return trim(text, start, end)


def title_key(title: str) -> str:
    """Return a title as it is compared with others: the search text without spaces and punctuation.

    >>> title_key("AI ・ RPA の利用") == title_key("AI・RPAの利用")
    True
    """
    return _PLAIN.sub("", normalise(title)).casefold()
