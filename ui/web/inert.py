"""Text that can be shown inside Markdown and HTML without ever becoming markup."""

from __future__ import annotations

import re
import string

_ENTITIES = {ord(mark): f"&#{ord(mark)};" for mark in string.punctuation}
"""Every ASCII punctuation mark as a character reference: Markdown, HTML and Handlebars see no mark of theirs."""

_STEERS = re.compile("([\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])")
"""Characters that turn the direction of what follows them."""

_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
"""Leading blanks start a code block in Markdown."""


def inert(text: str) -> str:
    """Return ``text`` so that a browser shows exactly its characters, inside HTML as well as inside Markdown.

    >>> inert("<b>*町*</b>")
    '&#60;b&#62;&#42;町&#42;&#60;&#47;b&#62;'
    >>> inert("    計画の期間")
    '&#32;&#32;&#32;&#32;計画の期間'
    """
    escaped = text.replace("\0", "\ufffd").translate(_ENTITIES)
    return _INDENT.sub(lambda blanks: "".join(f"&#{ord(blank)};" for blank in blanks.group()), escaped)


def steady(text: str) -> str:
    """Return ``inert`` text for between tags: a character that would turn the direction is seen by its number and turns nothing.

    Whoever copies the text or reads it by script still gets every character.

    >>> steady("<b>町\\u202e")
    '&#60;b&#62;町<i class="plan-steers" data-name="U+202E"><span hidden>\\u202e</span></i>'
    """
    pieces = _STEERS.split(text)
    return "".join(
        f'<i class="plan-steers" data-name="U+{ord(piece):04X}"><span hidden>{piece}</span></i>'
        if at % 2
        else inert(piece)
        for at, piece in enumerate(pieces)
    )
