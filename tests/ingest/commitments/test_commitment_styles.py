"""Measures as bold lines, under bold labels, in timetables with legends, and as policies."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.chunk import chunk
from ingest.commitments.commitment import END_LOST, Commitment
from ingest.commitments.find import commitments
from ingest.commitments.words import title_key
from ingest.document import Plan

Measures = Callable[[str], tuple[Commitment, ...]]

CHILDREN = """# 第4章 施策の展開

## 施策1-1 経済的な支援

費用の負担を軽くします。

**1 医療費の無償化【継続】**
高校生年代までの自己負担分を助成します。（住民こども課）

**2 給食費の無償化【新規・令和7年度から】**
小中学校の給食費を無償とします。
（教育委員会・財政課）

## 施策1-2 見守り

**3 相談員の配置（こども誰でも相談）**
【担当課】福祉課
駅前に相談員を置きます。

◆重要業績評価指標（KPI）

相談の件数	基準値	目標値
窓口	10	20
"""
REFORM = """# 第3章 実施項目

重点項目のほか、次の項目に取り組みます。（凡例　○：検討　●：実施　→：継続）

方針	No.	実施項目	担当課	R7	R8	R9
ア	1	電子決裁の展開	総務課	○	●	→
	2	公民館の予約のオンライン化	〃		●
"""
ENVIRONMENT = """# 第4章 目標を達成するための施策

## 1-1 再生可能エネルギーの利用

**【現状と課題】**
太陽光の導入量は県内で12番目です。

**【取組の内容】**
公共施設の屋根に太陽光パネルを設置します。

**【担当】**
環境課

**【数値目標】**
設置数　5施設→12施設

## 1-2 公用車の電動化

公用車を電気自動車に替えます。毎年度3台を替えます。

担当：総務課・環境課

## 1-3 市民の取組

・こまめに電気を消します。
・公共交通を利用します。

# 第5章 年次計画

No.	実施項目	所管課	R6	R7	R8
1	太陽光パネルの設置	環境課	→
2	電気自動車	〃	○		●

# 第6章 指標

指標	担当課	R6	R7	R8
ごみの量	環境課	120	110	100
"""


@pytest.fixture
def measures(plan: Plan) -> Measures:
    """Read a text as the fictional plan's, and give what it commits to."""
    return lambda text: commitments(plan, chunk(plan, text), text)


def titles(found: tuple[Commitment, ...]) -> list[str]:
    """Return the titles of records."""
    return [record.title.text for record in found]


def test_bold_lines_that_open_paragraphs_are_the_measures_of_their_heading(measures: Measures) -> None:
    """The heading over them groups; the office behind the text and the time in the title are fields; figures are left out."""
    found = measures(CHILDREN)
    assert titles(found) == ["医療費の無償化", "給食費の無償化", "相談員の配置（こども誰でも相談）"]
    assert [record.summary.text for record in found] == [
        "高校生年代までの自己負担分を助成します。",
        "小中学校の給食費を無償とします。",
        "駅前に相談員を置きます。",
    ]
    assert [record.unit.text for record in found] == ["住民こども課", "教育委員会・財政課", "福祉課"]
    assert [[stage.when for stage in record.schedule] for record in found] == [[], ["令和7年度から"], []]
    assert found[0].heading_path == ("第4章 施策の展開", "施策1-1 経済的な支援")


def test_marks_of_a_timetable_are_explained_by_the_legend_beside_it(measures: Measures) -> None:
    """The mark stays, its meaning behind it; the legend is among the places; an arrow of a legend stands for its year."""
    first, second = measures(REFORM)
    assert [(stage.what, stage.when, stage.doubt) for stage in first.schedule] == [
        ("○（検討）", "R7", ""),
        ("●（実施）", "R8", ""),
        ("→（継続）", "R9", ""),
    ]
    assert "○：検討" in [span.of(REFORM) for span in first.schedule[0].spans]
    assert (second.title.text, second.unit.text) == ("公民館の予約のオンライン化", "総務課")
    assert first.summary.text == ""


def test_bold_labels_are_fields_and_a_timetable_without_legend_keeps_its_marks(measures: Measures) -> None:
    """What citizens should do and a table of indicators are no measures; a lone arrow's end stays unknown."""
    found = measures(ENVIRONMENT)
    assert titles(found) == ["再生可能エネルギーの利用", "公用車の電動化", "太陽光パネルの設置", "電気自動車"]
    solar, cars, panels, electric = found
    assert (solar.state.text, solar.unit.text) == ("太陽光の導入量は県内で12番目です。", "環境課")
    assert solar.summary.text == "公共施設の屋根に太陽光パネルを設置します。"
    assert ([stage.when for stage in cars.schedule], cars.unit.text) == (["毎年度"], "総務課・環境課")
    assert [(stage.when, stage.doubt) for stage in panels.schedule] == [("R6", END_LOST)]
    assert [(stage.what, stage.when) for stage in electric.schedule] == [("○", "R6"), ("●", "R8")]


def test_a_policy_is_a_measure_where_it_says_when(measures: Measures) -> None:
    """点検 once a year commits to something; a policy without a time or a number does not."""
    found = measures(
        "# 2 実施方針\n\n## (1) 点検の実施方針\n\n目視の点検を年1回行います。\n\n## (2) 統合の推進方針\n\n統合を検討します。\n"
    )
    assert titles(found) == ["点検の実施方針"]


@pytest.mark.parametrize("text", [CHILDREN, REFORM, ENVIRONMENT])
def test_every_span_of_a_record_holds_its_words(text: str, measures: Measures) -> None:
    """Each text of each record is, but for its layout, what its spans hold, and each span can be quoted."""
    for record in measures(text):
        for passage in (record.title, record.summary, record.state, record.unit):
            assert all(0 < len(span.of(text)) <= 300 for span in passage.spans)
            assert title_key(passage.text) in title_key("".join(span.of(text) for span in passage.spans))
        for stage in record.schedule:
            assert any(stage.when in span.of(text) for span in stage.spans)
