"""The fiscal years that a stage states."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.commitments.commitment import END_LOST, Stage
from ingest.document import Plan
from ui.commitments.years import fiscal_years, may_cover, read_fiscal_year
from ui.question import QuestionRefusedError

PLAN = Plan(
    plan_id="kou",
    municipality="甲町",
    reading="こうちょう",
    municipality_code="000000",
    prefecture="乙県",
    title="甲町計画",
    established=None,
    revised=None,
    valid_from=date(2023, 4, 1),
    valid_to=date(2027, 3, 31),
    source="",
    rights="",
)


def stage(when: str, until: str = "", doubt: str = "") -> Stage:
    return Stage("実施", when, until, (), doubt)


@pytest.mark.parametrize(
    ("when", "until", "years"),
    [
        ("令和7年度", "", {2025}),
        ("令和７年度末まで", "", {2025}),
        ("令和6年度～令和8年度", "", {2024, 2025, 2026}),
        ("令和6年度", "令和8年度", {2024, 2025, 2026}),
        ("R7", "R8", {2025, 2026}),
        ("2025", "", {2025}),
        ("令和6年度から7年度", "", {2024, 2025}),
        ("令和7年度以降", "", {2025, 2026}),
        ("令和7年3月", "", {2024}),
        ("令和5年10月～3月", "", {2023}),
        ("令和5年4月～9月に実施令和8年4月～3月に再精査", "", {2023, 2026}),
        ("毎年", "", {2023, 2024, 2025, 2026}),
        ("検討中", "", set()),
        ("", "", set()),
    ],
)
def test_a_stage_covers_the_years_that_it_states(when: str, until: str, years: set[int]) -> None:
    """Each year of a stretch, the fiscal year of a month, and for 以降 and 毎年 the plan's period: no other year."""
    assert fiscal_years(stage(when, until), PLAN) == years


def test_a_lost_end_is_not_guessed() -> None:
    """The stage covers the year in which it begins; later years of the plan's period are possible, none after it."""
    begun = stage("令和5年度", doubt=END_LOST)
    assert fiscal_years(begun, PLAN) == {2023}
    assert [may_cover(begun, PLAN, year) for year in (2022, 2023, 2024, 2026, 2027)] == [
        False,
        False,
        True,
        True,
        False,
    ]
    assert not may_cover(stage("令和5年度"), PLAN, 2024)


@pytest.mark.parametrize("text", ["", "来年", "令和7年度か令和8年度", "7", "9" * 3000])
def test_what_is_no_year_is_refused(text: str) -> None:
    """The message is polite, says what to write, and does not repeat pages of text."""
    with pytest.raises(QuestionRefusedError, match="指定してください") as refused:
        read_fiscal_year(text)
    assert len(str(refused.value)) < 120
