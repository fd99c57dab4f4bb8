"""Figures that no quote states but that follow from two or more: computed again, never believed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from itertools import combinations

from assistant.anchors import Anchor
from assistant.claim_words import DIFFERENCE, SUM
from assistant.claims import Clause

_MOST = 8  # operands; a sum of more is no sentence


def derived(clause: Clause, unproven: Sequence[Anchor], stated: Sequence[Anchor]) -> bool:
    """Return whether the unproven figures of a clause are the sum or the difference of figures that are stated.

    The clause names the operation (合わせて, 差), the sentence states its operands, all of them in one unit.
    """
    return all(_follows(clause, figure, [a for a in stated if a.kind == figure.kind]) for figure in unproven)


def _follows(clause: Clause, figure: Anchor, operands: Sequence[Anchor]) -> bool:
    values = [value for anchor in operands[:_MOST] if (value := _value(anchor)) is not None]
    result = _value(figure)
    if result is None or figure.bounds or len(values) < 2:
        return False
    if SUM.search(clause.text):
        return sum(values) == result
    return bool(DIFFERENCE.search(clause.text)) and any(abs(a - b) == result for a, b in combinations(values, 2))


def _value(anchor: Anchor) -> Decimal | None:
    try:
        return Decimal(anchor.name.removesuffix(anchor.kind))
    except InvalidOperation:  # a time, an office, or 4,000万
        return None
