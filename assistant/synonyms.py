"""Words for the same thing, as a documented table (``synonyms.txt``) read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from index.tokens import terms

_TABLE = Path(__file__).with_name("synonyms.txt")


def synonyms(term: str) -> frozenset[str]:
    """Return the other normalised terms of a term's groups.

    >>> "高齢" in synonyms("年寄り"), synonyms("存在しない語")
    (True, frozenset())
    """
    return _groups().get(term, frozenset())


@cache
def _groups() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        words = {term for word in line.split() for term in terms(word)}
        for word in words:
            groups.setdefault(word, set()).update(words - {word})
    return {word: frozenset(others) for word, others in groups.items()}
