"""What is said first of several towns, and the table of what their plans say."""

from __future__ import annotations

import pytest

from assistant.answer import Question
from assistant.comparison_table import BLANK, NOT_FOUND, ComparedRow, comparison_table
from assistant.differences import differences
from assistant.understand import understand

SPAN = "令和{}年度から令和{}年度までの{}年間"
FOUR, FIVE = SPAN.format(5, 8, 4), SPAN.format(5, 9, 5)

DIFFERENT = [
    ("計画の期間は？", {"甲町": FOUR, "乙町": FIVE}, "期間は、甲町が4年間、乙町が5年間で、異なります。"),
    ("計画の期間は？", {"甲町": FOUR, "乙町": SPAN.format(6, 9, 4)}, "期間は、両町とも4年間で同じです。"),
    (
        "計画は何年間？長いのはどっち？",
        {"甲町": FOUR, "乙町": FIVE},
        "長いのは乙町（5年間）です。期間は、甲町が4年間、乙町が5年間で、異なります。",
    ),
    (
        "計画は何年間？短いのはどっち？",
        {"甲町": FOUR, "乙町": FIVE},
        "短いのは甲町（4年間）です。期間は、甲町が4年間、乙町が5年間で、異なります。",
    ),
    (
        "移行の期限はいつまで？",
        {"甲町": "令和7年度末まで", "乙町": "令和7年度末まで", "丙町": "令和7年度末まで"},
        "期限は、3町とも令和7年度末までで同じです。",
    ),
    (
        "移行の期限は？",
        {"甲町": "令和7年度末まで", "乙市": "令和7年度末まで"},
        "期限は、2つの自治体とも令和7年度末までで同じです。",
    ),
    (
        "移行の期限はいつまで？",
        {"甲町": "令和7年度末", "乙町": "令和7年度まで"},
        "期限は、甲町が令和7年度末、乙町が令和7年度までです。",
    ),
    (
        "移行が早いのはどっち？いつ？",
        {"甲町": "令和7年度", "乙町": "2026年度"},
        "早いのは甲町（令和7年度）です。時期は、甲町が令和7年度、乙町が2026年度で、異なります。",
    ),
    (
        "移行が遅いのはどっち？いつ？",
        {"甲町": "令和7年度", "乙町": "2026年度"},
        "遅いのは乙町（2026年度）です。時期は、甲町が令和7年度、乙町が2026年度で、異なります。",
    ),
    (
        "移行はいつ？",
        {"甲町": "令和7年度末（目標）", "乙町": "令和8年度末（目標）"},
        "時期は、甲町が令和7年度末（目標）、乙町が令和8年度末（目標）で、異なります。",
    ),
    ("何件ですか", {"甲町": "13件", "乙町": "1,164件"}, "件数は、甲町が13件、乙町が1,164件で、異なります。"),
    (
        "何件ですか。多いのはどっち？",
        {"甲町": "1.2万件", "乙町": "9,000件"},
        "多いのは甲町（1.2万件）です。件数は、甲町が1.2万件、乙町が9,000件で、異なります。",
    ),
    (
        "割合は何%ですか。低いのは？",
        {"甲町": "43.2%", "乙町": "28%"},
        "低いのは乙町（28%）です。割合は、甲町が43.2%、乙町が28%で、異なります。",
    ),
    ("何人ですか", {"甲町": "20人", "乙町": "20人"}, "人数は、両町とも20人で同じです。"),
    (
        "期間が長いのは？何年間？",
        {"甲町": FOUR, "乙町": FIVE, "丙町": FIVE},
        "期間は、甲町が4年間、乙町が5年間、丙町が5年間で、異なります。",
    ),
]
NOT_COMPARED = [
    ("移行はいつ？", {"甲町": "令和7年度末（目標）", "乙町": "令和8年度末"}),
    ("移行はいつ？", {"甲町": "令和7年度以降", "乙町": "令和8年度以降"}),
    ("移行はいつ？", {"甲町": "令和7年度頃", "乙町": "令和8年度"}),
    ("何件ですか", {"甲町": "約13件", "乙町": "14件"}),
    ("何件ですか", {"甲町": "13件", "乙町": "14%"}),
    ("何件ですか", {"甲町": "13件以上", "乙町": "14件"}),
    ("計画の期間は？", {"甲町": FOUR, "乙町": "令和9年度まで"}),
    ("計画の期間は？", {"甲町": FOUR}),
    ("計画の期間は？", {}),
    ("担当課は？", {"甲町": "総務課", "乙町": "企画課"}),
]


@pytest.mark.parametrize(("question", "facts", "expected"), DIFFERENT)
def test_what_differs_is_said_with_every_town_s_fact(question: str, facts: dict[str, str], expected: str) -> None:
    """The longer, earlier or larger comes first where it is asked for and there is just one; equal facts are called equal."""
    assert differences(understand(Question(question), ()), facts) == expected


@pytest.mark.parametrize(("question", "facts"), NOT_COMPARED)
def test_what_cannot_be_compared_is_not(question: str, facts: dict[str, str]) -> None:
    """An aim beside a deed, bounds, estimates, other units, one town alone or names: no sentence."""
    assert differences(understand(Question(question), ()), facts) == ""


def test_a_calendar_does_not_make_a_difference() -> None:
    """The same fiscal year in two calendars is no difference, and a calendar year is another than the fiscal year."""
    asked = understand(Question("移行はいつですか"), ())
    assert "異な" not in differences(asked, {"甲町": "令和7年度", "乙町": "2025年度"})
    assert "異なります" in differences(asked, {"甲町": "令和7年度", "乙町": "令和7年"})


def test_the_table_has_a_row_for_each_town_and_keeps_its_cells_whole() -> None:
    """Pipes, backslashes and line breaks of a statement do not break its row; several statements share a cell."""
    rows = [ComparedRow("甲町", ("・一\n・二\n[1]", "「a|b\\」[2]")), ComparedRow("乙町", ("「4年間」[3]",))]
    assert comparison_table(rows).split("\n") == [
        "| 自治体 | 計画の記載 |",
        "| --- | --- |",
        "| 甲町 | ・一／・二／[1]／「a\\|b\\\\」[2] |",
        "| 乙町 | 「4年間」[3] |",
    ]


def test_what_was_not_found_is_told_from_what_the_plan_leaves_blank() -> None:
    """A town without statements says that nothing was found; a blank cell of its plan says that the plan writes nothing."""
    lines = comparison_table([ComparedRow("甲町"), ComparedRow("乙町", ("",)), ComparedRow("丙町", (" \n",))]).split(
        "\n"
    )
    assert lines[2:] == [f"| 甲町 | {NOT_FOUND} |", f"| 乙町 | {BLANK} |", f"| 丙町 | {BLANK} |"]
