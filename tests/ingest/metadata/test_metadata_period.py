"""The plan's own period is read in every way that plans write it, and no other period is taken for it."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.metadata.read_facts import StatedFacts, read_facts

TITLE = "東川町DX推進計画"


def plan(*lines: str, title: str = TITLE) -> str:
    """Return a plan with a cover and a section of the given lines."""
    return "\n\n".join([title, "1. 目的", "東川町の計画です。", "2. 位置付け", *lines, "3. 施策", "窓口を改善します。"])


def period(facts: StatedFacts) -> tuple[str, str]:
    """Return first and last day as ISO, "" for none."""
    days = (facts.valid_from, facts.valid_to)
    first, last = (day.value.isoformat() if day else "" for day in days)
    return first, last


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("本計画の期間は、令和5年度から令和9年度までの5年間とします。", "2023-04-01", "2028-03-31"),
        ("計画期間：令和5(2023)年度～令和9(2027)年度", "2023-04-01", "2028-03-31"),
        ("計画期間は令和5年4月から令和10年3月までです。", "2023-04-01", "2028-03-31"),
        ("計画期間は令和5年4月1日から令和8年9月30日までです。", "2023-04-01", "2026-09-30"),
        ("計画期間は令和5～9年度です。", "2023-04-01", "2028-03-31"),
        ("計画期間は、令和5（2023）～9（2027）年度とします。", "2023-04-01", "2028-03-31"),
        ("計画期間は、2023-2027年度とする。", "2023-04-01", "2028-03-31"),
        ("計画期間は令和５年度から９年度までとする。", "2023-04-01", "2028-03-31"),
        ("計画期間：R5〜R9", "2023-04-01", "2028-03-31"),
        ("計画期間は、令和元年度から令和五年度までの五か年とする。", "2019-04-01", "2024-03-31"),
        ("計画期間は、平成三十年度から四年間とする。", "2018-04-01", "2022-03-31"),
        ("本計画は、令和6年度からの5年間を計画期間とします。", "2024-04-01", "2029-03-31"),
        ("計画期間は、令和6年度を初年度とし、令和10年度を目標年度とする5か年です。", "2024-04-01", "2029-03-31"),
        ("計画期間は、令和6年4月1日から5年間とする。", "2024-04-01", "2029-03-31"),
        ("計画期間は2024年4月から2029年3月までの5年間です。", "2024-04-01", "2029-03-31"),
        ("本計画は、令和6年度から令和10年度までの5か年計画です。", "2024-04-01", "2029-03-31"),
        ("東川町総合計画の期間に合わせ、本計画の期間は令和6年度から令和10年度までとします。", "2024-04-01", "2029-03-31"),
        ("国の基本方針に基づき、本計画は令和6年度から令和10年度までを計画期間とします。", "2024-04-01", "2029-03-31"),
        ("「東川町DX推進計画」の計画期間は、令和6年度から令和10年度までとします。", "2024-04-01", "2029-03-31"),
        ("計画期間\t令和6年度～令和10年度", "2024-04-01", "2029-03-31"),
        ("計画名\t計画期間\n東川町総合計画\t令和3～12年度\n本計画\t令和6～10年度", "2024-04-01", "2029-03-31"),
        ("本計画は町の将来のために定めるもので、計画期間は令和6年度から\n令和10年度までとします。", "2024-04-01", "2029-03-31"),
    ],
)  # fmt: skip
def test_a_period_is_read_as_it_is_written(sentence: str, first: str, last: str) -> None:
    """Two years with the era, the unit or neither repeated; a start and a length; months; table cells; broken lines."""
    text = plan(sentence)
    facts = read_facts(text)
    assert period(facts) == (first, last)
    assert facts.valid_to is not None
    assert facts.valid_to.span.of(text) in sentence
    assert facts.conflicts == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "令和3年度から令和7年度までを計画期間とする「東川町行財政改革計画」と整合を図ります。",
        "東川町総合計画の計画期間は、令和3年度から令和12年度までです。",
        "「東川町総合計画」（計画期間：令和3年度～令和12年度）を上位計画とします。",
        "国のデジタル田園都市国家構想総合戦略は、令和5年度から令和9年度までの5か年の計画です。",
        "県が策定した推進計画の期間は令和4年度から令和8年度までです。",
        "前計画の計画期間は令和元年度から令和5年度まででした。",
        "第1期計画の計画期間は、令和元年度から令和5年度までとしていました。",
        "※初版の計画期間（令和3～7年度）の途中で改定しました。",
        "調査期間は令和5年4月から令和5年6月までです。",
        "アンケートの対象期間は令和5年4月から5月までです。",
        "計画期間は定めません。",
        "令和5年度から令和9年度まで人口が減ります。",
        "計画名\t計画期間\n東川町総合計画\t令和3～12年度\n東川町観光計画\t令和6～10年度",
        "取組\t実施時期\n窓口の改善\t令和6～10年度",
    ],
)
def test_another_period_is_not_the_plans(sentence: str) -> None:
    """Not those of other plans, earlier editions, surveys or measures."""
    assert period(read_facts(plan(sentence))) == ("", "")


@pytest.mark.parametrize(
    "heading",
    [
        "■計画期間",
        "2-1 計画の期間",
        "（1）計画期間",
        "【計画の期間】",
        "計画の期間",
        "## 計画の位置付けと期間",
        "3．いつからいつまでの計画か",
    ],
)
def test_a_period_under_its_heading_needs_no_words(heading: str) -> None:
    """Under the heading 計画期間 the years alone are the period, also some lines below it."""
    text = plan(heading, "社会の変化に合わせて見直します。", "図表1 期間のイメージ", "令和4年度から令和7年度まで")
    facts = read_facts(text)
    assert period(facts) == ("2022-04-01", "2026-03-31")
    assert facts.valid_to is not None
    assert facts.valid_to.span.of(text) == "令和4年度から令和7年度まで"


@pytest.mark.parametrize(
    ("cover", "title"),
    [
        ("東川町DX推進計画\n\n令和6年度～令和10年度", TITLE),
        ("東川町DX推進計画（令和6年度～令和10年度）", TITLE),
        ("第3次東川町DX推進計画（令和6～10年度）", f"第3次{TITLE}"),
        ("東川町DX推進計画\n\n計画期間：2024年度－2028年度", TITLE),
        ("東川町DX推進計画\n\n〔2024～2028〕", TITLE),
    ],
)
def test_a_period_may_stand_on_the_cover_alone(cover: str, title: str) -> None:
    """On a line of its own or behind the title, which is the title without it."""
    text = f"{cover}\n\n令和6年3月\n\n1. 目的\n\n東川町の計画です。"
    facts = read_facts(text)
    assert period(facts) == ("2024-04-01", "2029-03-31")
    assert facts.title is not None
    assert facts.title.value == title
    assert facts.established is not None
    assert facts.established.value == date(2024, 3, 1)


def test_the_sentence_counts_before_the_cover() -> None:
    """Where both differ, the sentence that names the period is used, and the contradiction is kept with both places."""
    text = "東川町DX推進計画\n\n令和5年度～令和9年度\n\n1. 期間\n\n本計画の期間は、令和5年度から令和8年度までとします。"
    facts = read_facts(text)
    assert period(facts) == ("2023-04-01", "2027-03-31")
    [conflict] = facts.conflicts
    assert (conflict.field, conflict.other.of(text)) == ("period", "令和5年度～令和9年度")


def test_an_extended_period_ends_later() -> None:
    """延長 moves the end; what the text says of the first period is no contradiction."""
    facts = read_facts(
        plan("本計画の期間は令和5年度から令和7年度までとします。", "その後、計画期間を令和9年度まで延長しました。")
    )
    assert period(facts) == ("2023-04-01", "2028-03-31")
    assert facts.conflicts == ()


def test_a_wrong_length_is_kept_as_a_doubt() -> None:
    """The years count, and the length that does not fit them is told."""
    text = plan("本計画の期間は、令和5年度から令和9年度までの4年間とします。")
    facts = read_facts(text)
    assert period(facts) == ("2023-04-01", "2028-03-31")
    assert facts.miscounted is not None
    assert read_facts(text.replace("4年間", "5年間")).miscounted is None
