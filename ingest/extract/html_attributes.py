"""What the attributes of an element say: that it is hidden, a heading, how a list is numbered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.extract.numerals import numeral
from ingest.extract.written import BULLET

_HIDING = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s{0,9}:\s{0,9}([\w-]+)")
_INTEGER = re.compile(r"\s*([+-]?\d{1,9})(?!\d)")
_PLAIN = {"disc": "bullet", "circle": "bullet", "square": "bullet", "1": "decimal"}


@dataclass(slots=True)
class OpenList:
    """A list while it is read: the number of its next item, and the form of its numbers (bullet, none or a name)."""

    number: int
    form: str

    def next_label(self, attributes: Mapping[str, str]) -> str:
        """Return what stands before the next item.

        >>> numbered = OpenList(3, "decimal")
        >>> numbered.next_label({}), numbered.next_label({"value": "9"}), OpenList(1, "bullet").next_label({})
        ('3. ', '9. ', '・')
        """
        number = integer(attributes.get("value", ""), self.number)
        self.number = number + 1
        if self.form in ("bullet", "none"):
            return BULLET if self.form == "bullet" else ""
        mark = numeral(number, self.form)
        return f"{mark} " if mark in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳" else f"{mark}. "


def open_list(tag: str, attributes: Mapping[str, str]) -> OpenList:
    """Return the list that an element opens.

    >>> open_list("ol", {"type": "a", "start": "2"}), open_list("ul", {"style": "list-style: none"}).form
    (OpenList(number=2, form='a'), 'none')
    """
    style = _LIST_STYLE.search(attributes.get("style", ""))
    plain = "decimal" if tag == "ol" else "bullet"
    form = style[1] if style else attributes.get("type", plain)
    form = _PLAIN.get(form, plain if form in ("inherit", "initial", "inside", "outside") else form)
    return OpenList(integer(attributes.get("start", ""), 1), form)


def is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    """Return whether an element is hidden by its own attributes (style sheets are not read).

    >>> is_hidden("p", {"style": "color: red; display: none"}), is_hidden("p", {"class": "none"})
    (True, False)
    """
    if not attributes:
        return tag == "dialog"
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden", "").strip().lower() == "true"
        or (tag == "dialog" and "open" not in attributes)
        or _HIDING.search(attributes.get("style", "")) is not None
    )


def heading_level(tag: str, attributes: Mapping[str, str]) -> int:
    """Return the level of a heading, 0 for anything else.

    >>> heading_level("h3", {}), heading_level("div", {"role": "heading", "aria-level": "4"}), heading_level("hr", {})
    (3, 4, 0)
    """
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return int(tag[1])
    if tag in ("div", "p", "span") and attributes.get("role") == "heading":
        return max(integer(attributes.get("aria-level", ""), 2), 1)
    return 0


def integer(words: str, default: int) -> int:
    """Return the number that an attribute begins with, or ``default``.

    >>> integer("3", 1), integer("", 1), integer("99999999999999", 1), integer("-2", 1)
    (3, 1, 1, -2)
    """
    match = _INTEGER.match(words)
    return int(match[1]) if match else default
