"""A model's sentence as it may be shown: without mark-up, or not at all."""

from __future__ import annotations

import re
import unicodedata

_EMPHASIS = re.compile(r"\*\*|__|`|^\s*(?:#{1,6}|>)\s+|^\s*[-*]\s+")
_MARK = re.compile(r"\[[0-9]{1,3}\]")
# What a page could take for mark-up, a link or an address, after NFKC; the plans' own addresses are in their quotes.
_MARKUP = re.compile(
    r"[<>\[\]{}|\\*_#`$^~=&]|//|\]\(|www\.|\b(?:javascript|data|mailto|tel|file|vbscript):|&[a-z]+;|[\w.-]+@|[\w-]+\.(?=[a-z]{2})",
    re.IGNORECASE,
)
_JAPANESE = re.compile(r"[ -~\u3000-\u30ff\u3400-\u9fff\uff01-\uff9f・々〆〇①-⑳％：；！？（）「」『』【】〜～－―…]")


def plain_sentence(sentence: str, quotes: str) -> str:
    """Return a sentence without emphasis marks, "" when it holds what no sentence needs.

    That is mark-up, links and addresses, characters that cannot be seen or turn the text round, and letters that are
    neither Japanese nor ASCII nor in the quotes.

    >>> plain_sentence("- 期間は**5年間**です。[1]", ""), plain_sentence("[ここ](https://example.org)です。[1]", "")
    ('期間は5年間です。[1]', '')
    """
    plain = _EMPHASIS.sub("", sentence.strip()).strip()
    words = _MARK.sub("", plain)
    if _MARKUP.search(unicodedata.normalize("NFKC", words).replace("~", "", words.count("～") + words.count("〜"))):
        return ""
    strange = {letter for letter in words if not _JAPANESE.match(letter)}
    return "" if any(_hidden(letter) or letter not in quotes for letter in strange) else plain


def _hidden(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "CZM"
