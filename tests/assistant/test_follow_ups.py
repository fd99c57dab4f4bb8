"""Questions that lean on the conversation."""

from __future__ import annotations

import pytest

from tests.assistant.asking import PERIOD, Ask, conversation, places, quoted, towns

ABOUT_PERIOD = conversation(f"平生町の{PERIOD}", "令和5年度から令和9年度までの5年間です。")
ABOUT_TAX = conversation("平生町の税務課の事務数は？", "税務課の計は34です。")


@pytest.mark.parametrize("follow_up", ["上毛町は？", "では、上毛町の場合は？", "上毛町のほうはどうですか"])
def test_the_same_is_asked_of_another_town(ask: Ask, follow_up: str) -> None:
    """「上毛町は？」 after a question about 平生町 asks the same of 上毛町."""
    assert places(ask(follow_up, history=ABOUT_PERIOD)) == places(ask(f"上毛町の{PERIOD}")) != []


def test_another_matter_is_asked_of_the_same_town(ask: Ask) -> None:
    """「推進体制は？」 after a question about 平生町 stays with 平生町 and leaves the old matter."""
    answer = ask("推進体制は？", history=ABOUT_PERIOD)
    assert towns(answer) == {"平生町"}
    assert "体制" in quoted(answer)


@pytest.mark.parametrize("follow_up", ["町民税班は？", "その中で町民税班は？", "町民税班は何件ですか？"])
def test_a_row_is_asked_of_the_table_spoken_of(ask: Ask, follow_up: str) -> None:
    """A row's name alone is looked up in the table of the question before."""
    answer = ask(follow_up, history=ABOUT_TAX)
    assert towns(answer) == {"平生町"}
    assert "町民税班\t14" in quoted(answer)
    assert "資産税班" not in quoted(answer)


def test_that_division_keeps_to_the_division_spoken_of(ask: Ask) -> None:
    """「その課で一番多い班」 looks among the units of the division spoken of, not of the whole town."""
    answer = ask("その課で事務数が一番多い班はどこですか。", history=ABOUT_TAX)
    assert "町民税班" in quoted(answer)


def test_the_other_town_is_the_one_spoken_of_before(ask: Ask) -> None:
    """「もう一つの町は？」 means the other one of two towns spoken of."""
    history = conversation("平生町と上毛町の計画の期間は？", "…", "平生町の計画の期間は？", "…")
    assert towns(ask("もう一つの町は？", history=history)) == {"上毛町"}


@pytest.mark.parametrize(
    ("follow_up", "about"),
    [
        ("3つ目について詳しく", "管理体制"),
        ("4番目は何を育てるのですか", "人材"),
        ("最後のものはどんな内容ですか", "強靱"),
    ],
)
def test_an_item_of_the_list_told_before_is_meant(ask: Ask, follow_up: str, about: str) -> None:
    """「3つ目」 after a list is the list's third item."""
    question = "上里町の計画の5つの基本目標は何ですか"
    answer = ask(follow_up, history=conversation(question, ask(question).answer))
    assert towns(answer) == {"上里町"}
    assert about in quoted(answer)


def test_the_last_town_spoken_of_counts(ask: Ask) -> None:
    """Of several turns the last that names a town decides."""
    history = (*ABOUT_PERIOD, *conversation(f"上郡町の{PERIOD}", "令和4年度から令和7年度までです。"))
    assert towns(ask("その計画の推進体制は？", history=history)) <= {"上郡町"}


def test_a_full_question_does_not_need_the_history(ask: Ask) -> None:
    """A question that stands on its own is answered as without the conversation."""
    question = "上里町の計画の5つの基本目標は何ですか"
    assert places(ask(question, history=ABOUT_TAX)) == places(ask(question)) != []


def test_a_question_that_names_its_town_and_matter_leaves_the_one_before(ask: Ask) -> None:
    """Another matter of another town is not answered out of what was spoken of before."""
    before = conversation("鏡野町はAI・RPAで何をしますか", "業務効率化や正確性の向上に取り組みます。")
    answer = ask("平生町に携帯ショップはありますか", history=before)
    assert "町内には携帯ショップがない" in answer.citations[0].quote


def test_a_matter_told_before_is_told_again_where_towns_are_compared(ask: Ask) -> None:
    """The period told for one town stands in the comparison with another too."""
    question = "平生町と上毛町の計画期間を比べて"
    assert places(ask(question, history=ABOUT_PERIOD)) == places(ask(question)) != []


def test_twenty_turns_are_no_burden(ask: Ask) -> None:
    """The longest conversation that the contract allows is answered as the last turns say."""
    history = conversation(*["上毛町の推進体制は？", "DX推進班があります。"] * 9, f"平生町の{PERIOD}", "5年間です。")
    assert towns(ask("推進体制は？", history=history)) == {"平生町"}
