"""The rules by which the guard holds a sentence against its quotes, each on a small made-up quote."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Citation
from assistant.guard import LONGEST_SENTENCE, proven_sentences

SHOWN, DROPPED = True, False
# What happens to the sentence; the quotes [1], [2] of 平生町 or of the town before the colon; the sentence.
CASES = (
    (
        SHOWN,
        "研修を行います。窓口も増やします。",
        "計画には「研修を行います。窓口も増やします。」と書かれています。[1]",
    ),
    (
        DROPPED,
        "研修を行います。窓口も増やします。",
        "計画には「研修を行います。窓口は減らします。」と書かれています。[1]",
    ),
    (SHOWN, "窓口の手続は12件です。 / 電子申請の手続は8件です。", "12件と8件で合わせて20件です。[1][2]"),
    (
        SHOWN,
        "窓口の手続は12件です。 / 電子申請の手続は8件です。",
        "窓口の手続は12件、電子申請の手続は8件で、合わせて20件です。[1][2]",
    ),
    (DROPPED, "窓口の手続は12件です。 / 電子申請の手続は8件です。", "12件と8件で合わせて21件です。[1][2]"),
    (DROPPED, "窓口の手続は12件です。 / 電子申請の手続は8件です。", "窓口の手続は8件です。[1][2]"),
    (SHOWN, "窓口の手続は12件です。 / 電子申請の手続は8件です。", "12件と8件の差は4件です。[1][2]"),
    (DROPPED, "窓口の手続は12件です。 / 電子申請の手続は8件です。", "12件と8件の差は20件です。[1][2]"),
    (DROPPED, "窓口の手続は12件です。", "12件と8件で合わせて20件です。[1]"),
    (DROPPED, "窓口の手続は12件です。 / 電子申請の手続は8件です。", "窓口の手続は12人です。[1]"),
    (DROPPED, "AIを活用した業務改善を検討します。", "AIを活用します。[1]"),
    (SHOWN, "AIを活用した業務改善を検討します。", "AIを活用した業務改善を検討します。[1]"),
    (DROPPED, "窓口を改善します。研修を毎年行います。", "研修を改善します。[1]"),
    (DROPPED, "総務課は研修を行い、税務課は窓口を改善します。", "総務課は窓口を改善します。[1]"),
    (SHOWN, "総務課は研修を行い、税務課は窓口を改善します。", "窓口を改善するのは税務課です。[1]"),
    (DROPPED, "DX推進班が事務局を担当する。", "事務局がDX推進班を担当する。[1]"),
    (DROPPED, "職員が町民に説明します。", "町民が職員に説明します。[1]"),
    (DROPPED, "町は業者に運用を委託します。", "業者は町に運用を委託します。[1]"),
    (DROPPED, "手続は5件以上です。", "手続は5件です。[1]"),
    (DROPPED, "手続は5件以上です。", "手続は5件以下です。[1]"),
    (DROPPED, "手続は5件です。", "手続は5件未満です。[1]"),
    (SHOWN, "人口は約4,000人です。", "人口は約4,000人です。[1]"),
    (SHOWN, "人口は約4,000人です。", "人口は4000人です。[1]"),
    (DROPPED, "人口は約4,000人です。", "人口は約4万人です。[1]"),
    (DROPPED, "システムを導入しました。", "システムを導入します。[1]"),
    (DROPPED, "システムを導入します。", "システムを導入しました。[1]"),
    (DROPPED, "システムを導入できる環境を整えます。", "システムを導入します。[1]"),
    (DROPPED, "手数料は徴収しません。", "手数料は徴収します。[1]"),
    (SHOWN, "手数料は徴収しません。", "手数料は徴収しません。[1]"),
    (DROPPED, "令和5年度から導入し、令和7年度に拡大します。", "令和7年度に導入します。[1]"),
    (SHOWN, "令和5年度から導入し、令和7年度に拡大します。", "令和7年度に拡大します。[1]"),
    (DROPPED, "補助金を検討します。", "補助金がもらえます。[1]"),
    (DROPPED, "補助金を検討します。", "はい。[1]"),
    (DROPPED, "補助金を検討します。", "はい、もらえます。[1]"),
    (DROPPED, "導入は決まっていません。", "導入は決まっています。[1]"),
    (SHOWN, "AIを導入します。 / 上毛町: RPAを導入します。", "平生町はAIを、上毛町はRPAを導入します。[1][2]"),
    (DROPPED, "AIを導入します。 / 上毛町: RPAを導入します。", "上毛町はAIを導入します。[1][2]"),
    (DROPPED, "AIを導入します。 / 上毛町: RPAを導入します。", "平生町も上毛町もAIを導入します。[1][2]"),
    (DROPPED, "AIを導入します。 / 上毛町: RPAを導入します。", "いずれの町もAIを導入します。[1][2]"),
    (SHOWN, "7月1日に開始します。", "7月1日に始めます。[1]"),
    (DROPPED, "7月1日に開始します。", "8月1日に始めます。[1]"),
    (DROPPED, "3つの課が担当します。", "4つの課が担当します。[1]"),
    (DROPPED, "研修を年2回行います。", "研修を月2回行います。[1]"),
    (SHOWN, "研修を年二回行います。", "研修は年2回行います。[1]"),
    (DROPPED, "情報政策課が担当します。", "情報政策課は担当しません。[1]"),
    (DROPPED, "AとBを比べるとAが多い。", "BはAより多い。[1]"),
    (DROPPED, "窓口の時間を延長する予定です。", "窓口の時間を延長します。[1]"),
    (DROPPED, "窓口の時間を延長する予定です。", "窓口の時間を延長しました。[1]"),
    (SHOWN, "窓口の時間を延長する予定です。", "窓口の時間は延長される予定です。[1]"),
    (DROPPED, "紙の申請を減らします。", "紙の申請を増やします。[1]"),
    (DROPPED, "紙の申請を減らし、電子申請を増やします。", "紙の申請を増やします。[1]"),
)


def answer(quotes: str, question: str = "補助金はもらえますか") -> Answer:
    """Return an answer that cites some quotes."""
    citations = []
    for n, quote in enumerate(quotes.split(" / "), 1):
        town, _, words = quote.rpartition(": ")
        plan = town or "平生町"
        citations.append(Citation(n, plan, plan, "", "DX推進計画", ("取組",), None, words, 0, len(words), False))
    return Answer("", question, "", False, None, tuple(citations), (), (), "extractive", 0.0)


@pytest.mark.parametrize(("kept", "quotes", "said"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_sentence_is_shown_only_if_its_quotes_say_it(kept: bool, quotes: str, said: str) -> None:
    """Figures, sums, rows, towns, offices, roles, bounds, times, hopes and denials must be those of the quotes."""
    assert proven_sentences(said, answer(quotes)) == ([said] if kept else [])


def test_a_sentence_is_shown_once() -> None:
    """A sentence that comes again is not shown again."""
    said = "研修を行います。[1]"
    assert proven_sentences(said * 3, answer("研修を行います。")) == [said]


def test_a_sentence_without_end_is_dropped() -> None:
    """A sentence longer than any answer's is not even looked at, and costs no time."""
    assert proven_sentences("研修と" * LONGEST_SENTENCE + "研修を行います。[1]", answer("研修を行います。")) == []
