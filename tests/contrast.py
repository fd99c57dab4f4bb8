"""Contrast of two colours as WCAG 2.2 defines it."""

from __future__ import annotations


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of two colours written as ``#rrggbb`` or ``#rgb``, from 1 to 21.

    >>> contrast("#000", "#ffffff")
    21.0
    """
    darker, brighter = sorted((_luminance(colour), _luminance(other)))
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance, 0 to 1."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
