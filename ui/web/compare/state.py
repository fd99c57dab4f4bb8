"""What is compared, as the page's address says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Wanted:
    """The towns chosen (names or codes) and the topic as it was typed."""

    towns: tuple[str, ...] = ()
    topic: str = ""


def read_wanted(query: Sequence[tuple[str, str]]) -> Wanted:
    """Return what an address asks for.

    >>> read_wanted([("town", "甲町"), ("town", "乙町"), ("q", "期間")])
    Wanted(towns=('甲町', '乙町'), topic='期間')
    """
    towns = tuple(value for name, value in query if name == "town" and value.strip())
    return Wanted(towns, next((value for name, value in query if name == "q"), ""))


def query_of(codes: Sequence[str], topic: str) -> str:
    """Return the address's query.

    >>> query_of(["000001", "000002"], "期間")
    'town=000001&town=000002&q=%E6%9C%9F%E9%96%93'
    """
    return urlencode([*(("town", code) for code in codes), ("q", topic)])


def csv_query(codes: Sequence[str], topic: str) -> str:
    """Return the API's query for the same comparison as a file.

    >>> csv_query(["000001"], "A")
    'municipality=000001&q=A&format=csv'
    """
    return urlencode([*(("municipality", code) for code in codes), ("q", topic), ("format", "csv")])
