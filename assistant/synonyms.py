"""Words for the same thing, as a documented table (``synonyms.txt``) read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from index.tokens import terms

_TABLE = Path(__file__).with_name("synonyms.txt")


def synonyms(term: str) -> frozenset[str]:
    """Return the other normalised terms of a term's groups.

    >>> "高齢者" in synonyms("お年寄り"), synonyms("存在しない語")
    (True, frozenset())
    """
    return _groups().get(term, frozenset())


@cache
def _groups() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        # a word that the dictionary splits (町役場) is left out: its parts would stand for far too much
        words = {parts[0] for word in line.split() if len(parts := terms(word)) == 1}
        for word in words:
            groups.setdefault(word, set()).update(words - {word})
    return {word: frozenset(others) for word, others in groups.items()}
