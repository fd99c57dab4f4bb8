"""The gap report: what was asked and not answered, grouped and without personal data."""

from __future__ import annotations

import csv
import io

import httpx

SECRET = "森町で私は山田花子です。ドローン配送はありますか。電話は090-1234-5678です"


def test_the_report_groups_what_was_not_answered(admin: httpx.Client) -> None:
    """Questions are counted by town, reason and theme; not-helpful answers are there with their comments; no datum is."""
    for question in (SECRET, "森町のドローン配送の予定は?", "青森県青森市の計画の期間は?"):
        assert admin.post("/api/ask", json={"question": question}).json()["abstained"]
    answered = admin.post("/api/ask", json={"question": "森町の計画期間は?"}).json()
    said = {"answer_id": answered["id"], "helpful": False, "comment": "=1+1 年度が分からない。taro@example.jp"}
    assert admin.post("/api/feedback", json=said).status_code == 204
    helped = admin.post("/api/ask", json={"question": "森町のスマートフォン教室は年何回ですか"}).json()
    admin.post("/api/feedback", json={"answer_id": helped["id"], "helpful": True})

    body = admin.get("/api/admin/gaps").json()
    assert (body["unmet"], body["days"]) == (4, 30)
    counted = {(gap["municipality"], gap["reason"]): gap for gap in body["gaps"]}
    drones = counted["森町", "not_in_plans"]
    assert (drones["theme"], drones["count"]) == ("ドローン", 2)
    assert counted["青森市", "municipality_not_covered"]["count"] == 1
    assert counted["森町", "not_helpful"]["examples"][0]["comment"] == "=1+1 年度が分からない。〔メールアドレス〕"
    assert "スマートフォン教室" not in str(body)

    table = admin.get("/api/admin/gaps", params={"format": "csv"})
    assert table.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(table.text.removeprefix("\ufeff"))))
    assert len(rows) == 1 + len(body["gaps"])
    assert "'=1+1" in table.text
    for shown in (table.text, str(body)):
        assert "山田" not in shown
        assert "1234" not in shown


def test_another_format_is_refused_with_those_there_are(admin: httpx.Client) -> None:
    """The message is about ``format``, not about a body."""
    refused = admin.get("/api/admin/gaps", params={"format": "xlsx"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "invalid_format")
    assert "json か csv" in refused.json()["error"]["message"]


def test_a_question_that_names_no_town_counts_for_the_town_it_was_asked_with(admin: httpx.Client) -> None:
    """The town chosen beside the question stands in the report, by its name, and the question's own town before it."""
    plans = admin.get("/api/plans").json()["plans"]
    mori = next(plan["municipality_code"] for plan in plans if plan["municipality"] == "森町")
    for question in ("気球での配送の予定は?", "青森県青森市の気球での配送の予定は?"):
        asked = {"question": question, "municipalities": [mori]}
        assert admin.post("/api/ask", json=asked).json()["abstained"]
    gaps = admin.get("/api/admin/gaps").json()["gaps"]
    towns = {example["question"]: gap["municipality"] for gap in gaps for example in gap["examples"]}
    assert towns["気球での配送の予定は?"] == "森町"
    assert towns["青森県青森市の気球での配送の予定は?"] == "青森市"
