"""A plan that nobody has seen, asked as people write: schedules with marks, slips of the pen, several things at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from assistant.answer import Answer, Question, Turn
from assistant.assistant import Assistant
from index.build import build_index
from index.index import Index
from ingest.read_folder import read_plans
from tests.assistant.asking import Ask, conversation, quoted

if TYPE_CHECKING:
    from index.embedder import Embedder

PLAN = """# 見本町DX推進計画

# 第1章 計画の概要

## 1 計画の期間

本計画の期間は、令和7年度から令和11年度までの5年間とします。

## 2 推進体制

町長を本部長とする「デジタル推進本部」を置き、年3回会議を開きます。事務局は企画財政課が担い、職員は4名とします。

令和6年8月20日に第1回の推進委員会を開きました。推進委員会は年2回（7月、1月）開催し、委員は12名以内とします。

# 第2章 取組

## 1 窓口の改革

申請書を書かない窓口を、住民課に令和8年1月から設けます。印刷は、住民票の写し、印鑑登録証明書及び所得証明書を対象とします。

## 2 職員の育成

デジタル研修は、全職員が希望に応じて受講できるよう、毎年6月に行います。自己啓発の支援として、図書の購入費を助成します。

## 3 ICTリーダーの育成

業務でICTの活用を発案し、他の職員に助言する推進役となる人材を育てます。

## 4 海岸の清掃

海岸の清掃は、北浜、中浜、南浜の3か所で、住民とともに行います。清掃の内容は、漂着ごみの回収と調査です。

# 第3章 工程表

凡例：「○」検討・準備　「●」導入・開始　「→」継続

<table>
<tr><th>取組</th><th>R7</th><th>R8</th><th>R9</th><th>R10</th></tr>
<tr><td>施設予約システム※1</td><td>○</td><td>○</td><td>●</td><td>→</td></tr>
<tr><td>見守りセンサー</td><td>○</td><td>●</td><td>→</td><td>→</td></tr>
<tr><td>生成AI</td><td>●</td><td>→</td><td>→</td><td>→</td></tr>
</table>

※1 施設予約システムは、電子錠とあわせて検討する。

# 第4章 事業費

事業費の見込みは、次のとおりです。

表2 事業費の見込み（単位：千円）

<table>
<tr><th>事業</th><th>内容</th><th>令和7年度</th><th>令和8年度</th></tr>
<tr><td>施設予約システムの導入</td><td>電子錠を設置する。</td><td>2,400</td><td>1,150</td></tr>
<tr><td>見守りセンサーの設置</td><td>浜に設置する。</td><td>830</td><td>96万円</td></tr>
</table>

# 第5章 町民の声

令和6年7月に、16歳以上の町民500人にアンケートを行い、212人から回答がありました。

<table>
<tr><th>問</th><th>主な結果</th></tr>
<tr><td>スマートフォンの所有</td><td>全体82.5%　75歳以上44.9%</td></tr>
<tr><td>窓口の満足度</td><td>満足61.2%　不満9.4%</td></tr>
</table>

# 第6章 用語解説

