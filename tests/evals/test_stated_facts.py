"""Which dates, numbers and names a text states, and which of them are proven."""

from __future__ import annotations

import pytest

from evals import break_answers
from evals.case import Case
from evals.mutants import Remembered
from evals.stated_facts import stated_facts, unsupported
from evals.verdict import judge


@pytest.mark.parametrize(
    "text",
    (
        "令和7年度 令和７年度 令和七年度 R7年度 Ｒ７年度 2025年度 "
        "２０２５年度 令和7（2025）年度 2025（令和7）年度 令和7年度（2025年度）"
    ).split(),
)
def test_every_form_of_a_year_is_the_same_fact(text: str) -> None:
    """Era, letter, Western, full-width, kanji, both at once."""
    assert stated_facts(text) == {"2025年度"}


def test_a_year_and_a_fiscal_year_are_different_facts() -> None:
    """Three months of them differ."""
    assert unsupported("令和7年に始めます", "令和7年度に開始", "") == {"2025年"}
    assert unsupported("令和7年度に始めます", "令和7年に開始", "") == {"2025年度"}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("令和5～9年度", {"2023年度", "2027年度"}),
        ("令和５年度から９年度まで", {"2023年度", "2027年度"}),
        ("令和6・7年度", {"2024年度", "2025年度"}),
        ("令和5年4月から9年3月", {"2023年", "2023年4月", "2027年", "2027年3月"}),
        ("令和5年から9年間", {"2023年", "9"}),
        ("令和7年度（2024年度）", {"2024年度", "2025年度"}),
        ("平成29年（2017年）5月", {"2017年", "2017年5月"}),
        ("令和7年12月25日", {"2025年", "2025年12月", "2025年12月25日"}),
    ],
)
def test_ranges_months_and_second_forms_of_years(text: str, facts: set[str]) -> None:
    """The era of a range stands once for both ends; a length is no year; a wrong second form is a fact of its own."""
    assert stated_facts(text) == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("1,164件", {"1164"}),
        ("１，１６４件", {"1164"}),
        ("1,234,567円", {"1234567"}),
        ("74.9％", {"74.9"}),
        ("1億2,000万円", {"1億", "2000万"}),
        ("五年間に十二回", {"5", "12"}),
        ("第二期の三つの柱", {"2", "3"}),
        ("25GBと5G", {"25", "5", "GB"}),
        ("一部の町民", set()),
    ],
)
def test_numbers_have_one_form(text: str, facts: set[str]) -> None:
    """Full-width, thousands separators, kanji before a counter."""
    assert stated_facts(text) == facts


@pytest.mark.parametrize(
    "text",
    [
        "窓口です[1][12]",
        "(1) 窓口",
        "「(2)窓口」",
        "『（３）窓口』",
        "・(4)窓口",
        "1. 窓口\n2) 支払",
        "①窓口②支払⑶窓口",
    ],
)
def test_what_numbers_things_is_no_fact(text: str) -> None:
    """Citation marks, list numbers at the start of a line or a quote, circled numbers."""
    assert stated_facts(text) == set()


@pytest.mark.parametrize(("text", "fact"), [("2.5倍です", "2.5"), ("・3.5点", "3.5"), ("効果（7）人", "7")])
def test_a_figure_is_not_taken_for_a_list_number(text: str, fact: str) -> None:
    """A decimal at the start of a line, a number in brackets inside it."""
    assert stated_facts(text) == {fact}


def test_names_may_come_from_the_question_and_numbers_may_not() -> None:
    """An answer takes up what it was asked about; a figure must be shown."""
    question = "情報政策課のRPAは42件ですか"
    assert not unsupported("情報政策課のRPAです", "担当課が行う", question)
    assert unsupported("情報政策課のRPAは42件です", "担当課が行う", question) == {"42"}
    assert unsupported("企画政策課のOCRです", "担当課が行う", question) == {"企画政策課", "OCR"}


def test_layout_inside_a_name_does_not_make_it_another() -> None:
    """Line breaks, spelt-out capitals, footnote marks, a full-width form in the plan."""
    proof = "青葉町\n推進委員会、B P R^{※5}、Ｓｏｃｉｅｔｙ 5.0、ＤＸ<sup>※1</sup>推進本部"
    assert not unsupported("青葉町推進委員会とBPRとSociety5.0とDX推進本部", proof, "")
    assert not unsupported("Society 5.0", "Society5.0", "")
    assert unsupported("桜町推進委員会", proof, "")


def test_towns_for_which_nothing_was_found_need_no_proof() -> None:
    """There is nothing to cite; a town of which something is said needs it."""
    assert not unsupported("鏡野町、上毛町の計画には、あてはまる記載が見つかりませんでした。", "", "")
    assert not unsupported("鏡野町の計画に記載はありません", "", "")
    assert unsupported("鏡野町が実施します。上毛町は見つかりませんでした。", "", "") == {"鏡野"}
    assert unsupported("42件の記載は見つかりませんでした。", "", "") == {"42"}


def test_an_honest_quoting_assistant_states_nothing_unproven(
    remembered: Remembered, dev_cases: tuple[Case, ...]
) -> None:
    """All it says stands in its quotes, so whatever is called unproven would be a misjudgement."""
    verdicts = {case.id: judge(case, remembered.answer(case.asked), remembered.corpus) for case in dev_cases[::3]}
    assert {name: verdict.unproven for name, verdict in verdicts.items() if verdict.unproven} == {}


@pytest.mark.parametrize(
    ("change", "caught"), [(break_answers.change_a_digit, 0.85), (break_answers.shift_the_year, 0.9)]
)
def test_a_changed_digit_or_year_is_seen(
    remembered: Remembered, dev_cases: tuple[Case, ...], change: object, caught: float
) -> None:
    """In real answers, unless the change hit a list number, or the new year stands in the quote as well."""
    assert callable(change)
    spoilt = [
        (case, spoilt)
        for case in dev_cases[::3]
        if (spoilt := change(honest := remembered.answer(case.asked), case.asked, remembered.corpus)).answer
        != honest.answer
    ]
    seen = [bool(judge(case, answer, remembered.corpus).unproven) for case, answer in spoilt]
    assert len(seen) > 20
    assert sum(seen) / len(seen) >= caught
