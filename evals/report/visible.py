"""Text whose hidden characters can be seen, and do nothing."""

from __future__ import annotations

import re
import unicodedata

_KEPT = "\n\t"
_HIDDEN = frozenset(
    {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
)  # controls, formats (bidi among them), what is no character
_PLAIN = re.compile(r"[ -~\n\t\u3000-\u30ff\u4e00-\u9fff\uff01-\uffee]*")


def visible(text: str) -> str:
    """Return ``text`` with every character that only acts (turns the line round, joins, ends the file) as its number.

    What is left can be written as XML 1.0 and as UTF-8, and reads in the order in which it stands.

    >>> visible("令和４年度\\u202e度年９和令")
    '令和４年度‹U+202E›度年９和令'
    >>> visible("一行目\\r\\n二行目\\0")
    '一行目\\n二行目‹U+0000›'
    """
    if _PLAIN.fullmatch(text):
        return text
    return "".join(map(_shown, text.replace("\r\n", "\n")))


def _shown(character: str) -> str:
    if character in _KEPT or unicodedata.category(character) not in _HIDDEN:
        return character
    return f"‹U+{ord(character):04X}›"
