"""A word that one plan spells in several ways is found by each of them; words that only resemble each other stay two."""

from __future__ import annotations

import time
from itertools import product

import pytest

from ingest.variants import other_spellings, variants


@pytest.mark.parametrize(
    ("text", "word", "others"),
    [
        ("デジタルデバインド対策はデジタルデバイドの解消", "デジタルデバインド", ("デジタルデバイド",)),
        ("サーバーを置き、サーバを直す", "サーバ", ("サーバー",)),
        ("ウォーキングとウオーキング", "ウオーキング", ("ウォーキング",)),
        ("コソピューターとコンピュータ", "コソピューター", ("コンピュータ",)),
        ("デジタルデバйд、デジタルデバイド", "デジタルデバйд", ("デジタルデバイド",)),
        ("セミナーを開く。セミナ一等に出る", "セミナ一", ("セミナー",)),
        ("スマ―トフォン。スマートフォン", "スマ-トフォン", ("スマートフォン",)),
        ("シйдム、システム、サービス", "シйдム", ()),
        ("セキйдティ、セキュリティ", "セキйдティ", ("セキュリティ",)),
        ("マイナンйド、マイナンバード", "マイナンйド", ("マイナンバード",)),
        (
            "コミュニティ、コミュニティ、コミュニティー、コミュニテイ",
            "コミュニテイ",
            ("コミュニティ", "コミュニティー"),
        ),
    ],
)
def test_a_word_has_its_other_spellings(text: str, word: str, others: tuple[str, ...]) -> None:
    """Letters too many, vowels left out or too big, and letters of other scripts make spellings of one word."""
    assert variants(text).get(word, ()) == others


@pytest.mark.parametrize(
    "text",
    [
        "オンラインとオフライン",
        "オーストラリアとオーストリア",
        "ローコードツールとノーコードツール",
        "サーバーとサイバー",
        "シールとツール",
        "レベルとレーベル",
        "デジタイゼーションとデジタルライゼーション",
        "センターとセンサー",
        "アドバイスとアドバイザー",
        "デジタルデバイスとデジタルサービス",
        "口コミとロビー、データ一つとデータ",
        "プラスαとプラスチック",
        "Москва、コンピュータ",
    ],
)
def test_words_that_only_resemble_each_other_are_two(text: str) -> None:
    """One letter for another makes another word, and short words need more than ー to be one."""
    assert variants(text) == {}


def test_a_spelling_of_a_foreign_script_is_offered_to_nobody() -> None:
    """What has letters of a foreign script is given the plan's words; no word is given it."""
    found = variants("デジタルデバйд、デジタルデバイド、デジタルデバインド")
    assert found["デジタルデバイド"] == ("デジタルデバインド",)
    assert found["デジタルデバйд"] == ("デジタルデバイド", "デジタルデバインド")


def test_search_text_gets_the_spellings_that_it_lacks() -> None:
    """Only spellings that the text does not have itself are added, each once."""
    others = variants("サーバーとサーバ")
    assert other_spellings("サーバの更新とサーバ室", others) == "サーバー"
    assert other_spellings("サーバーとサーバ", others) == ""
    assert other_spellings("庁舎の更新", others) == ""


def test_a_hostile_text_costs_little() -> None:
    """A million letters of words that all resemble each other are read in seconds, and no word gets a crowd of spellings."""
    text = "\n".join("アカ" + "".join(letters) for letters in product("アーイエ", repeat=8))
    start = time.perf_counter()
    found = variants(text + "コ" * 500_000)
    assert time.perf_counter() - start < 10
    assert max(map(len, found.values())) <= 8
