"""Measures of the five plans, chosen and put in order."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from ui.commitments import records
from ui.commitments.choose import NOT_STATED, Choice, choose
from ui.commitments.order import COLUMNS, in_order, read_order
from ui.commitments.themes import find_themes
from ui.question import QuestionRefusedError
from ui.web.register import choices


def titles(assistant: Assistant, choice: Choice) -> list[str]:
    return [record.commitment.title.text for record in choose(assistant.index, choice).records]


@pytest.mark.parametrize("year", ["2025", "令和7年度", "R7", "２０２５年度"])
def test_a_year_chooses_the_measures_whose_schedule_states_it(assistant: Assistant, year: str) -> None:
    """However it is written; those whose end the table lost are counted apart, and none is listed twice."""
    found = choose(assistant.index, Choice(year=year))
    assert found.records
    assert all(2025 in record.years for record in found.records)
    others = [r for r in choose(assistant.index, Choice()).records if r not in found.records]
    assert not any(2025 in record.years for record in others)
    assert found.unsure == 10


def test_every_theme_that_is_offered_finds_its_measures(assistant: Assistant) -> None:
    """A shared word finds measures of several towns, a heading those that stand under it."""
    records = choose(assistant.index, Choice()).records
    themes = find_themes(records)
    assert {"マイナンバーカード", "人材育成", "標準化"} <= set(themes.shared)
    for word in themes.shared:
        found = choose(assistant.index, Choice(theme=word)).records
        assert len({record.plan.municipality for record in found}) > 1
    for town, heading in themes.headings:
        under = [r for r in records if r.plan.municipality == town and r.theme == heading]
        assert set(under) <= set(choose(assistant.index, Choice((town,), theme=heading)).records)


def test_the_conditions_are_kept_together(assistant: Assistant) -> None:
    """Town, theme, year and words all hold for each measure."""
    choice = Choice(("上毛町",), words="移行", theme="標準化", year="2025")
    assert titles(assistant, choice) == ["情報システムの標準化・共通化"]
    assert titles(assistant, Choice(("鏡野町",), words="移行", theme="オンライン化")) == []


def test_measures_without_a_unit_or_a_year_can_be_asked_for(assistant: Assistant) -> None:
    """記載なし chooses those whose plan states none."""
    every = choose(assistant.index, Choice()).records
    without = choose(assistant.index, Choice(year=NOT_STATED)).records
    assert without == tuple(record for record in every if not record.commitment.schedule)
    assert choose(assistant.index, Choice(unit=NOT_STATED)).records == every


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_orders_the_measures_both_ways(assistant: Assistant, column: str) -> None:
    """The other way round is the same list turned round, but for what is not stated, which stays last."""
    records = choose(assistant.index, Choice()).records
    up = in_order(records, read_order(column))
    down = in_order(records, read_order(f"-{column}"))
    assert {id(record) for record in up} == {id(record) for record in down} == {id(record) for record in records}
    if column == "schedule":
        assert [bool(record.years) for record in up] == sorted((bool(r.years) for r in records), reverse=True)
        assert not down[-1].years
    if column == "title":
        assert up[0].commitment.title.text == "ICTリーダーの育成"
        assert down[-1] is up[0]
        assert [r.title_reading for r in up] == sorted(r.title_reading for r in records)


@pytest.mark.parametrize(
    "choice", [Choice(year="いつか"), Choice(sort="color"), Choice(theme="あ" * 2001), Choice(unit="あ" * 2001)]
)
def test_what_cannot_be_chosen_by_is_refused(assistant: Assistant, choice: Choice) -> None:
    """With a polite sentence that says what to do."""
    with pytest.raises(QuestionRefusedError, match=r"(して|まとめて)ください"):
        choose(assistant.index, choice)


def test_more_towns_than_are_gone_through_at_a_time_have_to_be_chosen_from(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them at once are refused with what to do, by the filter or by words; the register still offers the towns."""
    for module in (records, choices):
        monkeypatch.setattr(module, "MOST_TOWNS", 2)
    with pytest.raises(QuestionRefusedError, match="2の市町村まで"):
        choose(assistant.index, Choice())
    assert choose(assistant.index, Choice(("鏡野町",))).records
    assert choose(assistant.index, Choice(words="鏡野町のマイナンバーカード")).records
    offered = choices.offer(assistant.index)
    assert len(offered.town) == 6
    assert len(offered.theme) == 1
