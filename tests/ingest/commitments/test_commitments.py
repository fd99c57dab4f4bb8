"""What a plan commits to, as records: from cards, headings and tables, without doubles and without invention."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.chunk import chunk
from ingest.commitments.commitment import END_LOST, WHEN_LOST, Commitment
from ingest.commitments.find import commitments
from ingest.commitments.words import title_key
from ingest.document import Document, Plan

INVENTORY = Path(__file__).parents[1] / "inventory"
Measures = Callable[[str], tuple[Commitment, ...]]

CARD = """# 2. 取組

No	取組事項
①	窓口の改善
現況と課題	来庁者は記入に時間がかかり、負担となっています。
取組の概要	申請書の作成を支援するシステムを導入します。
担当課	住民課
工程	令和5年度	令和6年度	令和7年度	令和8年度	令和9年度
検討	----->
実施		○	○	○
"""
SCHEDULE = """# 3. 重点事項

NO	取組事項	内容
1	デジタルデバインド対策	機器の操作に慣れない方への支援に取り組みます。
2	情報の公開	行政情報を使いやすい形で公開します。

# 4. 全体スケジュール

取組事項	詳細	実施時期	令和5年度	令和6年度
推進体制の創設	推進班の設置	令和5年4月1日
デジタルデバイス対策	スマホ教室の実施	毎年
	出張相談の実施
"""


@pytest.fixture
def measures(plan: Plan) -> Measures:
    """Read a text as the fictional plan's, and give what it commits to."""
    return lambda text: commitments(plan, chunk(plan, text), text)


def titles(found: tuple[Commitment, ...]) -> list[str]:
    """Return the titles of records."""
    return [record.title.text for record in found]


@pytest.mark.parametrize("plan_id", ["hirao", "kagamino", "kamigori", "kamisato", "koge"])
def test_the_measures_are_those_that_a_reader_lists(plan_id: str, documents: tuple[Document, ...]) -> None:
    """Against the inventory that was made by hand: nothing is missing, nothing is too much, nothing is there twice."""
    document = next(document for document in documents if document.plan.plan_id == plan_id)
    inventory = tomllib.loads((INVENTORY / f"{plan_id}.toml").read_text("utf-8"))
    listed = inventory["cards"] if inventory["measures"] == "cards" else inventory["measures"]
    found = commitments(document.plan, document.chunks, document.text)
    assert [title_key(title) for title in titles(found)] == [
        title_key(measure.get("reads", measure["title"])) for measure in listed
    ]


def test_every_text_of_a_record_stands_in_the_plan(documents: tuple[Document, ...]) -> None:
    """Spans lie in the text, can be quoted, and hold the words of the record."""
    for document in documents:
        for record in commitments(document.plan, document.chunks, document.text):
            for passage in (record.title, record.summary, record.state, record.unit):
                quoted = "".join(span.of(document.text) for span in passage.spans)
                assert all(0 < len(span.of(document.text)) <= 300 for span in passage.spans)
                assert bool(passage.text) == bool(passage.spans)
                assert title_key(passage.text)[:20] in title_key(quoted)
            for stage in record.schedule:
                assert stage.spans
                assert all(0 <= span.start < span.end <= len(document.text) for span in stage.spans)


def test_every_record_says_what_is_done(documents: tuple[Document, ...]) -> None:
    """No record of the five plans is a mere name."""
    for document in documents:
        for record in commitments(document.plan, document.chunks, document.text):
            assert record.summary, record.title.text


def test_a_card_is_one_record_with_its_fields(measures: Measures) -> None:
    """The labels of the fields say what they are; the title has lost its number."""
    (record,) = measures(CARD)
    assert record.title.text == "窓口の改善"
    assert record.state.text == "来庁者は記入に時間がかかり、負担となっています。"
    assert record.summary.text == "申請書の作成を支援するシステムを導入します。"
    assert record.unit.text == "住民課"
    assert record.heading_path == ("2. 取組",)


def test_an_arrow_whose_end_is_lost_is_reported_and_not_guessed(measures: Measures) -> None:
    """A lone arrow has a beginning alone; marks under several years have both ends."""
    (record,) = measures(CARD)
    arrow, marks = record.schedule
    assert (arrow.what, arrow.when, arrow.until, arrow.doubt) == ("検討", "令和5年度", "", END_LOST)
    assert (marks.what, marks.when, marks.until, marks.doubt) == ("実施", "令和6年度", "令和8年度", "")


