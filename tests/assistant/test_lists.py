"""Lists as a whole and in order, definitions, and questions typed in kana alone."""

from __future__ import annotations

import unicodedata

import pytest

from tests.assistant.asking import PERIOD, Ask, places, quoted, towns

# the question -> words of each item, in order
LISTS = {
    "平生町の計画の基本方針を4つ挙げてください": "満足感・幸福感 集中化 マイナンバーとの連携 中長期的なデジタル費用を削減",
    "上毛町のDX基本理念は何ですか": "満足度向上 更なる注力 組織体質 デジタル費用の低減 一人ひとりに寄り添った",
    "上里町の計画の5つの基本目標は何ですか": "行政サービスの向上 行政運営の効率化 管理体制等 人材の育成 強靱化",
    "上郡町の課題の整理で挙げられている課題の項目をすべて挙げてください": "人口問題 高齢層 行政サービスの変革 リテラシー",
    "鏡野町の取組事項を一覧にしてください": "標準化・共通化 普及促進 オンライン化 AI セキュリティ デジタルデバイド BPR",
    "平生町の業務のデジタル化に入る取組をすべて挙げてください": (
        "書かない窓口 SNSによるサービス拡充 RPA 行政手続のオンライン化 ペーパーレス 標準化・共通化 マイナンバーカード オープンデータ"
    ),
    "上郡町の計画の目的・背景をすべて挙げてください": "少子高齢化 ライフスタイル 新型コロナ 業務のあり方の変革",
}


def close(text: str) -> str:
    """Return a text without its spaces, full-width letters as half-width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("question", LISTS)
def test_a_list_is_whole_and_in_order(ask: Ask, question: str) -> None:
    """A question for a list gets every item, in the plan's order, in the answer and in its quotes."""
    answer = ask(question)
    for text in (close(answer.answer), close(quoted(answer))):
        at = [text.find(item) for item in LISTS[question].split()]
        assert -1 not in at
        assert at == sorted(at)


def test_a_long_list_is_whole(ask: Ask) -> None:
    """A list of fifteen items is given with all fifteen."""
    answer = ask("平生町の子育て関係の15手続をすべて列挙してください")
    items = [line for line in answer.answer.splitlines() if line.startswith("・")]
    assert len(items) == 15
    assert "妊娠の届出" in items[-1]


@pytest.mark.parametrize(
    ("question", "meaning"),
    [
        ("平生町の計画で、RPAとは何ですか", "ソフトウェアロボットを用いて"),
        ("平生町の計画で「クラウドコンピューティング」とは何ですか？", "クラウド環境"),
        ("上里町の計画で、OODAループとは何ですか？", "意思決定や行動を決める手法"),
        ("上里町の計画で「ステークホルダー」とは何ですか？", "利害関係を有する者"),
        ("鏡野町の計画にある「ローコードツール」とは何ですか？", "少ないプログラムコード"),
        ("上毛町の脚注でCIOは何の略ですか？", "Chief Information Officer"),
    ],
)
def test_a_definition_is_the_glossary_entry(ask: Ask, question: str, meaning: str) -> None:
    """A question for a word's meaning gets the plan's own explanation of it."""
    answer = ask(question)
    assert close(meaning) in close(quoted(answer))
    assert towns(answer) == {question[:3]}


def test_two_towns_explain_a_word_each(ask: Ask) -> None:
    """A word that two towns are asked to explain is explained in each one's words."""
    answer = ask("BPRの用語説明を、鏡野町と上里町で比較したい。")
    assert towns(answer) == {"鏡野町", "上里町"}
    assert "Re-engineering" in quoted(answer)


def test_a_word_of_another_towns_glossary_is_not_explained(ask: Ask) -> None:
    """A word that only another town's plan explains is not explained."""
    assert ask("平生町の計画では、OODAループをどう説明していますか。").abstained


@pytest.mark.parametrize(
    ("kana", "written"),
    [
        ("ひらおちょうの しさんぜいはんの じむすうは いくつですか", "平生町の資産税班の事務数はいくつですか"),
        ("ひらおちょうの けいかくの きかんは いつから いつまでですか", f"平生町の{PERIOD}"),
        ("こうげまちの けいかくの きかんは いつから いつまでですか", f"上毛町の{PERIOD}"),
    ],
)
def test_kana_alone_is_understood(ask: Ask, kana: str, written: str) -> None:
    """A question typed in hiragana alone gets the citations of the same question in kanji."""
    assert places(ask(kana)) == places(ask(written)) != []


def test_full_width_half_width_and_spaces_are_the_same(ask: Ask) -> None:
    """Full-width letters, half-width katakana and spaces between words change nothing."""
    plain = ask("平生町の計画で、RPAとは何ですか")
    assert places(ask("平生町の計画で、ＲＰＡとは何ですか")) == places(plain) != []
    assert places(ask("　平生町の 計画で、 RPAとは 何ですか　")) == places(plain)


def test_the_name_of_a_list_is_no_answer(ask: Ask) -> None:
    """A motto is told, not the line 「ビジョンの方針」 that only names the list after it."""
    for question in ("鏡野町のビジョンは何ですか", "鏡野町のビジョンを教えて"):
        answer = ask(question)
        assert "あたたかくつながる行政" in quoted(answer)
        assert "ビジョンの方針" not in [citation.quote for citation in answer.citations]
