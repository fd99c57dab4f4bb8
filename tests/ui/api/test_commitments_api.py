"""The plans' measures over HTTP, as records and as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

from ingest.commitments.commitment import END_LOST

FIELDS = {
    "plan_id", "municipality", "municipality_code", "plan_title", "expired", "superseded_by", "heading_path", "title",
    "summary", "state", "schedule", "responsible_unit", "citation", "citations",
}  # fmt: skip


def measures(client: httpx.Client, **query: str | list[str]) -> list[dict[str, Any]]:
    """Return the records that a request gives."""
    response = client.get("/api/commitments", params=query)
    assert response.status_code == 200, response.text
    records: list[dict[str, Any]] = response.json()["commitments"]
    return records


def test_every_plan_that_has_measures_lists_them(client: httpx.Client) -> None:
    """Records of four of the five plans, each with every field; the fifth names no measure."""
    records = measures(client)
    assert {record["municipality"] for record in records} == {"平生町", "鏡野町", "上里町", "上毛町"}
    for record in records:
        assert set(record) == FIELDS
        assert record["title"]
        assert record["summary"]


def test_every_citation_is_the_text_of_the_plan_at_its_offsets(client: httpx.Client) -> None:
    """``text[start:end] == quote``; the first citation names the measure; a schedule's numbers lead to its citations."""
    texts: dict[str, str] = {}
    for record in measures(client):
        plan_id = record["plan_id"]
        texts[plan_id] = texts.get(plan_id) or client.get(f"/api/plans/{plan_id}").json()["text"]
        assert record["citation"] == record["citations"][0]
        assert record["citation"]["part"] == "title"
        for n, citation in enumerate(record["citations"], 1):
            assert citation["n"] == n
            assert texts[plan_id][citation["start"] : citation["end"]] == citation["quote"]
            assert len(citation["quote"]) <= 300
        for stage in record["schedule"]:
            assert {record["citations"][n - 1]["part"] for n in stage["citations"]} == {"schedule"}


def test_a_lost_end_of_an_arrow_is_told(client: httpx.Client) -> None:
    """The schedule gives the year in which the arrow begins, no end, and a note that says so."""
    (record,) = measures(client, municipality="平生町", q="オープンデータの推進")
    assert record["schedule"][0]["item"] == "検討"
    assert record["schedule"][0]["when"] == "令和5年度"
    assert (record["schedule"][0]["until"], record["schedule"][0]["note"]) == (None, END_LOST)


def test_the_municipalities_chosen_are_kept_to(client: httpx.Client) -> None:
    """By name or by code, one or several; a covered town without measures gives none."""
    assert {record["municipality"] for record in measures(client, municipality="上毛町")} == {"上毛町"}
    both = measures(client, municipality=["上毛町", "353442"])
    assert {record["municipality"] for record in both} == {"上毛町", "平生町"}
    assert measures(client, municipality="上郡町") == []


@pytest.mark.parametrize("query", ["オンライン化", "ｵﾝﾗｲﾝ化", "手続のオンライン化"])
def test_words_choose_the_measures_that_hold_them(client: httpx.Client, query: str) -> None:
    """Whatever width they are written in; those with the words in their title come first."""
    records = measures(client, q=query)
    assert records
    assert "オンライン化" in records[0]["title"]
    assert len(records) < len(measures(client))


def test_a_town_named_among_the_words_is_the_one_looked_at(client: httpx.Client) -> None:
    """The name chooses the town, the other words the measure."""
    records = measures(client, q="鏡野町のセキュリティ対策")
    assert {record["municipality"] for record in records} == {"鏡野町"}
    assert "セキュリティ対策の徹底" in [record["title"] for record in records]


def test_words_that_no_measure_holds_give_an_empty_list(client: httpx.Client) -> None:
    """All the words are wanted, not one of them; nothing but spaces is no word."""
    assert measures(client, q="オンライン化 動物園") == []
    assert measures(client, q="\u3000 ") == measures(client)


def test_theme_year_and_unit_choose_and_sort_orders(client: httpx.Client) -> None:
    """The records and the file hold the same measures in the same order."""
    query: dict[str, str | list[str]] = {"theme": "標準化", "year": "令和7年度", "unit": "記載なし", "sort": "-town"}
    records = measures(client, **query)
    assert [record["municipality"] for record in records] == ["上毛町", "平生町", "鏡野町"]
    sent = client.get("/api/commitments", params={**query, "format": "csv"}).content.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(sent, newline=""))
    assert [row["取組"] for row in rows] == [record["title"] for record in records]
    assert measures(client, unit="総務課") == []


def test_the_file_opens_in_a_spreadsheet(client: httpx.Client) -> None:
    """A byte order mark, a name to save it under, one row a measure, and no cell that would be computed."""
    response = client.get("/api/commitments", params={"format": "csv"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"].startswith('attachment; filename="commitments.csv"; filename*=UTF-8')
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    records = measures(client)
    assert [row["plan_id"] for row in rows] == [record["plan_id"] for record in records]
    assert [row["取組"] for row in rows] == [record["title"] for record in records]
    assert any(END_LOST in row["工程"] for row in rows)
    assert not any(cell.startswith(tuple("=+-@\t＝＋－＠")) for row in rows for cell in row.values())


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"municipality": "存在しない町"}, "unknown_municipality"),
        ({"q": "あ" * 2001}, "question_too_long"),
        ({"format": "xlsx"}, "invalid_format"),
        ({"year": "いつか"}, "invalid_year"),
        ({"sort": "color"}, "invalid_sort"),
        ({"theme": "あ" * 2001}, "question_too_long"),
    ],
)
def test_a_parameter_that_cannot_be_accepted_is_422(client: httpx.Client, query: dict[str, str], code: str) -> None:
    """Each with its code and a Japanese message; an unknown municipality is told the known ones."""
    response = client.get("/api/commitments", params=query)
    assert response.status_code == 422
    error = response.json()["error"]
    assert error["code"] == code
    assert "ください" in error["message"] or "上毛町" in error["message"]