def test_a_measure_named_in_a_table_and_in_a_timetable_is_one_record(measures: Measures) -> None:
    """The timetable's rows are its schedule, even where it misspells the loanword; a new name is a record of its own."""
    found = measures(SCHEDULE)
    assert titles(found) == ["デジタルデバインド対策", "情報の公開", "推進体制の創設"]
    twice = found[0]
    assert len(twice.title.spans) == 2
    assert [(stage.what, stage.when, stage.doubt) for stage in twice.schedule] == [
        ("スマホ教室の実施", "毎年", ""),
        ("出張相談の実施", "", WHEN_LOST),
    ]
    assert found[2].summary.text == "推進班の設置"


def test_headings_under_a_heading_for_measures_are_measures(measures: Measures) -> None:
    """Their first paragraphs are the summary; chapters about aims and organisation beside them are none."""
    found = measures(
        "# 3. 具体的な施策\n\n## (1) 基本方針\n\n人を中心に進めます。\n\n## (2) 窓口の改善\n\n次のことを行います。\n\n"
        "・予約の受付\n・案内の充実\n\n担当課：住民課\n\n実施時期：令和7年度～令和8年度\n\n## (3) 推進体制\n\n本部を置きます。\n"
    )
    assert titles(found) == ["窓口の改善"]
    assert found[0].summary.text == "次のことを行います。\n予約の受付\n案内の充実"
    assert found[0].unit.text == "住民課"
    assert [stage.when for stage in found[0].schedule] == ["令和7年度～令和8年度"]


def test_headings_that_are_labels_are_the_fields_of_the_heading_above(measures: Measures) -> None:
    """現状と課題 and 取組内容 under a heading make that heading the measure, wherever it stands."""
    (record,) = measures(
        "# 第2章 各論\n\n## (1) 電子申請の拡充\n\n### 【現状と課題】\n\n利用が少ない状況です。\n\n### 【取組内容】\n\n"
        "対象を広げます。\n\n### 【担当課】\n\n総務課\n\n### 【スケジュール】\n\n令和7年度：選定 令和8年度：導入\n"
    )
    assert record.title.text == "電子申請の拡充"
    assert (record.state.text, record.summary.text, record.unit.text) == (
        "利用が少ない状況です。",
        "対象を広げます。",
        "総務課",
    )
    assert [(stage.when, stage.what) for stage in record.schedule] == [("令和7年度", "選定"), ("令和8年度", "導入")]


def test_a_table_names_the_finest_measure_and_its_office(measures: Measures) -> None:
    """施策 above 取組: the 取組 is the measure, the 施策 one more heading; a ditto mark repeats the office above."""
    found = measures(
        "# 4. 施策と担当課\n\n施策	取組	内容	担当課\n水害の予防	河川の改修	護岸を改修する。	建設課\n"
        "〃	水位の監視	水位計を置く。	〃\n"
    )
    assert titles(found) == ["河川の改修", "水位の監視"]
    assert [record.unit.text for record in found] == ["建設課", "建設課"]
    assert [record.heading_path for record in found] == [("4. 施策と担当課", "水害の予防")] * 2


@pytest.mark.parametrize(
    "text",
    [
        "# 7. 国・県の動向\n\n## (1) 国の施策\n\n### ① 窓口の改善\n\n国が進めます。\n",
        "# 1. これまでの取組\n\n## (1) 窓口の改善\n\n平成28年に始めました。\n",
        "# 5. 概算事業費\n\n事業	令和7年度	令和8年度\n窓口の改善	4,800	2,600\n研修の充実	850	－\n",
        "# 第5章 量の見込みと確保方策\n\n## 1 教育の量の見込み\n\n単位：人\n\n## 2 提供区域の設定\n\n町全域とします。\n",
        "# 3. 施策\n\n## (1) 重要業績評価指標（KPI）\n\n件数を増やします。\n\n## (2) その他の施策\n\n関係する課が進めます。\n",
        "# 3. 施策\n\n### 主な取組\n\n・利用者数 120人\n・住みよいまちの実現を目指します\n・道の駅を改修しました。\n",
        "# 6. 収集の体制\n\n品目	分別区分	出し方の注意\n鏡	不燃ごみ	包んでください。\n傘	不燃ごみ	束ねてください。\n",
    ],
)
def test_what_the_town_does_not_commit_to_is_no_measure(measures: Measures, text: str) -> None:
    """What the country does, what is over, a budget, and a table of something else."""
    assert measures(text) == ()


