"""The number of a list item or heading as its reader sees it: 1, ①, ア, 一, iv."""

from __future__ import annotations

from collections.abc import Mapping

_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_KANJI = "〇一二三四五六七八九"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
# Names of ST_NumberFormat (ECMA-376, 17.18.59) and of CSS counter styles -> the symbols that are counted through.
_SYMBOLS: Mapping[str, str] = {
    "aiueo": _AIUEO,
    "aiueoFullWidth": _AIUEO,
    "katakana": _AIUEO,
    "iroha": _IROHA,
    "irohaFullWidth": _IROHA,
    "katakana-iroha": _IROHA,
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
}
_KANJI_FORMS = frozenset(
    "japaneseCounting chineseCounting chineseCountingThousand taiwaneseCounting taiwaneseCountingThousand "
    "cjk-ideographic japanese-informal".split()
)
_DIGIT_FORMS = frozenset("ideographDigital japaneseDigitalTenThousand cjk-decimal".split())
_LETTER_FORMS = frozenset("lowerLetter upperLetter lower-alpha upper-alpha lower-latin upper-latin a A".split())
_ROMAN_FORMS = frozenset("lowerRoman upperRoman lower-roman upper-roman i I".split())


def numeral(number: int, form: str) -> str:
    """Return ``number`` in a numbering form of Word or CSS; in Arabic figures where the form has no such number.

    >>> [numeral(3, form) for form in ("decimal", "aiueoFullWidth", "decimalEnclosedCircle", "japaneseCounting")]
    ['3', 'ウ', '③', '三']
    >>> numeral(12, "upperRoman"), numeral(28, "lowerLetter"), numeral(12, "decimalFullWidth"), numeral(24, "katakana")
    ('XII', 'bb', '１２', 'ネ')
    """
    if not 0 < number < 10_000:
        return str(number)
    if form in _SYMBOLS:
        symbols = _SYMBOLS[form]
        return symbols[number - 1] if number <= len(symbols) else str(number)
    if form in _KANJI_FORMS:
        return _kanji(number)
    if form in _DIGIT_FORMS:
        return "".join(_KANJI[int(digit)] for digit in str(number))
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return str(number).translate(_FULL_WIDTH)
    upper = form[:1].isupper() or form.startswith("upper")
    if form in _LETTER_FORMS and number <= 26 * 30:  # Word and CSS differ past z: here aa, bb, cc
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if upper else letters
    if form in _ROMAN_FORMS:
        return _roman(number).upper() if upper else _roman(number)
    return f"{number:02}" if form in ("decimalZero", "decimal-leading-zero") else str(number)


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def _kanji(number: int) -> str:
    out = ""
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            out += ("" if digit == 1 and unit else _KANJI[digit]) + unit
    return out
