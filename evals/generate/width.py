"""Questions in the other width: what old machines, scanners and spreadsheets make of them."""

from __future__ import annotations

import random
import re

import jaconv

_HALF = 0.7  # share that goes to half width, the commoner fault
_NARROW_WORD = re.compile(r"[0-9A-Za-zｦ-ﾟ]+")
_HAS_TWO_WIDTHS = re.compile(r"[0-9A-Za-zｦ-ﾟ０-９Ａ-Ｚａ-ｚァ-ヶ]")


def in_other_width(text: str, rng: random.Random) -> str:
    """Return ``text`` with its katakana, digits and Latin letters in the other width; kanji and hiragana have but one.

    >>> in_other_width("ＤＸのスケジュールは", random.Random(1))
    'DXのｽｹｼﾞｭｰﾙは'
    >>> in_other_width("DXは令和7年度から", random.Random(2))
    'ＤＸは令和７年度から'
    >>> in_other_width("計画は、いつからですか。", random.Random(1))
    '計画は、いつからですか。'
    """
    if not _HAS_TWO_WIDTHS.search(text):
        return text  # nothing but its marks would change
    half, full = jaconv.z2h(text, kana=True, digit=True, ascii=True), _NARROW_WORD.sub(_full, text)
    first, second = (half, full) if rng.random() < _HALF else (full, half)
    return first if first != text else second


def _full(match: re.Match[str]) -> str:
    wide: str = jaconv.h2z(match[0], kana=True, digit=True, ascii=True)
    return wide
