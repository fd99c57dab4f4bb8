"""What the words of a table's row say of it: a total, a part of the row above, its label, its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import Cell
from ingest.formulas import without_formulas
from ingest.search_text import normalise

NUMERIC = re.compile(r"[\d,.%△▲\-]+")
_VALUE = re.compile(rf"(?:{NUMERIC.pattern})[%％]?|[○●◎◯〇■□△▲☆★✓✔×・]")  # a figure, or a schedule's mark
LABEL_LIMIT = 60  # characters of a cell that may serve as a row's label
_ARROW = re.compile(r"[-–—―ー─━＝=\s]*[>▶►→⇒▷＞⟶➡➔➜⇨]+|[-–—―─━]{2,}")  # a schedule's arrow, whatever it was drawn with

_TAIL = r"(?:[\s　]?(?:[(（].*|[A-ZＡ-Ｚ①-⑳ア-ン]))?"  # 合計（A）, 小計①
_TOTALS = (
    # In the untouched text, where a space tells 総務課 計 from 会計.
    (re.compile(rf"(?:.*[\s　])?(?:小|合|総|累|延)?[\s　]?計{_TAIL}"), "計 alone or behind a space"),
    (
        re.compile(rf"[^。]{{0,12}}(?:小計|合計|総計){_TAIL}"),
        "words that mean nothing else, behind any name (歳入合計)",
    ),
    (re.compile(rf"総[\s　]?数{_TAIL}"), "the first row of population tables"),
    (re.compile(rf"(?:歳入歳出|収支)?差[\s　]?し?引(?:き|額|残額|残高)*{_TAIL}"), "a difference of totals is no item"),
)
# 計 right behind a name, in a row of figures; 会計, 統計 and instruments (体温計, 雨量計) end so as well.
_NAMED_TOTAL = re.compile(rf"[^。\s]{{1,8}}(?<![会設統時家推生余早温度量位圧重線速])計{_TAIL}")
_SUBTOTAL = re.compile(r"小[\s　]?計(?:[\s　]?[(（].*)?")  # beside a merged cell it belongs to that cell
_PART = re.compile(r"[\s　・(（]*(?:うち|内数).*")
_NUMBERING = re.compile(r"no\.?|№|#|[^\s]{0,4}番号|項番|連番|整理番号|順位?", re.IGNORECASE)
_UNIT_NOTE = re.compile(r"[(（【\[]?\s*単位\s*[:：]\s*(?P<unit>[^)）】\]\n。]{1,60})")
_UNIT_COLUMN = re.compile(r"単位")


def is_arrow(value: str) -> bool:
    """Return whether a cell holds nothing but a schedule's arrow.

    >>> is_arrow("----->"), is_arrow("—————▶"), is_arrow("令和5年度")
    (True, True, False)
    """
    return _ARROW.fullmatch(value) is not None


def is_total(words: Sequence[str]) -> bool:
    """Return whether one of the cells before a row's figures says that the row is made of other rows.

    >>> [is_total([word, "12"]) for word in ("小　計", "総務課 計", "歳入合計", "男女計", "差引", "会計課", "一般会計", "うち町債")]
    [True, True, True, True, True, False, False, False]
    >>> is_total(["婦人計", "不燃ごみ"])
    False
    """
    figures = any(map(NUMERIC.fullmatch, words))
    for word in words[:4]:
        if NUMERIC.fullmatch(word):
            break
        label = word.strip()
        if any(pattern.fullmatch(label) for pattern, _ in _TOTALS) or (figures and _NAMED_TOTAL.fullmatch(label)):
            return True
    return False


def is_subtotal(word: str) -> bool:
    """Return whether a cell is a subtotal's label."""
    return _SUBTOTAL.fullmatch(word) is not None


def is_part(words: Sequence[str], row: Sequence[str], above: Sequence[str]) -> bool:
    """Return whether a row is contained in the one above: it says うち, and none of its figures is the larger one.

    >>> is_part(["うち町債"], ["うち町債", "120"], ["投資的経費", "450"]), is_part(["うち読の日"], ["うち読の日", "12"], ["貸出", "3"])
    (True, False)
    """
    if not any(_PART.fullmatch(word) for word in words[:2]):
        return False
    pairs = [(_figure(own), _figure(whole)) for own, whole in zip(row, above, strict=False)]
    figures = [(own, whole) for own, whole in pairs if own is not None and whole is not None]
    return bool(figures) and all(abs(own) <= abs(whole) for own, whole in figures)


def _figure(value: str) -> float | None:
    digits = re.sub(r"[,\s△▲\-%]", "", normalise(value))
    return float(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else None


def label(cells: Sequence[Cell]) -> str:
    """Return the words that name a row: its first two label cells; a running number stands with them and counts for none."""
    words: list[str] = []
    for cell in cells:
        numbering = NUMERIC.fullmatch(cell.value) is not None and _NUMBERING.fullmatch(cell.column) is not None
        if words and not numbering and (not cell.value or _is_value(cell.value) or _UNIT_COLUMN.fullmatch(cell.column)):
            break
        if cell.value and not (words and words[-1] == cell.value):
            words.append(cell.value)
        if len([word for word in words if not NUMERIC.fullmatch(word)]) == 2:
            break
    return " ".join(words)[: 2 * LABEL_LIMIT]


def _is_value(value: str) -> bool:
    return _VALUE.fullmatch(value) is not None or is_arrow(value) or len(value) > LABEL_LIMIT


def unit_note(words: str) -> str:
    r"""Return the unit that a line above a table states, or "".

    >>> [unit_note(words) for words in ("表１　歳入（単位：千円、△は減）", "単位：人", r"単位：棟、$\mathrm{m}^2$", "歳入")]
    ['千円', '人', '棟、m²', '']
    """
    notes = list(_UNIT_NOTE.finditer(without_formulas(words)))
    if not notes:
        return ""
    parts = re.split(r"\s*[、,，;；]\s*", notes[-1]["unit"].strip())
    return "、".join(part for part in parts if part and "は" not in part and len(part) <= 12)


def row_unit(cells: Sequence[Cell], of_table: str) -> str:
    """Return a row's unit: what its 単位 cell says, else what holds for the whole table."""
    own = next((cell.value for cell in cells if _UNIT_COLUMN.fullmatch("".join(cell.column.split()))), "")
    return own or of_table
