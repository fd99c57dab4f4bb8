"""The sentence that says a fact before its quote: what it says, and that it is silent wherever the quote leaves doubt."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Question
from assistant.lead import find_fact, lead
from assistant.lead_guard import LONGEST, says_only
from assistant.understand import understand
from index.tokens import is_content, tokenize
from ingest.document import Span
from ingest.eras import era_year, find_years
from ingest.search_text import readable
from ingest.sentences import split_sentences

if TYPE_CHECKING:
    from ingest.document import Document

NOT_SETTLED = "（実施が決まっているとは書かれていません）。"
YES = "はい。計画に記載があります。"

CASES = [json.loads(line) for line in Path(__file__).with_name("leads.jsonl").read_text(encoding="utf-8").splitlines()]


def cases(about: str) -> list[tuple[str, str, str]]:
    """Return the questions, quotes and leads of ``leads.jsonl`` on times, figures, posts, yes and no, or what stays silent."""
    return [(case["question"], case["quote"], case["lead"]) for case in CASES if case["about"] == about]


def said(question: str, quote: str, *headings: str) -> str:
    """Return the lead for a question that names no town."""
    return lead(understand(Question(question), ()), [quote], question, headings)


@pytest.mark.parametrize(("question", "quote", "expected"), cases("time"))
def test_a_time_or_a_span_is_said_with_all_that_belongs_to_it(question: str, quote: str, expected: str) -> None:
    """末, 頃, まで, 以降 and 目標 stand in the lead as in the plan; the other calendar only where asked for or written."""
    assert said(question, quote) == expected


@pytest.mark.parametrize(("question", "quote", "expected"), cases("figure"))
def test_the_only_figure_of_the_counter_asked_for_is_said(question: str, quote: str, expected: str) -> None:
    """約, 以上 and 未満 are kept, and an estimate or an aim stays one."""
    assert said(question, quote) == expected


@pytest.mark.parametrize(("question", "quote", "expected"), cases("post"))
def test_the_only_office_or_holder_of_a_post_is_said(question: str, quote: str, expected: str) -> None:
    """A holder that is a post itself is said with who holds that."""
    assert said(question, quote) == expected


@pytest.mark.parametrize(("question", "quote", "expected"), cases("yes_no"))
def test_yes_is_said_only_of_what_the_plan_does_and_an_intention_is_called_one(
    question: str, quote: str, expected: str
) -> None:
    """検討, 予定 and 努める are no yes; a denial is a no in the plan's own words."""
    assert said(question, quote) == expected


@pytest.mark.parametrize(("question", "quote", "expected"), cases("silent"))
def test_nothing_is_said_where_the_quote_leaves_doubt(question: str, quote: str, expected: str) -> None:
    """Several facts, another topic, another doer, a mere wish or a contradiction: the quote then stands alone."""
    assert said(question, quote) == expected == ""


def test_what_stands_under_a_heading_on_the_country_is_not_said_of_the_town() -> None:
    """The same sentence has a lead under a neutral heading, and none under 「国の動向」 unless the question names the country."""
    quote = "オンライン申請への移行は令和6年度に行います。"
    assert said("オンライン申請への移行はいつですか", quote, "取組の内容") == "令和6年度に行います。"
    assert said("オンライン申請への移行はいつですか", quote, "国の動向") == ""
    assert said("国のオンライン申請への移行はいつですか", quote, "国の動向") == "令和6年度に行います。"


def test_only_the_first_quote_is_spoken_of() -> None:
    """A fact that only a later quote states is not said first, for what comes first is the answer."""
    question = "相談窓口の開設はいつですか"
    quotes = ["相談窓口を充実します。", "相談窓口の開設は令和6年度です。"]
    assert lead(understand(Question(question), ()), quotes, question) == ""
    assert lead(understand(Question(question), ()), quotes[::-1], question) == "令和6年度です。"
    assert lead(understand(Question(question), ()), [], question) == ""


def test_a_bare_fact_carries_the_mark_of_an_aim_or_a_plan() -> None:
    """Beside other towns' facts, an aim is told from what is done."""
    question = "システムの移行はいつですか"
    asked = understand(Question(question), ())
    facts = [
        find_fact(asked, [f"システムの移行は令和7年度末{end}"], question)
        for end in ("を目標とします。", "に行います。")
    ]
    assert [fact.said for fact in facts if fact] == ["令和7年度末（目標）", "令和7年度末"]


@pytest.mark.parametrize(
    ("told", "quote"),
    [
        ("令和8年度までです。", "令和7年度までに移行します。"),
        ("14件です。", "13件を公開しています。"),
        ("財政課です。", "総務課において実施します。"),
        ("12月です。", "令和5年11月に策定しました。"),
        ("目標は、13件です。", "13件を公開しています。"),
        ("13件を公開していません。", "13件を公開しています。"),
        ("令和7年度（2026年度）です。", "令和7年度に行います。"),
    ],
)
def test_the_guard_refuses_what_the_quote_does_not_say(told: str, quote: str) -> None:
    """A changed year, figure, office, month, modality, denial or conversion does not pass."""
    assert not says_only(told, quote)


