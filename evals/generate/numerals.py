"""Numbers in kanji, as they are spoken."""

from __future__ import annotations

import re

_DIGITS = "〇一二三四五六七八九"
_POWERS = ((1000, "千"), (100, "百"), (10, "十"))
_LARGEST = 99_999_999
# A number on its own: not the 5 of 5G, nor the 5.0 of Society 5.0, whose dot is no decimal point.
_NUMBER = re.compile(r"(?<![A-Za-z0-9.])(?<![A-Za-z] )([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?(?![A-Za-z0-9])")


def in_kanji(number: int) -> str:
    """Return a number from 0 to 99,999,999 in kanji.

    >>> [in_kanji(number) for number in (0, 7, 10, 28, 105, 2025, 11_640)]
    ['〇', '七', '十', '二十八', '百五', '二千二十五', '一万千六百四十']
    """
    if number >= 10_000:
        return in_kanji(number // 10_000) + "万" + (in_kanji(number % 10_000) if number % 10_000 else "")
    said = ""
    for power, name in _POWERS:
        count, number = divmod(number, power)
        said += (_DIGITS[count] if count > 1 else "") + name if count else ""
    return said + (_DIGITS[number] if number or not said else "")


def spoken_numbers(text: str) -> str:
    """Return ``text`` (digits in half width) with its numbers in kanji.

    >>> spoken_numbers("令和7年度の1,164件、43.2%と5GとSociety 5.0")
    '令和七年度の千百六十四件、四十三点二%と5GとSociety 5.0'
    """
    return _NUMBER.sub(_spoken, text)


def _spoken(match: re.Match[str]) -> str:
    number = int(match[1].replace(",", ""))
    if number > _LARGEST:
        return match[0]
    point = "点" + "".join(_DIGITS[int(digit)] for digit in match[2][1:]) if match[2] else ""
    return in_kanji(number) + point
