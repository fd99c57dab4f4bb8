"""How headings are numbered and marked: 第1章, Ⅰ, 1-1, (1), ①, 基本目標１, ■, 【】 and more, as a table."""

from __future__ import annotations

import re
from unicodedata import numeric

from ingest.eras import kanji_number

# What plans call their numbered parts, and how the number is written: 基本目標１, 施策1-2, 重点プロジェクトⅢ, 方針(ｱ), 取組①.
_PARTS = (
    r"(?:目標|方針|政策|施策|取組み?|取り組み|事業|戦略|プロジェクト|プログラム|アクション|柱|視点|課題|分野|重点|テーマ|項目"
    r"|資料|別表|別紙|様式)"
)
_PART_NUMBER = (
    r"(?:[0-9０-９]{1,2}(?:[-－‐.．][0-9０-９]{1,2}){0,2}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|[①-⑳]"
    r"|[(（](?:[0-9０-９]{1,2}|[ア-コｱ-ｺ])[)）]|[ア-コｱ-ｺA-FＡ-Ｆ])"
)

# The same in Latin letters, half or full width: PROJECT 1, Ｓｔｅｐ２.
_LATIN = (
    "PROJECT",
    "PROGRAM",
    "ACTION",
    "STEP",
    "PHASE",
    "POINT",
    "TOPIC",
    "THEME",
    "MISSION",
    "VISION",
    "GOAL",
    "PART",
)
_WIDE = ("".join(chr(ord(letter) + 0xFEE0) for letter in word) for word in _LATIN)
_LATIN_PARTS = rf"(?i:{'|'.join((*_LATIN, *_WIDE))})"

# Marks that number or open a heading. The order matters: the first that matches names the style.
HEADING_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("第n編", re.compile(r"第\s?[0-9０-９一二三四五六七八九十Ⅰ-ⅫIVX]{1,4}\s?[編部]")),
    ("第n章", re.compile(r"第\s?[0-9０-９一二三四五六七八九十Ⅰ-ⅫIVX]{1,4}\s?章|[序終補]\s?章(?=[\s　：:]|$)")),
    (
        "章外",  # what stands before the first chapter and after the last
        re.compile(
            r"(?:はじめに|おわりに|あとがき|ごあいさつ|(?:参考|付属|附属|巻末|関係)資料|資料[編集])(?=[\s　0-9０-９｜|]|$)|資料[｜|]"
        ),
    ),
    ("第n節", re.compile(r"第\s?[0-9０-９一二三四五六七八九十Ⅰ-ⅫIVX]{1,4}\s?節")),
    ("第n", re.compile(r"第\s?[0-9０-９一二三四五六七八九十]{1,4}[\s　]")),
    ("Ⅰ", re.compile(r"[Ⅰ-Ⅻ][\s　]?[\s　.．、：:｜|]")),
    ("Ⅰ-n", re.compile(r"[Ⅰ-Ⅻ][-－‐―.．](?:[0-9０-９]{1,2}|[ア-コｱ-ｺ])[\s　.．]")),
    ("n-n-n", re.compile(r"[0-9０-９]{1,3}[-－‐.．][0-9０-９]{1,3}[-－‐.．][0-9０-９]{1,3}[\s　]")),
    ("n-n", re.compile(r"[0-9０-９]{1,3}[-－‐][0-9０-９]{1,3}[\s　]")),
    ("n.n", re.compile(r"[0-9０-９]{1,3}[.．][0-9０-９]{1,3}[\s　]+(?![0-9０-９\s　])")),
    ("n.", re.compile(r"[0-9０-９]{1,3}\s?(?:[.．、](?![0-9０-９])|．(?=[0-9０-９]{1,2}[つ本の]))")),
    ("(n)", re.compile(r"[(（][0-9０-９一二三四五六七八九十]{1,4}[)）]")),
    ("n)", re.compile(r"[0-9０-９]{1,3}[)）]")),
    ("名n", re.compile(r"[\u4e00-\u9fff]{2,6}\s?[0-9０-９]{1,2}\s?[：:.．]")),  # 基本目標 1：
    (
        "名n",
        re.compile(rf"(?P<name>[\u3041-\u30ff\u4e00-\u9fff]{{0,8}}?{_PARTS})\s?{_PART_NUMBER}[\s　：:.．、】]+(?=\S)"),
    ),
    (
        "名n",
        re.compile(
            rf"(?P<name>{_LATIN_PARTS})[\s　.．]?[0-9０-９]{{1,2}}(?:[\s　：:、】｜|]|[.．](?![0-9０-９]))+(?=\S)"
        ),
    ),
    ("ア", re.compile(r"[アイウエオカキクケコｱ-ｺ][\s　.．、)）]")),
    ("(ア)", re.compile(r"[(（][アイウエオカキクケコｱ-ｺ][)）]")),
    ("ⅰ", re.compile(r"[ⅰ-ⅻ]\s?[.．、)）\s　]")),
    ("①", re.compile(r"[①-⑳]")),
    ("■", re.compile(r"[■◆▼]")),
    ("□", re.compile(r"□")),
    ("●", re.compile(r"[●◎](?!\s?[：:…＝=])")),
    ("○", re.compile(r"[○〇◯](?!\s?[：:…＝=])")),
    ("★", re.compile(r"[★☆◇]")),
    ("【】", re.compile(r"【[^】]+】$|【(?!図|表|写真)[^】]{1,8}[0-9０-９①-⑳]】(?=\S)")),
    ("〔〕", re.compile(r"〔[^〕]+〕$")),
    ("〈〉", re.compile(r"[〈《≪<＜][^〉》≫>＞]{2,}[〉》≫>＞]$")),
    ("『』", re.compile(r"『[^』]+』$")),
)
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_NUMBER = re.compile(rf"[0-9０-９]{{1,3}}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]|[{_ROMAN}]")


def heading_style(words: str) -> str:
    """Return the style of heading that words open as, or "" for words without a heading's number or mark."""
    for name, pattern in HEADING_STYLES:
        if mark := pattern.match(words):
            return f"名{_named_style(mark)}" if mark.groupdict().get("name") else name
    return ""


def _named_style(mark: re.Match[str]) -> str:
    """Return the style of a part with a name of its own: 基本目標１ and 基本目標２ are alike, 施策1-2 is another, below."""
    depth = len(re.findall(r"[0-9０-９]+", mark[0]))
    return mark["name"] + "-".join("n" * max(depth, 1))


def style_number(words: str, style: str) -> int:
    """Return the first number in the mark of a heading of that style; 0 where it has none.

    >>> style_number("基本目標２ しごとをつくる", heading_style("基本目標２ しごとをつくる"))
    2
    """
    of_style = "名n" if style.startswith("名") else style
    mark = next((m for name, pattern in HEADING_STYLES if name == of_style and (m := pattern.match(words))), None)
    number = (_NUMBER.match(words) if style == "n" else None) or (_NUMBER.search(mark[0]) if mark else None)
    if number is None:
        return 0
    return int(numeric(number[0])) if number[0] in _ROMAN else kanji_number(number[0])