def test_leads_from_all_plan_sentences_say_nothing_that_is_not_there(documents: tuple[Document, ...]) -> None:
    """Asked of its own words in every kind of question, no sentence of the plans leads to a figure or name that it lacks."""
    given_leads = 0
    for document in documents:
        for at, line in _lines(document.text):
            for span in split_sentences(document.text, Span(at, at + len(line))):
                quote = span.of(document.text)
                for question in _questions(quote):
                    told = said(question, quote)
                    given_leads += bool(told)
                    _assert_stands(told, quote)
    assert given_leads > 30  # the property is not empty


_TOPICS = st.sampled_from(["窓口の予約", "職員研修", "公開データ", "電子契約", "住民アプリ"])
_DEEDS = st.sampled_from(
    ["を行います", "を検討します", "を目指します", "の予定です", "は行いません", "が見込まれます", "に努めます"]
)
_FACTS = st.builds(
    "{}{}{}".format,
    st.sampled_from(["令和", "平成", "20", "約", "合計", ""]),
    st.integers(1, 40),
    st.sampled_from(["年度", "年度末までに", "年10月頃", "件", "%", "人以上", "年間", "年度から", "課", "か所"]),
)
_KINDS = st.sampled_from(
    "はいつですか は何件ですか の割合は？ はいつまでですか の期間は？ を行いますか の担当課は？ は何人ですか".split()
)


@given(st.lists(st.tuples(_TOPICS, _FACTS, _DEEDS), min_size=1, max_size=3), _TOPICS, _KINDS)
def test_a_lead_says_nothing_outside_its_quote(parts: list[tuple[str, str, str]], topic: str, kind: str) -> None:
    """Whatever sentences are put together, and whatever is asked: every figure and name of the lead stands in the quote."""
    quote = "、".join(f"{about}は{fact}{deed}" for about, fact, deed in parts) + "。"
    _assert_stands(said(f"{topic}{kind}", quote), quote)


def _assert_stands(told: str, quote: str) -> None:
    """Hold a lead against its quote by rules of the test's own: digits, runs of kanji, and what is only intended."""
    assert len(told) <= LONGEST
    text = unicodedata.normalize("NFKC", readable(quote))
    plain = unicodedata.normalize("NFKC", told.replace(NOT_SETTLED, ""))
    years = find_years(text)
    forms = " ".join(f"{year.year} {era_year(year.year)}" for year in years)
    assert set(re.findall("[0-9]+", plain)) <= set(re.findall("[0-9]+", f"{text} {forms}")), (told, quote)
    framed = ("計画の期間", "計画に", "計画では", "記載", "検討する", "予定", "目標", "必要", "目指", "推計", "見込")
    for name in re.findall("[一-鿿ァ-ヶー]{2,}", plain):
        known = (
            name in text or name in "".join(framed) or name in forms or any(f in name for f in framed) or name == "年間"
        )
        assert known or all(c in text or c in forms for c in name), (told, quote)
    if (
        re.search("検討|目指|努め|予定|目標|見込", text)
        and not re.search("検討|目指|努め|予定|目標|見込", told)
        and told
    ):
        assert told != YES or _settled(quote), (told, quote)


def _settled(quote: str) -> bool:
    """Return whether the end of a sentence is no intention."""
    return not re.search("検討|目指|努め|予定|目標|見込", quote[-12:]) or quote.endswith(
        ("検討します。", "目指します。")
    )


def _lines(text: str) -> list[tuple[int, str]]:
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return [(at, text[at : text.find("\n", at) if "\n" in text[at:] else len(text)]) for at in starts]


def _questions(quote: str) -> list[str]:
    """Return questions of a sentence's own words: for its times, figures, offices, and whether it is so."""
    nouns = [
        t.surface
        for t in tokenize(readable(quote))
        if t.pos[0] == "名詞" and is_content(t) and not t.surface.isdecimal()
    ]
    if not len(nouns) >= 3 or len(quote) > 300:
        return []
    topic = f"{nouns[0]}と{nouns[1]}"
    found = [f"{topic}を{nouns[-1]}しますか"]
    if find_years(unicodedata.normalize("NFKC", quote)):
        found += [f"{nouns[1]}はいつですか", f"{nouns[-1]}の期間は？", f"{nouns[2]}はいつまでですか"]
    if re.search("[0-9０-９]", quote):
        found += [f"{nouns[1]}は何{unit}ですか" for unit in ("件", "人", "%", "業務") if unit in quote]
    if re.search("課|委員会|本部|班", quote):
        found += [f"{nouns[-2]}の担当課はどこですか", f"{nouns[0]}の委員長は誰ですか"]
    return found
