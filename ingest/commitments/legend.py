"""What the marks of a schedule mean, from the legend beside it: ○：検討 ●：実施 →：継続."""

from __future__ import annotations

import re

from ingest.document import Span

_MARKS = "○●◎◯〇■□△▲☆★✓→⇒➡"
_ENTRY = re.compile(
    rf"(?P<mark>[{_MARKS}]|\$\\rightarrow\$)\s?(?:[：:＝=…]|は)[\s　]?(?P<words>[^\s　、，,。；;）)（(\n\t|<{_MARKS}$]{{1,12}})"
)
_BEFORE = 300  # characters between a legend and the table below it
_AFTER = re.compile(r"(?:\s*\S[^\n]*\n?){0,2}")  # the lines right below a table, where its legend can stand
_FAR = 1500  # a legend at the head of a section serves all its tables
_ARROW = "→"
_AROUND = re.compile(r"凡例|[\s　、，,：:。（）()※*【】\[\]]")


def read_legend(text: str, table: Span) -> dict[str, tuple[str, Span]]:
    """Return each mark's words and where the nearest legend of a table gives them; empty without a legend of two marks or more.

    >>> text = "（凡例　○：検討　●：実施　→：継続）"
    >>> {mark: words for mark, (words, _) in read_legend(text, Span(len(text), len(text))).items()}
    {'○': '検討', '●': '実施', '→': '継続'}
    """
    below = _AFTER.match(text, table.end)
    after = Span(table.end, below.end() if below else table.end)
    places = (Span(table.start - _BEFORE, table.start), after, Span(table.start - _FAR, table.start))
    for place in places:
        found: dict[str, tuple[str, Span]] = {}
        for match in _ENTRY.finditer(text, max(place.start, 0), place.end):
            mark = _ARROW if match["mark"] in "⇒➡" or len(match["mark"]) > 1 else match["mark"]
            found[mark] = (match["words"], Span(match.start(), match.end()))
        if len(found) > 1:
            return found
    return {}


def is_legend(words: str) -> bool:
    """Return whether words are a legend and nothing else.

    >>> is_legend("（凡例　○：検討　●：実施）"), is_legend("重点項目のほか、○：検討とします。")
    (True, False)
    """
    return _ENTRY.search(words) is not None and not _AROUND.sub("", _ENTRY.sub("", words))
