"""A plan that speaks of a matter and does not tell what is asked of it: that is refused, and what it tells is answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from assistant.answer import Answer, Question, Reason, Turn
from assistant.assistant import Assistant
from index.build import build_index
from index.index import Index
from ingest.read_folder import read_plans
from tests.assistant.asking import Ask, conversation, quoted

if TYPE_CHECKING:
    from index.embedder import Embedder

PLAN = """見本町情報化計画

令和６年３月

１．はじめに

国の推進計画は改定が重ねられ、対象期間は令和8年3月までとされています。

２．いつからいつまでか

令和6年度から令和10年度までの5年間とします。

３．取組

３－１ スマホよろず相談
◆担当：福祉課
◆中身
困りごとを一対一で聞きたい方のために、毎月第2・第4木曜日に本庁1階ロビーで個別の相談を受けます。滝谷支所では毎月第3火曜日に開きます。

３－２ 乗合交通
◆担当：まちづくり課
◆中身
予約型の乗合交通を走らせます。予約は電話とスマートフォンのどちらでもできます。運行は平日の8時から17時までとします。

３－３ システムの移行
◆担当：総務課、デジタル戦略室
◆中身
標準準拠システムへの移行を令和8年1月に行います。ITパスポート試験に合格した職員には、受験料を助成します。役場の職員は142人です。

３－４ 出張申請
◆担当：町民課
◆中身
集会所へ職員が出向き、5人以上の申込みがあれば土日も伺います。保有枚数率88%を令和10年度の目標とします。

３－５ 水位の監視
◆担当：建設課
◆中身
監視カメラの映像を公開します。録画は14日で消去します。

４．指標

指標\t基準値（R4）\tR6\tR8\tR10
標準準拠システムへの移行業務数\t0業務\t0業務\t20業務\t20業務
オンライン申請の利用率\t8.4%\t15%\t30%\t45%
コピー用紙の使用枚数\t182万枚\t160万枚\t120万枚\t91万枚

スマートフォンを使っている人の割合

年代\t使っている\t使っていない
65～74歳\t72.6%\t27.4%
75歳以上\t38.9%\t61.1%

５．約束

◇約束1　電話と窓口は、これからもなくしません。
◇約束2　紙のお知らせを、全世帯に届けます。
"""
METADATA = '[[plans]]\nfile = "plan.txt"\nmunicipality = "見本町"\nreading = "みほんちょう"\ncode = "990001"\n'


@pytest.fixture(scope="module")
def ask_about(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, now: datetime) -> Iterator[Ask]:
    """Ask an assistant over this plan alone; every quote is held against the plan on the way."""
    folder = tmp_path_factory.mktemp("lacking")
    (folder / "plan.txt").write_text(PLAN, "utf-8")
    (folder / "plans.toml").write_text(METADATA, "utf-8")
    build_index(read_plans([folder]).documents, folder / "index", embedder=embedder)
    with Index.open(folder / "index", embedder=embedder) as index:
        assistant = Assistant(index, clock=lambda: now)

        def asked(text: str, *towns: str, history: Sequence[Turn] = ()) -> Answer:
            answer = assistant.answer(Question(text, towns, tuple(history)))
            assert all(PLAN[c.start : c.end] == c.quote for c in answer.citations)
            return answer

        yield asked


@pytest.mark.parametrize(
    "question",
    [
        "見本町の木曜のスマホの相談は、何時から何時まで受け付けていますか。",  # the hours of the bus are none of it
        "見本町のITパスポートの合格者は、令和10年度までに何人にする目標ですか。",  # nor are five applicants
        "見本町の標準準拠システムへの移行の経費は、総額いくらですか。",  # a number of systems is no money
        "見本町の75歳以上でスマートフォンを使っている人の割合を男女別に教えてください。",
        "見本町のデジタル戦略室の職員は何人ですか。",  # the whole town hall's are more
        "見本町で、40歳以上に限ったスマートフォンを使っている人の割合は何%ですか。",
    ],
)
def test_a_detail_that_the_plan_does_not_tell_is_refused(ask_about: Ask, question: str) -> None:
    """The matter stands in the plan, and a figure of the sort asked for stands elsewhere in it."""
    answer = ask_about(question)
    assert (answer.abstained, answer.reason) == (True, Reason.NOT_IN_PLANS)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("見本町のスマホの相談は何曜日ですか。", "木曜日"),
        ("見本町の乗合交通は何時から何時までですか。", "8時から17時"),
        ("見本町の録画は何日たったら消去しますか。", "14日"),
        ("見本町のスマホの相談はどこで受けられますか。", "本庁1階ロビー"),
        ("見本町の75歳以上でスマートフォンを使っている人の割合は何%ですか。", "38.9%"),
        ("見本町のオンライン申請の利用率、R10の目標は", "45%"),
        ("見本町のコピー用紙は令和8年度に何枚まで減らす目標ですか。", "120万枚"),
        ("見本町の役場の職員は何人ですか。", "142人"),
        ("見本町の三つ目ではなく、約束を全部挙げてください。", "紙のお知らせ"),
    ],
)
def test_what_the_plan_tells_is_answered(ask_about: Ask, question: str, told: str) -> None:
    """The same matters, asked for what the plan does tell."""
    answer = ask_about(question)
    assert not answer.abstained
    assert told in answer.answer


@pytest.mark.parametrize("question", ["計画の期間は？", "計画はいつまでですか", "けいかくは なんねんどまで ですか"])
def test_a_period_is_answered_from_where_it_was_read(ask_about: Ask, question: str) -> None:
    """In whatever words the plan states it, and not from a sentence about another plan's."""
    answer = ask_about(question, "見本町")
    assert "令和6年度から令和10年度までの5年間とします。" in quoted(answer)


@pytest.mark.parametrize(
    "question", ["みほんちょうの すまほの そうだんは なんようびですか", "ﾐﾎﾝﾁｮｳ ﾉ ｽﾏﾎ ﾉ ｿｳﾀﾞﾝ ﾊ 何曜日ですか"]
)
def test_a_municipality_is_known_by_its_name_in_kana(ask_about: Ask, question: str) -> None:
    """Its name is no row of shorter words, and 「なんようび」 asks for a day of the week."""
    assert "木曜日" in ask_about(question).answer


def test_a_day_of_the_week_may_be_asked_on(ask_about: Ask) -> None:
    """「何曜日」 is no topic that the plan would have to hold."""
    history = conversation("見本町のスマホの相談はいつですか", "毎月第2・第4木曜日に本庁1階ロビーで受けます。")
    answer = ask_about("支所のほうは何曜日？", "見本町", history=history)
    assert "第3火曜日" in answer.answer
