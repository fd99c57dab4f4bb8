"""A following or revised plan takes the place of the earlier one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ingest.document import Plan
from ingest.succession import superseded

FIRST = Plan("first", "見本町", "", "990001", "", "見本町DX推進計画", None, None, date(2020, 4, 1), None, "", "")
SECOND = replace(FIRST, plan_id="second", title="第2次見本町DX推進計画", valid_from=date(2025, 4, 1))


def test_the_plan_of_the_next_period_takes_the_place_of_the_last() -> None:
    """In whichever order they are given."""
    assert superseded([FIRST, SECOND]) == superseded([SECOND, FIRST]) == {"first": "second"}


def test_of_three_plans_the_newest_is_current() -> None:
    """Both earlier ones point at it."""
    third = replace(FIRST, plan_id="third", title="見本町DX推進計画（第3期）", valid_from=date(2030, 4, 1))
    assert superseded([FIRST, third, SECOND]) == {"first": "third", "second": "third"}


def test_a_revised_edition_takes_the_place_of_what_it_revises() -> None:
    """Its period is the same, its revision later."""
    revised = replace(FIRST, plan_id="revised", title="見本町DX推進計画（改訂版）", revised=date(2022, 3, 1))
    assert superseded([FIRST, revised]) == {"first": "revised"}


def test_another_plan_and_another_town_replace_nothing() -> None:
    """Only the same subject of the same municipality counts, and only with dates."""
    waste = replace(SECOND, title="見本町ごみ処理基本計画")
    elsewhere = replace(SECOND, municipality="手本町", municipality_code="990002", title="手本町DX推進計画")
    undated = replace(SECOND, valid_from=None)
    for other in (waste, elsewhere, undated):
        assert superseded([FIRST, other]) == {}


def test_plans_toml_may_say_it() -> None:
    """Whatever the titles are; a chain ends at its newest plan, a circle ends somewhere."""
    waste = replace(FIRST, plan_id="waste", title="ごみの計画", supersedes=("first",))
    last = replace(waste, plan_id="last", title="その次", supersedes=("waste",))
    assert superseded([FIRST, waste, last]) == {"first": "last", "waste": "last"}
    assert set(superseded([replace(FIRST, supersedes=("waste",)), waste])) == {"first", "waste"}
