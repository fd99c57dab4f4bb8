"""What keeps two question sets apart."""

from __future__ import annotations

import pytest

from assistant.answer import Turn
from evals.case import Case, Evidence
from evals.corpus import Corpus
from evals.split import leaks
from tests.evals.making import CORPUS, DATA, OFFICE, PERIOD, YEARLY, a_case, unanswerable


def about(quote: str, question: str, plan: str = "aoba") -> Case:
    """Return a case with a quote as its evidence."""
    return a_case(id=question, question=question, evidence=(Evidence(plan, quote),))


def test_two_quotes_of_one_sentence_are_a_leak() -> None:
    """However each of them cuts its quote; the sentence is named."""
    first, second = about("令和５年度から", "いつ始まりますか"), about("５年間とする", "何年続くのでしょうか")
    (leak,) = leaks([first], [second], CORPUS)
    assert (leak.first, leak.second) == (first, second)
    assert leak.shared.startswith(f"aoba: {PERIOD}")


@pytest.mark.parametrize("quote", [YEARLY, OFFICE, "毎年度見直す"])
def test_a_neighbouring_sentence_is_no_leak(quote: str) -> None:
    """On the same line or on the next."""
    assert not leaks([about(PERIOD, "いつ始まりますか")], [about(quote, "見直しや担当はどうなっていますか")], CORPUS)


def test_a_quote_over_two_sentences_touches_both() -> None:
    """So it leaks into a case about either."""
    both = about(f"{PERIOD}{YEARLY}", "期間と見直しを教えて")
    assert leaks([both], [about("毎年度", "どのくらいの頻度ですか")], CORPUS)
    assert leaks([about("令和９年度", "終わる年は")], [both], CORPUS)


def test_the_same_words_in_another_plan_are_no_leak() -> None:
    """Plans share phrases; a passage is a place."""
    assert not leaks([about(OFFICE, "どの課ですか")], [about(OFFICE, "担当する部署の名前", "wakaba")], CORPUS)


def test_a_quote_that_stands_in_several_places_touches_all_of_them() -> None:
    """Which of them its writer meant cannot be known."""
    corpus = Corpus({"aoba": "検討は企画課が行う。\n実施は企画課が行う。\n"}, {"aoba": "青葉町"})
    vague = about("企画課が行う", "誰がしますか")
    assert leaks([vague], [about("検討は企画課", "検討する部署はどこ")], corpus)
    assert leaks([vague], [about("実施は", "実際に動くところを知りたい")], corpus)
    assert not leaks([about("検討は", "検討する部署はどこ")], [about("実施は", "実際に動くところを知りたい")], corpus)


def test_nearly_the_same_unanswerable_question_is_a_leak() -> None:
    """Width, a particle and a full stop make no other question; another town or other words do."""
    asked = unanswerable(question="青葉町のドローン活用の予算額を教えてください")
    near = unanswerable(id="c-2", question="青葉町の ドローン活用の予算額 教えてください。")
    other = unanswerable(id="c-3", question="青葉町の保育料はいくらですか。")
    (leak,) = leaks([asked], [near, other], CORPUS)
    assert (leak.second, leak.shared) == (near, near.question)


def test_a_follow_up_is_like_another_only_in_the_same_conversation() -> None:
    """「いつからですか」 asks something else after other words."""
    first = unanswerable(
        question="いつからですか", history=(Turn("user", "ドローンの導入"), Turn("assistant", "不明です"))
    )
    second = unanswerable(id="c-2", question="いつからですか", history=(Turn("user", "保育料の改定"),))
    assert not leaks([first], [second], CORPUS)
    assert leaks([first], [unanswerable(id="c-3", question="いつからですか", history=first.history)], CORPUS)


def test_cases_of_one_set_may_share_a_passage() -> None:
    """Only what is in both sets counts."""
    one_set = [about(DATA, "何件公開しましたか"), about(DATA, "オープンデータの数は")]
    assert not leaks(one_set, [about(OFFICE, "どの課ですか")], CORPUS)
