"""A comparison over HTTP, as records and as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

TOWNS = ["平生町", "上毛町", "上郡町"]


def test_the_records_and_the_file_say_the_same(client: httpx.Client) -> None:
    """A row for each town in the order chosen; the file has a byte order mark and a name to save it under."""
    query: dict[str, Any] = {"q": "スマートフォン教室", "municipality": TOWNS}
    body = client.get("/api/compare", params=query).json()
    response = client.get("/api/compare", params=query | {"format": "csv"})
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response.headers["content-disposition"].startswith('attachment; filename="comparison.csv"; filename*=UTF-8')
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert [row["自治体"] for row in rows] == TOWNS == [row["municipality"] for row in body["rows"]]
    assert [row["status"] for row in body["rows"]] == ["stated", "stated", "not_found"]
    assert [row["記載の有無"] for row in rows] == ["記載あり", "記載あり", "見つかりませんでした"]
    for row, sent in zip(rows, body["rows"], strict=True):
        assert row["引用"] == "\n".join(f"[{c['n']}] {c['quote']}" for c in sent["citations"])
        assert row["取組"] == "\n".join(measure["title"] for measure in sent["commitments"])


def test_what_differs_comes_with_its_citations(client: httpx.Client) -> None:
    """The sentence, and the numbers of the quotes that prove it."""
    query: dict[str, Any] = {"q": "計画の期間", "municipality": TOWNS[:2]}
    difference = client.get("/api/compare", params=query).json()["difference"]
    assert "異なります" in difference["text"]
    assert difference["citations"] == [1, 2]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"municipality": TOWNS}, "empty_question"),
        ({"municipality": "平生町", "q": "期間"}, "too_few_municipalities"),
        ({"municipality": ["平生町", "無い町"], "q": "期間"}, "unknown_municipality"),
        ({"municipality": TOWNS, "q": "あ" * 2001}, "question_too_long"),
        ({"municipality": TOWNS, "q": "期間", "format": "xlsx"}, "invalid_format"),
    ],
)
def test_a_parameter_that_cannot_be_accepted_is_422(client: httpx.Client, query: dict[str, Any], code: str) -> None:
    """Each with its code and a Japanese message."""
    response = client.get("/api/compare", params=query)
    assert response.status_code == 422
    assert response.json()["error"]["code"] == code
