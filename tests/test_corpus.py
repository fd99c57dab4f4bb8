"""The shipped plans are what their municipalities published, and plans.toml says whose they are."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

PLANS = Path(__file__).resolve().parent.parent / "plans"
TABLES: list[dict[str, Any]] = tomllib.loads((PLANS / "plans.toml").read_text(encoding="utf-8"))["plans"]
IDS = [table["plan_id"] for table in TABLES]
NEEDED = {
    "file", "plan_id", "municipality", "reading", "code", "prefecture", "title", "source", "rights", "sha256",
}  # fmt: skip
STATED = {"title_note", "established", "revised", "valid_from", "valid_to", "period", "contact"}


def check_digit(code: str) -> int:
    """Return a municipality code's check digit: the last digit of eleven less the weighted sum modulo eleven.

    >>> check_digit("35344")
    2
    """
    total = sum(int(digit) * weight for digit, weight in zip(code, range(6, 1, -1), strict=True))
    return (11 - total % 11) % 10


def test_every_plan_file_has_one_table() -> None:
    """The text files of plans/ and the tables of plans.toml match one to one, and ids are unique."""
    assert sorted(table["file"] for table in TABLES) == sorted(path.name for path in PLANS.glob("*.txt"))
    assert len(set(IDS)) == len(IDS) == 5


@pytest.mark.parametrize("table", TABLES, ids=IDS)
def test_a_plan_is_byte_identical_to_what_was_received(table: dict[str, Any]) -> None:
    """A plan's bytes have the recorded SHA-256: nobody has edited, normalised or re-encoded it."""
    assert sha256((PLANS / table["file"]).read_bytes()).hexdigest() == table["sha256"]


@pytest.mark.parametrize("table", TABLES, ids=IDS)
def test_a_table_says_whose_plan_it_is(table: dict[str, Any]) -> None:
    """Every table has the keys it needs and no unknown one; its code is a valid municipality code."""
    assert table.keys() >= NEEDED
    assert table.keys() <= NEEDED | STATED
    assert re.fullmatch(r"[a-z0-9-]+", table["plan_id"])
    assert int(table["code"][5]) == check_digit(table["code"][:5])
    assert table["municipality"] in table["source"]
    assert table["municipality"] in table["rights"]


@pytest.mark.parametrize("table", TABLES, ids=IDS)
def test_what_a_table_states_stands_in_the_plan(table: dict[str, Any]) -> None:
    """A title, a date, a period or an office is in the plan's own text, or the table says that it is not."""
    text = re.sub(r"\s|#", "", (PLANS / table["file"]).read_text(encoding="utf-8"))
    assert ("title_note" in table) != (re.sub(r"\s", "", table["title"]) in text)
    for key in ("established", "revised"):
        if key in table:
            year, month = map(int, table[key].split("-"))
            assert re.search(rf"令和{year - 2018}年(\({year}年\))?{month}月", text)
    assert table.get("contact", {}).get("office", "") in text


@pytest.mark.parametrize("table", [t for t in TABLES if "valid_from" in t], ids=lambda t: t["plan_id"])
def test_a_period_is_whole_fiscal_years(table: dict[str, Any]) -> None:
    """A period runs from 1 April of its first fiscal year to 31 March after its last."""
    first, last = (int(year) + 2018 for year in re.findall(r"令和(\d+)年度", table["period"]))
    assert date.fromisoformat(table["valid_from"]) == date(first, 4, 1)
    assert date.fromisoformat(table["valid_to"]) == date(last + 1, 3, 31)