【RPA】人が行う定型の操作を、ソフトウェアが代わりに自動で行う仕組み。業務の時間を減らす。
【クラウド】自前の機械を持たず、ネットワークの先にあるサービスを借りて使うこと。
"""
METADATA = '[[plans]]\nfile = "plan.md"\nmunicipality = "見本町"\ncode = "990001"\n'


@pytest.fixture(scope="module")
def ask_unseen(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, now: datetime) -> Iterator[Ask]:
    """Ask an assistant over this plan alone; every quote is held against the plan on the way."""
    folder = tmp_path_factory.mktemp("unseen")
    (folder / "plan.md").write_text(PLAN, "utf-8")
    (folder / "plans.toml").write_text(METADATA, "utf-8")
    build_index(read_plans([folder]).documents, folder / "index", embedder=embedder)
    with Index.open(folder / "index", embedder=embedder) as index:
        assistant = Assistant(index, clock=lambda: now)

        def asked(text: str, *towns: str, history: Sequence[Turn] = ()) -> Answer:
            answer = assistant.answer(Question(text, towns, tuple(history)))
            assert all(PLAN[c.start : c.end] == c.quote for c in answer.citations)
            return answer

        yield asked


def test_a_schedules_mark_is_told_with_its_meaning(ask_unseen: Ask) -> None:
    """The row's marks come with the legend's words, under the years that the columns abbreviate; the legend is quoted."""
    answer = ask_unseen("見本町の施設予約システムは、工程表では何年度に導入・開始となっていますか。")
    assert "令和9年度は●（導入・開始）" in answer.answer
    assert "令和7年度は○（検討・準備）" in answer.answer
    assert "令和10年度は→（継続）" in answer.answer
    assert "「●」導入・開始" in quoted(answer)
    assert "読み取れません" not in answer.answer


def test_a_figure_comes_with_the_unit_above_its_table(ask_unseen: Ask) -> None:
    """The unit is told once and quoted; what names the row is told without the sentences that stand beside its name."""
    answer = ask_unseen("見本町の施設予約システムの導入の事業費は、令和7年度と令和8年度でいくらですか。")
    assert "施設予約システムの導入の令和7年度は2,400、令和8年度は1,150です（単位：千円）。" in answer.answer
    assert answer.answer.count("単位") == 1
    assert "（単位：千円）" in [c.quote for c in answer.citations]


def test_a_figure_with_its_own_unit_is_left_alone(ask_unseen: Ask) -> None:
    """「96万円」 is not in thousands of yen."""
    answer = ask_unseen("見本町の見守りセンサーの設置の事業費は、令和8年度にいくらですか。")
    assert "96万円" in answer.answer
    assert "単位" not in answer.answer


def test_the_date_of_a_survey_holds_for_its_table(ask_unseen: Ask) -> None:
    """Rows that tell no year are of the year that their section tells, and of no other."""
    asked = "見本町の{}の町民アンケートで、75歳以上のスマートフォンの所有は何%でしたか。"
    assert "44.9%" in quoted(ask_unseen(asked.format("令和6年7月")))
    assert "44.9%" not in quoted(ask_unseen(asked.format("令和3年7月")))


def test_which_of_two_rows_has_more_is_said(ask_unseen: Ask) -> None:
    """Both figures are told and cited, and then which of them is the greater."""
    answer = ask_unseen(
        "見本町の施設予約システムの導入と見守りセンサーの設置では、令和7年度の事業費はどちらが多いですか。"
    )
    assert "施設予約システムの導入のほうが多いです" in answer.answer
    assert "2,400" in quoted(answer)
    assert "830" in quoted(answer)


def test_a_heading_that_holds_the_name_asked_for_is_told_and_quoted(ask_unseen: Ask) -> None:
    """Where the sentence tells what the leaders do and the heading what they are called, the answer tells both."""
    answer = ask_unseen("見本町では、職員の中から育てる推進役のリーダーを何と呼んでいますか。")
    assert "ICTリーダーの育成：「業務でICTの活用を発案し" in answer.answer
    assert "ICTリーダーの育成" in [c.quote for c in answer.citations]  # without the number before it


@pytest.mark.parametrize("word", ["RPA", "クラウド"])
def test_a_term_in_brackets_is_a_definition(ask_unseen: Ask, word: str) -> None:
    """A glossary that sets its terms in 【】 defines them, to the last sentence."""
    answer = ask_unseen(f"見本町の計画でいう{word}とは何ですか。")
    entry = next(line for line in PLAN.splitlines() if line.startswith(f"【{word}】"))
    assert entry.partition("】")[2] in quoted(answer).replace("\n", "")


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("見本町の書かない窓ぐちはいつからですか", "令和8年1月"),
        ("見本町の企画罪性課の職員は何名ですか", "4名"),
        ("見本町のデジタル件修は毎年何月に行われますか", "6月"),
        ("見本町のクラウウドってどういう意味ですか", "借りて使うこと"),
        ("見本町の見守りセサンーの工程を教えて", "●"),
    ],
)
def test_a_slip_of_the_pen_is_understood(ask_unseen: Ask, question: str, fact: str) -> None:
    """Words converted or typed wrongly are found by how they sound, loanwords by their letters."""
    assert fact in quoted(ask_unseen(question))


def test_chatter_before_and_after_is_not_asked(ask_unseen: Ask) -> None:
    """What a message turns to is its question; what it adds below is none."""
    chat = (
        "先日の飲み会の精算は一人4,500円でした。ところで見本町の推進委員会って年何回でしたっけ？追伸：健診は来週です。"
    )
    answer = ask_unseen(chat)
    assert "年2回" in quoted(answer)
    assert not answer.abstained


def test_the_first_time_is_not_how_often(ask_unseen: Ask) -> None:
    """「何回」 asks for a number of times, which 「第1回」 is not."""
    assert "年2回（7月、1月）" in quoted(ask_unseen("見本町の推進委員会は年に何回、何月に開かれますか。"))


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("見本町の計画の期間と、事務局は何課かを教えてください。", ("5年間", "企画財政課")),
        ("見本町の推進本部の本部長は誰ですか。それと、書かない窓口はいつからですか。", ("町長", "令和8年1月")),
        ("見本町では、書かない窓口とデジタル研修ではどちらが何月に始まりますか。", ("令和8年1月", "毎年6月")),
    ],
)
def test_each_of_several_things_is_answered(ask_unseen: Ask, question: str, facts: tuple[str, ...]) -> None:
    """Things joined by と、 asked in sentences of their own, or held against each other, are answered one by one."""
    said = quoted(ask_unseen(question))
    assert all(fact in said for fact in facts)


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("見本町で海岸の清掃をしている3つの場所の名前は？", ("北浜", "中浜", "南浜")),
        ("見本町で印刷できる証明書は何と何ですか？", ("住民票の写し", "印鑑登録証明書", "所得証明書")),
    ],
)
def test_a_sentence_that_names_several_things_is_a_list(ask_unseen: Ask, question: str, items: tuple[str, ...]) -> None:
    """What a sentence names one after the other answers a question for several things."""
    first = ask_unseen(question).citations[0].quote
    assert all(item in first for item in items)


def test_what_was_just_told_is_not_told_again(ask_unseen: Ask) -> None:
    """「では研修のほうは？」 after an answer about something else of that section goes on to the training."""
    told = conversation(
        "見本町では自己啓発の支援として何をしますか", "自己啓発の支援として、図書の購入費を助成します。"
    )
    assert "全職員が希望に応じて受講できる" in quoted(ask_unseen("では研修のほうは？", history=told))
