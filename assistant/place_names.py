"""The municipalities and prefectures that a text names, with their readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ingest.municipalities import municipalities, prefectures


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name as it stands in a text; ``reading`` is "" where places of that name are read differently, or not known."""

    name: str
    reading: str
    start: int
    end: int


def place_names(text: str) -> tuple[PlaceName, ...]:
    """Return the places that ``text`` names, in order; of two names that overlap the longer one.

    >>> [(p.name, p.reading) for p in place_names("津別町と兵庫県の計画")]
    [('津別町', 'つべつちょう'), ('兵庫県', '')]
    """
    table, longest = _readings(), _longest()
    found: list[PlaceName] = []
    for at, letter in enumerate(text):
        if letter not in _last_letters():
            continue
        taken = found[-1].end if found else 0
        for start in range(max(taken, at + 1 - longest), at):
            name = text[start : at + 1]
            if name in table:
                found.append(PlaceName(name, table[name], start, at + 1))
                break
    return tuple(found)


def town_readings(stem: str) -> frozenset[str]:
    """Return the readings of the towns whose name is ``stem`` and 市, 区, 町 or 村.

    >>> sorted(town_readings("上郡"))
    ['かみごおりちょう']
    """
    table = _readings()
    return frozenset(reading for kind in "市区町村" if (reading := table.get(stem + kind, "")))


@cache
def _readings() -> Mapping[str, str]:
    readings: dict[str, set[str]] = defaultdict(set)
    for municipality in municipalities():
        readings[municipality.name].add(municipality.reading)
    known = {name: next(iter(found)) if len(found) == 1 else "" for name, found in readings.items()}
    return dict.fromkeys(prefectures(), "") | known


@cache
def _longest() -> int:
    return max(map(len, _readings()))


@cache
def _last_letters() -> frozenset[str]:
    return frozenset(name[-1] for name in _readings())
