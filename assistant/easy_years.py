"""The Western years to add to the eras' years of a clause."""

from __future__ import annotations

import unicodedata

from ingest.eras import find_years


def western_years(clause: str) -> dict[int, str]:
    """Return the Western year to add, by the offset after which it stands: of every era's year that has none beside it.

    >>> western_years("令和7年度から令和9(2027)年度"), western_years("2025年3月")
    ({5: '2025年度'}, {})
    """
    plain = "".join(n if len(n := unicodedata.normalize("NFKC", c)) == 1 else c for c in clause)
    years: dict[int, str] = {}
    for year in find_years(plain):
        stated = plain[year.start : year.end]
        unit = "年度" if year.fiscal else "年"
        cut = stated.find(unit)
        if cut < 0 or str(year.year) in stated or "(" in plain[year.start : year.end + 1]:
            continue
        years[year.start + cut + len(unit)] = f"{year.year}{unit}"
    return years
