"""The LaTeX that OCR models write around signs, units and arrows, and what people read in its place."""

from __future__ import annotations

import re
from collections.abc import Callable

_Replace = Callable[[re.Match[str]], str]


def _arrow(match: re.Match[str]) -> str:
    return "→"


# Signs that tables use, by their LaTeX names.
_SIGNS = {
    "triangle": "△",
    "bigcirc": "○",
    "circ": "○",
    "bullet": "●",
    "bigstar": "★",
    "times": "×",
    "sim": "～",
    "circledcirc": "◎",
}


def _sign(match: re.Match[str]) -> str:
    return _SIGNS[match[1]]


def _inside(match: re.Match[str]) -> str:
    return match[1]


def _power(match: re.Match[str]) -> str:
    return {"2": "²", "3": "³"}[match[1]]


# In this order: a formula's words before the dollar signs around it.
FORMULAS: tuple[tuple[re.Pattern[str], _Replace], ...] = (
    (re.compile(r"\$?\s*\\(?:long)?(?:right|Right|to)(?:arrow)?(?![A-Za-z])\s*\$?"), _arrow),
    (re.compile(rf"\$?\s*\\({'|'.join(_SIGNS)})(?![A-Za-z])\s*\$?"), _sign),
    (re.compile(r"\\(?:mathrm|mathbf|text|rm)\s*\{([^{}]{0,40})\}"), _inside),  # \mathrm{m}^2
    (re.compile(r"(?<=m)\s*\^\s*\{?([23])\}?"), _power),
    (re.compile(r"\$([^$\\^]{0,40})\$"), _inside),
    (re.compile(r"\\([%|&_#*$~<>\[\](){}.+\-])"), _inside),  # 77.2\%, a\|b
)


def without_formulas(source: str) -> str:
    r"""Return words without LaTeX and Markdown's escapes.

    >>> without_formulas(r"77.2\%"), without_formulas(r"$\rightarrow$"), without_formulas(r"12 $\mathrm{m}^2$")
    ('77.2%', '→', '12 m²')
    """
    if "\\" in source or "$" in source:
        for pattern, replace in FORMULAS:
            source = pattern.sub(replace, source)
    return source
