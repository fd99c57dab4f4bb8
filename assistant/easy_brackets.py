"""Which words of a sentence stand in brackets or quotation marks: names and asides, which keep their own words."""

from __future__ import annotations

from collections.abc import Sequence

from index.tokens import Token

OPEN = "「『（(【〔［[〈《“"
CLOSE = "」』）)】〕］]〉》”"


def in_brackets(tokens: Sequence[Token]) -> list[bool]:
    """Return for each word whether it stands inside brackets or quotation marks, the marks included."""
    held, depth = [], 0
    for token in tokens:
        depth += sum(mark in OPEN for mark in token.surface)
        held.append(depth > 0)
        depth = max(0, depth - sum(mark in CLOSE for mark in token.surface))
    return held
