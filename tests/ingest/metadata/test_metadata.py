"""What a plan says of itself is read from its cover, its colophon and its text, each fact with its place."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.metadata.read_facts import read_facts
from ingest.metadata.stated import Stated
from ingest.municipalities import municipalities, prefectures

BODY = ("1. 目的", "東川町の計画です。町民の暮らしを良くします。")


def cover(*lines: str) -> str:
    """Return a plan whose cover has the given lines."""
    return "\n\n".join(["東川町DX推進計画", *lines, *BODY])


def day(stated: Stated[date] | None) -> date | None:
    """Return the day that is stated."""
    return stated.value if stated else None


@pytest.mark.parametrize(
    ("lines", "established", "revised"),
    [
        (["令和5年3月"], date(2023, 3, 1), None),
        (["令和 ５ 年 ３ 月 策定", "令和 8 年 3 月 改正"], date(2023, 3, 1), date(2026, 3, 1)),
        (["令和5年3月策定（令和8年3月改定）"], date(2023, 3, 1), date(2026, 3, 1)),
        (["策定 令和5年3月 改訂 令和8年3月"], date(2023, 3, 1), date(2026, 3, 1)),
        (["改定：令和8年3月"], None, date(2026, 3, 1)),
        (["令和5年3月策定", "令和6年3月一部改正", "令和7年3月一部改正"], date(2023, 3, 1), date(2025, 3, 1)),
        (["令和5年3月策定", "令和7年10月見直し"], date(2023, 3, 1), date(2025, 10, 1)),
        (["令和5年度～令和9年度"], None, None),
        (["令和5年4月～令和10年3月"], None, None),
        (["2023年3月"], date(2023, 3, 1), None),
        (["令和元年十月", "令和元年10月策定"], date(2019, 10, 1), None),
        (["（改訂版）", "令和8年3月"], None, date(2026, 3, 1)),
        (["令和5年4月施行"], None, None),
    ],
)
def test_dates_are_read_from_the_cover(lines: list[str], established: date | None, revised: date | None) -> None:
    """A month beside 策定, or beside no word, is when the plan was made; one beside 改定 is when it was revised."""
    text = cover(*lines)
    facts = read_facts(text)
    assert (day(facts.established), day(facts.revised)) == (established, revised)
    for stated in (facts.established, facts.revised):
        assert stated is None or stated.span.of(text) in lines


@pytest.mark.parametrize(
    ("end", "established", "revised"),
    [
        (["東川町DX推進計画", "発行 令和6年3月", "発行者 東川町"], date(2024, 3, 1), None),
        (["発行年月：2024年3月", "編集・発行：北海道東川町 企画総務課", "〒071-1492 東川町東町1丁目16番1号"], date(2024, 3, 1), None),
        (["東川町DX推進計画", "令和6年3月策定", "令和7年9月改訂", "東川町企画課"], date(2024, 3, 1), date(2025, 9, 1)),
        (["改訂履歴", "版\t年月\t内容\n1\t令和4年3月\t初版\n2\t令和5年3月\t改訂\n3\t令和7年3月\t改訂"], date(2022, 3, 1), date(2025, 3, 1)),
        (["■改定の経緯", "・令和4年3月 策定\n・令和5年3月 一部改正"], date(2022, 3, 1), date(2023, 3, 1)),
        (["本計画は、令和4年3月に策定し、令和7年3月に改定しました。"], date(2022, 3, 1), date(2025, 3, 1)),
        (["令和4年3月に国の「デジタル計画」が策定されました。"], None, None),
        (["用語\t説明\n計画\t令和4年3月策定"], None, None),
    ],
)  # fmt: skip
def test_dates_are_read_from_the_end_and_from_a_history(
    end: list[str], established: date | None, revised: date | None
) -> None:
    """A colophon, a table or list of revisions whose last one counts, and a sentence about the plan itself."""
    facts = read_facts("\n\n".join([cover(), *end]))
    assert (day(facts.established), day(facts.revised)) == (established, revised)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("東広島市DX計画\n\n広島市と連携します。東広島市は進めます。", "342122"),
        ("広島市DX計画\n\n東広島市と連携します。広島市は進めます。", "341002"),
        ("府中市DX計画\n\n広島県の方針を踏まえます。", "342084"),
        ("府中市DX計画\n\n東京都の方針を踏まえます。", "132063"),
        ("府中市DX計画\n\n1. 目的\n\n東京都の例に学びます。東京都は早くから取り組みました。\n\n広島県府中市", "342084"),
        ("東 川 町\n\n計画", "014583"),
        ("北海道東川町\n\nDX推進計画\n\n1. 目的\n\n旭川市と連携します。旭川市と旭川市と。", "014583"),
        ("DX推進計画\n\n1. 目的\n\n旭川市と連携します。旭川市と。\n\n発行 東川町", "014583"),
        ("DX推進計画\n\n1. 目的\n\n本町は進めます。東川町は美しい町です。", "014583"),
        ("世田谷区環境基本計画\n\n1. 目的\n\n区民と進めます。", "131121"),
    ],
)
def test_the_municipality_is_the_one_that_the_plan_is_about(text: str, code: str) -> None:
    """A longer name is not its own ending, a shared name goes by the prefecture, and spaces in a name do not hide it."""
    facts = read_facts(text)
    assert facts.municipality is not None
    assert facts.municipality.value.code == code


@pytest.mark.parametrize(
    "text",
    [
        "DX推進計画\n\n計画を進めます。",
        "上川中部広域連合介護保険事業計画\n\n1. 目的\n\n東川町、美瑛町の住民のために進めます。",
        "大雪地区広域連合\n\n第9期計画\n\n1. 目的\n\n東川町の住民のために進めます。",
        "北海道\n\nICT推進計画\n\n1. 目的\n\n東川町の例に学びます。",
        "北海道ICT推進計画\n\n1. 目的\n\n東川町の例に学びます。",
        "見本町DX推進計画\n\n1. 目的\n\n東川町と連携します。",
        "見 本 村\n\nDX推進計画\n\n1. 目的\n\n東川町と連携します。",
    ],
)
def test_a_text_of_no_known_municipality_has_none(text: str) -> None:
    """No municipality is guessed: not for an association, a prefecture or an unknown town that names others."""
    assert read_facts(text).municipality is None


def test_a_name_of_several_prefectures_stays_open() -> None:
    """Where no prefecture is named the municipality has no code."""
    facts = read_facts("府中市DX計画\n\n1. 目的\n\n市民のために進めます。")
    assert facts.municipality is not None
    assert (facts.municipality.value.name, facts.municipality.value.code) == ("府中市", "")


def test_the_prefecture_is_stated_beside_the_name() -> None:
    """Its place is that of both words."""
    text = "\n\n".join([cover(), "北海道 上川郡東川町東町1丁目"])
    stated = read_facts(text).prefecture
    assert stated is not None
    assert (stated.value, stated.span.of(text)) == ("北海道", "北海道 上川郡東川町")
    assert read_facts(cover()).prefecture is None


@pytest.mark.parametrize(
    ("text", "title", "words"),
    [
        (cover("令和5年3月"), "東川町DX推進計画", "東川町DX推進計画"),
        ("# 東川町 D X 推進計画\n\n## 1. 目的", "東川町DX推進計画", "東川町 D X 推進計画"),
        ("東川町\n\nDX推進計画\n\n令和5年3月\n\n1. 目的", "東川町DX推進計画", "東川町\n\nDX推進計画"),
        ("第2次東川町\n男女共同参画計画\n\n1. 目的", "第2次東川町男女共同参画計画", "第2次東川町\n男女共同参画計画"),
        ("東川町第2期\n子ども・子育て計画\n\n1. 目的", "東川町第2期子ども・子育て計画", "東川町第2期\n子ども・子育て計画"),
        ("東川町観光ビジョン ～ひとがつながるまち～\n\n1. 目的", "東川町観光ビジョン", "東川町観光ビジョン"),
        ("東川町観光ビジョン\n\n～ひとがつながるまち～\n\n1. 目的", "東川町観光ビジョン", "東川町観光ビジョン"),
        ("東川町DX推進計画（改訂版）\n\n1. 目的", "東川町DX推進計画(改訂版)", "東川町DX推進計画（改訂版）"),
        ("1. 目的\n\n進めます。\n\n東川町DX推進計画\n\n発行 東川町", "東川町DX推進計画", "東川町DX推進計画"),
        ("1. 目的\n\n進めます。\n\n" + "東川町DX推進計画\n\n東川町は進めます。\n\n" * 3, "東川町DX推進計画", "東川町DX推進計画"),
        ("1. 目的\n\n東川町は「東川町DX推進計画」（以下「本計画」という。）を定めます。", "東川町DX推進計画", "東川町DX推進計画"),
    ],
)  # fmt: skip
def test_the_title_and_where_it_stands(text: str, title: str, words: str) -> None:
    """On the cover, on one line or two, without subtitle; in the colophon; at the head of the pages; as 「本計画」."""
    facts = read_facts(text)
    assert facts.title is not None
    assert facts.title.value.replace("（", "(").replace("）", ")") == title
    assert facts.title.span.of(text) == words


def test_no_title_is_made_up() -> None:
    """A text that does not name its plan states no title."""
    assert read_facts("1. 目的\n\n東川町は進めます。").title is None


def test_another_title_in_the_colophon_is_a_contradiction() -> None:
    """The cover counts; the same title with other spaces is none."""
    text = "\n\n".join([cover(), "東川町情報化計画\n\n発行 東川町"])
    facts = read_facts(text)
    assert facts.title is not None
    assert facts.title.value == "東川町DX推進計画"
    assert [(c.field, c.other.of(text)) for c in facts.conflicts] == [("title", "東川町情報化計画")]
    assert read_facts("\n\n".join([cover(), "東川町 ＤＸ 推進計画\n\n発行 東川町"])).conflicts == ()


def test_two_dates_of_one_plan_are_a_contradiction() -> None:
    """The word 策定 counts before a month alone; 発行 contradicts nothing."""
    text = "\n\n".join([cover("令和5年3月"), "令和5年7月策定", "東川町"])
    facts = read_facts(text)
    assert day(facts.established) == date(2023, 7, 1)
    assert [(c.field, c.other.of(text)) for c in facts.conflicts] == [("established", "令和5年3月")]
    assert read_facts("\n\n".join([cover("令和5年3月"), "発行 令和5年4月", "東川町"])).conflicts == ()


def test_every_municipality_has_a_valid_code() -> None:
    """All codes have six digits and the right check digit, no code comes twice, and there are 47 prefectures."""
    from make_municipalities import check_digit

    codes = [municipality.code for municipality in municipalities()]
    assert all(len(code) == 6 and check_digit(code[:5]) == code[5] for code in codes)
    assert len(set(codes)) == len(codes)
    assert len(prefectures()) == 47


def test_a_title_that_was_misread_once_is_read_as_the_plan_spells_it() -> None:
    """Where OCR misread a letter of the cover, the spelling that comes more often counts, and a person is told."""
    said = "「東川町環境基本計画」（以下「本計画」といいます。）を定めます。東川町環境基本計画は町の計画です。"
    text = f"東川町環境墓本計画\n\n1. 目的\n\n{said}\n"
    facts = read_facts(text)
    assert facts.title is not None
    assert facts.title.value == "東川町環境基本計画"
    assert [conflict.field for conflict in facts.conflicts] == ["title"]


def test_a_day_does_not_contradict_its_month() -> None:
    """令和7年3月 on the cover and 令和7年3月28日 in the history are one date."""
    text = cover("令和7年3月策定", "改定履歴", "初版\t令和7年3月28日\t新規策定")
    facts = read_facts(text)
    assert day(facts.established) == date(2025, 3, 1)
    assert facts.conflicts == ()
