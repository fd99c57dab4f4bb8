"""Figures that an answer computes out of others it states: each is computed again here, apart from the assistant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

_RESULT = re.compile(r"(?P<before>[^\n]*?)、(?P<how>差は|合わせて|割合は)(?P<result>[0-9][0-9,]*(?:\.[0-9]+)?)")
_OPERAND = re.compile(r"は(?P<figure>-?[0-9][0-9,]*(?:\.[0-9]+)?)")
_COMPUTED: dict[str, Callable[[Sequence[float]], float]] = {
    "差は": lambda figures: abs(figures[0] - figures[1]),
    "合わせて": sum,
    "割合は": lambda figures: round(100 * figures[0] / figures[1], 1),
}
_TWO = ("差は", "割合は")  # made of two figures, no more and no less


def derived_facts(answer: str) -> frozenset[str]:
    """Return the results in ``answer`` that follow from the figures stated before them in the same line.

    The figures themselves have to be proven like all others.

    >>> sorted(derived_facts("甲班の件数は28、乙班の件数は11で、差は17です。[1][2]"))
    ['17']
    >>> derived_facts("甲班の件数は28、乙班の件数は11で、合わせて40です。[1][2]")
    frozenset()
    """
    plain = unicodedata.normalize("NFKC", answer)
    return frozenset(match["result"].replace(",", "") for match in _RESULT.finditer(plain) if _follows(match))


def _follows(match: re.Match[str]) -> bool:
    figures = [_number(operand["figure"]) for operand in _OPERAND.finditer(match["before"])]
    if len(figures) < 2 or (match["how"] in _TWO and (len(figures) != 2 or not figures[1])):
        return False
    return abs(_COMPUTED[match["how"]](figures) - _number(match["result"])) < 1e-6


def _number(figure: str) -> float:
    return float(figure.replace(",", ""))
