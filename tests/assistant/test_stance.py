"""How firmly a plan puts a measure is told before its quote, where a question asks whether something will be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.answer import Question
from assistant.lead_stance import plan_stance
from assistant.understand import understand
from tests.assistant.asking import quoted

if TYPE_CHECKING:
    from tests.assistant.asking import Ask

ASKS = "役場でスマホの使い方を教えてくれますか？"
NOT_SETTLED = "（実施が決まっているとは書かれていません）"


def told(question: str, quote: str) -> str:
    """Return what is told of a quote before it."""
    return plan_stance(understand(Question(question), ()), quote)


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("「スマートフォン教室を開催します。」", "に取り組むとされています。"),
        ("「スマートフォン教室の充実に取り組んでいきます。」", "に取り組むとされています。"),
        ("相談窓口：スマートフォン教室を行う。結果を検証する。", "に取り組むとされています。"),
        ("「スマートフォン教室の開催を検討し、利便性の向上を図ります。」", f"を検討するとされています{NOT_SETTLED}。"),
        ("「誰もがスマートフォンを使えることを目指します。」", "を目指すとされています。"),
        ("「スマートフォン教室の充実に努めます。」", "に努めるとされています。"),
        ("「スマートフォンの使い方を教える場が必要です。」", f"が必要とされています{NOT_SETTLED}。"),
    ],
)
def test_a_measure_is_told_as_firmly_as_the_plan_puts_it(quote: str, expected: str) -> None:
    """What is considered, aimed at or needed is never told as what will be done."""
    assert told(ASKS, quote) == f"計画では、次のこと{expected}"


@pytest.mark.parametrize(
    "quote",
    [
        "「スマートフォン教室を開催しました。」",
        "「スマートフォン教室を開催しています。」",
        "「スマートフォン教室は開催しません。」",
        "「スマートフォンを持つ人が増えています。」",
        "「国は、スマートフォン教室を推進します。」",
        "「スマートフォン教室の開催」",
        "「スマートフォン教室を開催します。講師の派遣を検討します。」",
    ],
)
def test_what_is_no_measure_of_the_town_is_left_to_its_quote(quote: str) -> None:
    """What was done, is a state, is denied, is another government's, or is put in two ways."""
    assert told(ASKS, quote) == ""


@pytest.mark.parametrize(
    "question",
    [
        "スマホの教室は何回開催しますか？",
        "スマホの教室は毎年ですか、それとも随時ですか。",
        "スマホの教室は町にありますか？",
        "スマホの教室はどうして開催しますか？",
    ],
)
def test_other_questions_are_not_told_it(question: str) -> None:
    """A number, a choice, what there is and a reason are not answered by a plan's intent."""
    assert told(question, "「スマートフォン教室を開催します。」") == ""


def test_a_question_for_yes_or_no_gets_the_plans_stance_or_what_the_plan_says_of_it(ask: Ask) -> None:
    """What is only considered is said to be so before the quote; a quote that settles nothing is told as what it is."""
    considered = ask("平生町では、手数料をキャッシュレス決済で払えるようにするんですか？")
    assert considered.answer.startswith(f"平生町の計画では、次のことを検討するとされています{NOT_SETTLED}。")
    assert "検討し" in quoted(considered)
    unsettled = ask("平生町の世帯の数って増えてるの？")
    assert unsettled.answer.startswith("平生町の計画にある、ご質問に関連する記載は次のとおりです。")
    assert "横ばい" in quoted(unsettled)


def test_a_word_asked_for_in_the_plan_is_said_to_be_there(ask: Ask) -> None:
    """「計画に書いてありますか」 begins with はい where the quote speaks of all that was named."""
    assert ask("平生町の計画に、町内に携帯ショップがないことは書いてありますか").answer.startswith(
        "はい。計画に記載があります。[1]"
    )
