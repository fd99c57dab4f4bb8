"""Measures as items of lists, as headings with an office behind them, and with a table of labels below them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.chunk import chunk
from ingest.commitments.commitment import Commitment
from ingest.commitments.find import commitments
from ingest.commitments.words import title_key
from ingest.document import Plan

Measures = Callable[[str], tuple[Commitment, ...]]

TOURISM = """# 第1章 前期計画の評価

| 事業名 | 内容 | 担当課 | 評価 |
| --- | --- | --- | --- |
| 道の駅の改修 | トイレを改修しました。 | 産業課 | A |

# 第2章 施策の展開

## 施策1 情報発信の強化

町を知らない人が多いことから、発信する力を高めます。

【主な取組】

・観光サイトの多言語化【拡充・令和8年度から】（産業課）
・動画の配信：職員が撮影し、毎月2回公開します。（産業課・広報室）
・写真コンテストを開催します。
・町民が誇りを持つまち

## 施策2 受入環境の整備

泊まれる場所が足りません。このため、次の事業に取り組みます。

- 空き家を使う簡易宿所の整備（R8～）
- 案内看板の更新

## 施策3 推進体制

観光協会と連携します。

# 第3章 県の取組

【主な取組】

・周遊バスの運行
・宿泊税の導入
"""
ELDERLY = """第1章 はじめに

1 計画の趣旨

これまで、町は次の施策を進めてきました。

・支援センターの設置
・体操教室の開催

第3章 基本的な考え方

1 重点施策

次の2つを重点施策とします。

① 健康づくりの推進
② 認知症への備え

第4章 施策の展開

基本施策1 健康づくりの推進

(1) 体操教室の開催　【担当：福祉課】

65歳以上の方を対象に教室を開きます。

＜今後の方向＞
会場を3か所に増やします。

区分	令和6年度	令和7年度
回数	40	45

(2) 健康診査（健康課）

【具体的な取組】
○ 未受診者への訪問
○ 休日健診の実施

基本施策2 認知症への備え

事業名	事業内容	所管
サポーターの養成	講座を年3回開きます。	福祉課
見守りの協定	事業所が見守ります。	同上
治療薬の研究	国が実施します。	厚生労働省
"""
TRANSPORT = """第5章 目標を達成するための施策・事業

施策1 幹線の維持

事業① 幹線バスの運行の継続

事業内容	幹線のバスを1日8往復運行します。
実施主体	町、交通事業者
実施時期	令和6年度～

施策2 支線の再編

支線は、利用者が減っています。

○ デマンド型の交通の導入
　予約に応じて走る車両を導入します。（まちづくり課）

○ 運転手の確保
　免許の取得費を補助します（担当：総務課）。

5-4 スケジュール

事業	R6	R7	R8
デマンド型の交通の導入	検討	実施	→
"""


@pytest.fixture
def measures(plan: Plan) -> Measures:
    """Read a text as the fictional plan's, and give what it commits to."""
    return lambda text: commitments(plan, chunk(plan, text), text)


def titles(found: tuple[Commitment, ...]) -> list[str]:
    """Return the titles of records."""
    return [record.title.text for record in found]


def test_items_of_a_list_of_measures_are_measures(measures: Measures) -> None:
    """Under 主な取組, or behind a sentence that announces them; an aim among them, the past and the prefecture are none."""
    found = measures(TOURISM)
    assert titles(found) == [
        "観光サイトの多言語化",
        "動画の配信",
        "写真コンテストを開催します",
        "空き家を使う簡易宿所の整備",
        "案内看板の更新",
    ]
    assert [record.summary.text for record in found[:3]] == [
        "",
        "職員が撮影し、毎月2回公開します。",
        "写真コンテストを開催します",
    ]


def test_brackets_behind_a_name_are_its_time_and_its_office(measures: Measures) -> None:
    """令和8年度から is a time, 産業課 an office, 拡充 a state; none of them is part of the name."""
    site, films, *_, lodging, _ = measures(TOURISM)
    assert [stage.when for stage in site.schedule] == ["令和8年度から"]
    assert [stage.when for stage in films.schedule] == ["毎月2回"]
    assert [stage.when for stage in lodging.schedule] == ["R8～"]
    assert [record.unit.text for record in (site, films, lodging)] == ["産業課", "産業課・広報室", ""]


def test_a_list_under_a_heading_with_an_office_tells_of_that_measure(measures: Measures) -> None:
    """健康診査（健康課） is the measure; the themes of a frame, what was done and what a ministry does are none."""
    found = measures(ELDERLY)
    assert titles(found) == ["体操教室の開催", "健康診査", "サポーターの養成", "見守りの協定"]
    assert found[0].summary.text == "65歳以上の方を対象に教室を開きます。\n会場を3か所に増やします。"
    assert "休日健診の実施" in found[1].summary.text
    assert [record.unit.text for record in found] == ["福祉課", "健康課", "福祉課", "福祉課"]
    assert [stage.when for stage in found[2].schedule] == ["年3回"]


def test_a_table_of_labels_under_a_heading_holds_the_fields_of_that_measure(measures: Measures) -> None:
    """Its first row is a field, not a header; a timetable elsewhere adds the schedule of the measure that it names."""
    found = measures(TRANSPORT)
    assert titles(found) == ["幹線バスの運行の継続", "デマンド型の交通の導入", "運転手の確保"]
    assert found[0].summary.text == "幹線のバスを1日8往復運行します。"
    assert [record.unit.text for record in found] == ["町、交通事業者", "まちづくり課", "総務課"]
    assert [stage.when for stage in found[0].schedule] == ["令和6年度～"]
    assert [(stage.what, stage.when) for stage in found[1].schedule] == [("検討", "R6"), ("実施", "R7"), ("", "R8")]


@pytest.mark.parametrize("text", [TOURISM, ELDERLY, TRANSPORT])
def test_every_span_of_a_record_holds_its_words(text: str, measures: Measures) -> None:
    """Each text of each record is, but for its layout, what its spans hold, and each span can be quoted."""
    for record in measures(text):
        for passage in (record.title, record.summary, record.state, record.unit):
            assert all(0 < len(span.of(text)) <= 300 for span in passage.spans)
            assert title_key(passage.text) in title_key("".join(span.of(text) for span in passage.spans))
        for stage in record.schedule:
            assert any(stage.when in span.of(text) for span in stage.spans)
