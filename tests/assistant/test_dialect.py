"""Questions in dialect: their ends and question words are read as standard ones, everything else stays as it was typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.answer import Reason, Turn
from assistant.dialect import in_standard
from tests.assistant.asking import Ask, development_cases, places

PAIRS = [json.loads(line) for line in Path(__file__).with_name("dialect.jsonl").read_text("utf-8").splitlines()]
ANSWERED_ALIKE = 58  # of the 60 pairs; 59 when this was written


@pytest.mark.parametrize(
    ("spoken", "standard"),
    [
        ("計画はいつまでじゃろうか？", "計画はいつまでですか？"),
        ("計画はいつまでかいね", "計画はいつまでですか"),
        ("計画はいつまでだべ？", "計画はいつまでですか？"),
        ("計画はいつまでと？", "計画はいつまでですか？"),
        ("本部長は誰や？", "本部長は誰ですか？"),
        ("誰がしちょるんかいの", "誰がしちょるのですか"),
        ("スマホ教室はあるん？ 申込みはどこで？", "スマホ教室はあるのですか？ 申込みはどこで？"),
        ("なんぼほどかかるん？", "どれくらいかかるのですか？"),
        ("人口はどないなるんやろ", "人口はどうなるのですか"),
        ("どげんして申し込むと？", "どうやって申し込むのですか？"),
        ("教室の場所を教えてつかあさい", "教室の場所を教えてください"),
        ("よくなるってホンマ？", "よくなるって本当ですか？"),
        ("何のために作ったと？", "何のために作ったのですか？"),
        ("窓口はなくなるんちゃうん？", "窓口はなくなるのではないですか？"),
    ],
)
def test_ends_and_question_words_are_put_into_standard_japanese(spoken: str, standard: str) -> None:
    """Whatever hides what is asked for is worded as elsewhere."""
    assert in_standard(spoken) == standard


@pytest.mark.parametrize(
    "standard",
    [
        "計画はいつまでですか。",
        "この計画は何年続くの？",
        "何のためにするんですか？",
        "今年だけ？",
        "手続が大変だと聞きましたが、どうですか？",
        "目標は何か。",
        "「どないなるん？」という題の資料はありますか。",
        "CISOとは何の責任者か。",
        "病院がほとんどないですが、どうするのですか？",
        "相談窓口などない？",
        "この事業は高齢者向け？",
        "開始は年明け？",
        "特産品はしいたけ？",
        "上位計画や「DX推進計画」との違いは何ですか",
        "高齢者向け「スマホ教室」はいつですか",
        "計画は細かい？",
        "目標は豊かな？",
        "電波が届かん？",
        "申請はかんたん？",
        "予算はじゅうぶん？",
        "一番多いがん？",
        "カードをなくすと？",
        "人口が減ると？",
        "群れをなして出る猿の対策は？",
        "もてなして地域を元気にする取組は？",
        "えほんまつりはいつ？",
        "うどんだけ？",
        "みなして処理するのはどんなときですか。",
        *(pair["standard"] for pair in PAIRS),
    ],
)
def test_standard_japanese_stays_as_it_is(standard: str) -> None:
    """Also where it holds the letters of a dialect, and what stands in quotation marks."""
    assert in_standard(standard) == standard


def test_standard_twice_is_standard_once() -> None:
    """What has been put into standard words is left alone, in every development question too."""
    texts = [in_standard(case.question.text) for case in development_cases()] + [
        in_standard(p["dialect"]) for p in PAIRS
    ]
    assert [in_standard(text) for text in texts] == texts


def test_a_question_in_dialect_is_answered_where_the_standard_one_is(ask: Ask) -> None:
    """Sixty pairs in ten dialects: answered or refused alike but for a few."""
    alike = [ask(pair["dialect"]).abstained == ask(pair["standard"]).abstained for pair in PAIRS]
    assert sum(alike) >= ANSWERED_ALIKE


@pytest.mark.parametrize(
    "spoken", ["いつまでじゃろうか？", "いつまでだべ", "いつまでなん？", "いつまでと？", "いつまでかいのう"]
)
def test_the_period_asked_in_dialect_is_the_period(ask: Ask, spoken: str) -> None:
    """The plan's own period, and nothing beside it."""
    assert places(ask(f"上毛町の計画は{spoken}")) == places(ask("上毛町の計画はいつまでですか？")) != []


def test_no_period_is_said_to_be_none_in_dialect_too(ask: Ask) -> None:
    """A year by which something is to be done is not taken for the plan's end."""
    assert ask("鏡野町の計画はいつまでじゃろうか？").reason is Reason.NOT_IN_PLANS


def test_a_question_in_dialect_is_asked_again_of_another_town(ask: Ask) -> None:
    """What 「平生町は？」 takes over from the question before it is standard too."""
    before = ask("上毛町の計画はいつまでじゃろうか？")
    history = [Turn("user", before.question), Turn("assistant", before.answer)]
    assert places(ask("平生町は？", history=history)) == places(ask("平生町の計画はいつまでですか？"))
