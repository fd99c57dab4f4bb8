"""What a plan says of itself is read from its cover and its text."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.metadata import read_facts
from ingest.municipalities import municipalities, prefectures


def cover(*lines: str) -> str:
    """Return a plan whose cover has the given lines."""
    return "\n\n".join(["東川町DX推進計画", *lines, "1. 目的", "東川町の計画です。"])


@pytest.mark.parametrize(
    ("lines", "established", "revised"),
    [
        (["令和5年3月"], date(2023, 3, 1), None),
        (["令和 ５ 年 ３ 月 策定", "令和 8 年 3 月 改正"], date(2023, 3, 1), date(2026, 3, 1)),
        (["令和5年3月策定（令和8年3月改定）"], date(2023, 3, 1), date(2026, 3, 1)),
        (["策定 令和5年3月 改訂 令和8年3月"], date(2023, 3, 1), date(2026, 3, 1)),
        (["改定：令和8年3月"], None, date(2026, 3, 1)),
        (["令和5年3月策定", "令和6年3月一部改正", "令和7年3月一部改正"], date(2023, 3, 1), date(2025, 3, 1)),
        (["令和5年度～令和9年度"], None, None),
        (["2023年3月"], date(2023, 3, 1), None),
    ],
)
def test_dates_are_read_from_the_cover(lines: list[str], established: date | None, revised: date | None) -> None:
    """A month beside 策定, or beside no word, is when the plan was made; one beside 改定 is when it was revised."""
    facts = read_facts(cover(*lines))
    assert (facts.established, facts.revised) == (established, revised)


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("本計画の期間は、令和5年度から令和9年度までの5年間とします。", date(2023, 4, 1), date(2028, 3, 31)),
        ("計画期間：令和5(2023)年度～令和9(2027)年度", date(2023, 4, 1), date(2028, 3, 31)),
        ("計画期間は令和5年4月から令和10年3月までです。", date(2023, 4, 1), date(2028, 3, 31)),
        ("計画期間は令和5年4月1日から令和8年9月30日までです。", date(2023, 4, 1), date(2026, 9, 30)),
        ("令和3年度から令和7年度までを計画期間とする「行財政改革計画」と整合を図ります。", None, None),
        ("計画期間は定めません。", None, None),
        ("令和5年度から令和9年度まで人口が減ります。", None, None),
    ],
)
def test_the_period_is_the_plans_own(sentence: str, first: date | None, last: date | None) -> None:
    """A period is two years joined beside the words for a period, and not another plan's."""
    facts = read_facts(cover("2. 位置付け", sentence))
    assert (facts.valid_from, facts.valid_to) == (first, last)


def test_a_period_under_its_heading_needs_no_words() -> None:
    """Under the heading 計画期間 the years alone are the period."""
    facts = read_facts(cover("■計画期間\n令和4年度から令和7年度まで"))
    assert (facts.valid_from, facts.valid_to) == (date(2022, 4, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("東広島市DX計画\n\n広島市と連携します。東広島市は進めます。", "342122"),
        ("広島市DX計画\n\n東広島市と連携します。広島市は進めます。", "341002"),
        ("府中市DX計画\n\n広島県の方針を踏まえます。", "342084"),
        ("府中市DX計画\n\n東京都の方針を踏まえます。", "132063"),
        ("東 川 町\n\n計画", "014583"),
    ],
)
def test_the_municipality_is_the_one_that_the_plan_is_about(text: str, code: str) -> None:
    """A longer name is not its own ending, a shared name goes by the prefecture, and spaces in a name do not hide it."""
    found = read_facts(text).municipality
    assert found is not None
    assert found.code == code


def test_a_text_without_a_town_has_none() -> None:
    """No municipality is guessed."""
    assert read_facts("DX推進計画\n\n計画を進めます。").municipality is None


def test_the_title_is_on_the_cover() -> None:
    """The cover's line that ends in 計画 and names the town is the title; without one the town's name makes it."""
    assert read_facts(cover("令和5年3月")).title == "東川町DX推進計画"
    assert read_facts("1. 目的\n\n東川町は進めます。").title == "東川町の計画"


def test_every_municipality_has_a_valid_code() -> None:
    """All codes have six digits and the right check digit, no code comes twice, and there are 47 prefectures."""
    from make_municipalities import check_digit

    codes = [municipality.code for municipality in municipalities()]
    assert all(len(code) == 6 and check_digit(code[:5]) == code[5] for code in codes)
    assert len(set(codes)) == len(codes)
    assert len(prefectures()) == 47
