"""When two pieces of Japanese text count as the same words."""

from __future__ import annotations

import re
import unicodedata

SHORTEST_RUN = 8  # characters; fewer say nothing about where they come from
SHARE = 0.6  # of a passage that a citation must hold in one run


def folded(text: str) -> str:
    """Return a text as answers and keys are compared: NFKC, without white space.

    >>> folded("令和 ７ 年度\\n（２０２５年度）")
    '令和7年度(2025年度)'
    """
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def covers(quote: str, passage: str) -> bool:
    """Return whether a citation's quote shows a passage.

    It does when it holds the passage, is a run of at least 8 of its characters, or holds 60 % of it in one run. Letter case
    and marks count; width and white space do not.

    >>> covers("計画期間は、令和５年度から令和９年度までの５年間とする。", "令和5年度から令和9年度まで")
    True
    >>> covers("推進体制は次のとおりです。", "令和5年度から令和9年度まで")
    False
    """
    quote, passage = folded(quote), folded(passage)
    if not quote or not passage:
        return False
    if passage in quote or (quote in passage and len(quote) >= SHORTEST_RUN):
        return True
    need = max(SHORTEST_RUN, int(len(passage) * SHARE))
    return any(passage[at : at + need] in quote for at in range(len(passage) - need + 1))


def states(text: str, word: str) -> bool:
    """Return whether a text has a word of a key, whatever its width and white space. A number in it is a whole number.

    >>> states("令和 ７ 年度に５ 件", "5件"), states("15件", "5件"), states("2.5%", "5%"), states("1,164件", "164件")
    (True, False, False, False)
    """
    word = folded(word)
    pattern = r"\s*".join(map(re.escape, word))
    if re.match("[0-9]", word):
        pattern = rf"(?<![0-9])(?<![0-9]\.){pattern}"
    if re.match("[0-9]{3}(?![0-9])", word):
        pattern = f"(?<![0-9],){pattern}"
    if re.search("[0-9]$", word):
        pattern = rf"{pattern}(?![0-9]|\.[0-9]|,[0-9]{{3}}(?![0-9]))"
    return bool(word) and re.search(pattern, unicodedata.normalize("NFKC", text)) is not None
