"""Text without the characters that nobody can see, and on one line."""

from __future__ import annotations

import re

# Control characters but tab, newline and form feed, lone surrogates and non-characters; zero-width space, byte order
# mark, direction controls and the invisible tag characters.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]+"
)
_NEWLINE = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_SPACE = re.compile(r"[ \t\r\n\f\x85\xa0\u2028\u2029]+")
_WIDE = r"[\u2e80-\u303f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]"
_BROKEN_LINE = re.compile(rf"(?<={_WIDE})[ \t]*\r?\n\s*(?={_WIDE})")


def visible(text: str) -> str:
    r"""Return the text without invisible characters, every line end a ``\n``.

    >>> visible("見本\u200b町\u202e\r\n計画\x00")
    '見本町\n計画'
    """
    return _NEWLINE.sub("\n", _INVISIBLE.sub("", text))


def one_line(text: str) -> str:
    r"""Return the text with each run of white space as one space, none at its ends. An ideographic space inside stays.

    >>> one_line("　令和5年度\t\n 計画　概要 ")
    '令和5年度 計画　概要'
    """
    return _SPACE.sub(" ", text).strip()


def unwrapped(text: str) -> str:
    r"""Return the text of a mark-up file, its line breaks gone between Japanese characters and spaces elsewhere.

    >>> unwrapped("計画の\n  目的は\nDX です")
    '計画の目的は DX です'
    """
    return _SPACE.sub(" ", _BROKEN_LINE.sub("", text))