def test_a_time_in_a_summary_is_a_schedule_and_a_law_is_not(plan: Plan) -> None:
    """A year with まで or から that is not before the plan; the year of a law stands without either."""
    text = "# 3. 取組事項\n\n## (1) 標準化\n\n法律（令和3年法律第40号）に基づき、令和 7 年度末までに移行します。\n"
    dated = replace(plan, valid_from=date(2024, 4, 1))
    (record,) = commitments(dated, chunk(dated, text), text)
    assert [stage.when for stage in record.schedule] == ["令和7年度末まで"]
    assert record.schedule[0].spans[0].of(text).endswith("移行します。")


def test_an_office_written_as_the_one_above_is_that_of_the_card_before(measures: Measures) -> None:
    """同上 in a record card is resolved, and both places prove it."""
    second = "No\t取組事項\n②\t研修の充実\n担当課\t同上\n取組の概要\t職員が手続の進め方を学ぶ研修を開きます。\n"
    found = measures(f"{CARD}\n{second}")
    assert [(record.title.text, record.unit.text) for record in found] == [
        ("窓口の改善", "住民課"),
        ("研修の充実", "住民課"),
    ]
    assert len(found[1].unit.spans) == 2


def test_a_timetable_without_room_for_a_whole_title_adds_to_the_one_measure_that_has_it(measures: Measures) -> None:
    """水位計 alone would be in two titles; デマンド交通 is in one."""
    text = (
        "# 3. 施策\n\n## (1) デマンド交通の展開\n\n予約の電話を置きます。\n\n## (2) 水位計測の共同化\n\n池を見回ります。\n\n"
        "## (3) 水位計測の公開\n\n値を公開します。\n\n# 4. 年次計画\n\n主な取組\tR7\tR8\t所管\n"
        "デマンド交通\t●\t●\t交通課\n水位計測\t\t●\t農林課\n"
    )
    found = measures(text)
    assert titles(found) == ["デマンド交通の展開", "水位計測の共同化", "水位計測の公開", "水位計測"]
    assert (found[0].unit.text, found[0].schedule[0].until) == ("交通課", "R8")


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        ("令和8年度に3か所で始めます。", ["令和8年度"]),
        ("令和７年度から令和9年度末までに更新します。", ["令和７年度から", "令和9年度末まで"]),
        ("令和7～9年度に改修します。", ["令和7～9年度"]),
        ("毎年度3人を養成します。", ["毎年度"]),
        ("令和4年度に始めました。", []),
        ("令和7年度に調査しました。", []),
        ("令和3年法律第40号に基づき進めます。", []),
    ],
)
def test_the_sentences_of_a_summary_say_when(sentence: str, times: list[str], plan: Plan) -> None:
    """A year of the plan's own time with まで, から or に, and how often; what was before or is done says neither."""
    text = f"# 3. 取組事項\n\n## (1) 窓口の改善\n\n{sentence}\n"
    dated = replace(plan, valid_from=date(2025, 4, 1))
    (record,) = commitments(dated, chunk(dated, text), text)
    assert [stage.when for stage in record.schedule] == times


def test_two_measures_of_one_name_with_content_of_their_own_stay_two(measures: Measures) -> None:
    """職員研修 under two aims is two records, each under its own heading."""
    found = measures(
        "# 3. 施策\n\n## 基本目標1：業務\n\n### 【職員研修】\n\n業務を学びます。\n\n"
        "## 基本目標2：人材\n\n### 【職員研修】\n\n技術を学びます。\n"
    )
    assert [record.summary.text for record in found] == ["業務を学びます。", "技術を学びます。"]


def test_a_plan_without_measures_has_no_records(measures: Measures) -> None:
    """An empty text and one that only tells of the plan's period."""
    assert measures("") == ()
    assert measures("# 1. 計画の期間\n\n令和5年度から令和9年度までの5年間とします。\n") == ()
