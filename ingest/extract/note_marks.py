"""What the mark of a note looks like in a file, and how it is written in the text."""

from __future__ import annotations

import re

_MARK = re.compile(r"[\[［(（]?(?:[※＊*†‡]|注|脚注)?\s?[0-9０-９]{0,3}[\]］)）]?")
_FIGURES = re.compile(r"[0-9]{1,3}")
_JAPANESE_BEFORE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff」』）]\s*$")


def is_mark(words: str) -> bool:
    """Return whether the words of a link or of a raised stretch are a note's mark.

    >>> [is_mark(words) for words in ("※1", "[2]", "注3", "12", "*", "第1章", "", "2023")]
    [True, True, True, True, True, False, False, False]
    """
    return bool(words) and words not in "[]()（）［］" and _MARK.fullmatch(words) is not None


def mark_number(words: str) -> str:
    """Return the number in a mark, "" where it has none.

    >>> mark_number("注０３）"), mark_number("*")
    ('3', '')
    """
    found = re.search(r"[0-9０-９]+", words)
    return str(int(found[0])) if found else ""


def raised(words: str, before: str) -> str:
    """Return raised words as they are written behind ``before``: a note's mark in brackets, anything else as it is.

    >>> raised("※3", "データ"), raised("2", "10m"), raised("4", "連携"), raised("※3", "")
    ('[※3]', '2', '[※4]', '※3 ')
    """
    mark = words.strip()
    if not is_mark(mark):
        return words
    if not before.strip():
        return f"※{mark_number(mark)} "
    if _FIGURES.fullmatch(mark) and not _JAPANESE_BEFORE.search(before):
        return words  # a unit's power
    return f"[※{mark_number(mark)}]"


def without_mark(words: str, mark: str) -> str:
    """Return a note's words without its own mark at their head.

    >>> without_mark("※1 DX：変革", "※1"), without_mark("１）AI", "1"), without_mark("10年", "1")
    ('DX：変革', 'AI', '10年')
    """
    number = mark_number(mark)
    digits = "".join(f"[{d}{chr(ord(d) + 0xFEE0)}]" for d in number)
    own = rf"[※＊*†‡注]*\s?0*{digits}(?![0-9０-９])" if number else re.escape(mark.strip("[]()（）［］"))
    return re.sub(rf"^[\[［(（]?{own}[\]］)）]?[.．:：\s]*", "", words)
