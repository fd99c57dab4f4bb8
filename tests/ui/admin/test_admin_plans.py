"""Plans added, asked, replaced and removed over the admin API of a real server."""

from __future__ import annotations

import subprocess
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.ui.small import PLAN

TOWN = "長野県池田町"
ANSWERED = {"question": "池田町のスマートフォン教室は年に何回開催しますか"}


def plan_file(name: str, town: str = TOWN, times: int = 12) -> tuple[str, tuple[str, bytes]]:
    """Return a part of a form that carries a small plan."""
    return "files", (name, PLAN.format(town=town, times=times).encode())


def plan_ids(client: httpx.Client) -> set[str]:
    """Return the plans that can be asked about now."""
    return {plan["plan_id"] for plan in client.get("/api/plans").json()["plans"]}


def sent(folder: Path) -> set[str]:
    """Return the files that the server keeps of what was sent."""
    return {path.name for path in (folder / "uploads").rglob("*")} if (folder / "uploads").exists() else set()


@pytest.mark.parametrize(
    "header",
    [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer"}, {"Authorization": "Basic kagi"},
     {"Authorization": b"Bearer \xe5\x90\x88"}],
)  # fmt: skip
def test_without_the_token_nothing_is_shown_or_changed(admin: httpx.Client, header: dict[str, Any]) -> None:
    """Every address under /api/admin answers 401 with a Japanese message, whatever the method, known or not."""
    with httpx.Client(base_url=admin.base_url, timeout=30) as stranger:
        for method, path in [
            ("GET", "/api/admin/plans"), ("POST", "/api/admin/plans"), ("DELETE", "/api/admin/plans/mori"),
            ("PUT", "/api/admin/plans/mori"), ("GET", "/api/admin/gaps"), ("GET", "/api/admin/none"), ("GET", "/api/admin"),
        ]:  # fmt: skip
            refused = stranger.request(method, path, headers=header)
            assert refused.status_code == 401
            assert refused.headers["www-authenticate"] == "Bearer"
            assert "合言葉" in refused.json()["error"]["message"]
    assert "mori" in plan_ids(admin)


def test_a_server_without_a_token_lets_nobody_in(server_url: str) -> None:
    """Where none is set, no token opens anything; the message names the setting."""
    for token in ("none", "None"):
        refused = httpx.get(f"{server_url}/api/admin/plans", headers={"Authorization": f"Bearer {token}"})
        assert refused.status_code == 403
        assert "MACHIPLAN_ADMIN_TOKEN" in refused.json()["error"]["message"]


def test_a_plan_is_added_asked_replaced_and_removed(admin: httpx.Client, folder: Path) -> None:
    """Each step answers with the report of the ingestion, and the very next question is answered from the new index."""
    added = admin.post("/api/admin/plans", files=[plan_file("ikeda.md")]).json()
    assert (added["added"], added["refused"], added["notes"]) == (["ikeda"], [], [])
    [read] = added["read"]
    assert (read["municipality"], read["found"]["tables"]) == ("池田町", 1)
    assert "12回" in admin.post("/api/ask", json=ANSWERED).json()["answer"]
    assert sent(folder) == {"ikeda.md"}

    _, new = plan_file("計画　第2版.txt", times=24)
    replaced = admin.put("/api/admin/plans/ikeda", files={"file": new}).json()
    assert (replaced["changed"], replaced["notes"]) == (["ikeda"], [])
    assert "24回" in admin.post("/api/ask", json=ANSWERED).json()["answer"]
    assert sent(folder) == {"ikeda.txt"}

    assert admin.delete("/api/admin/plans/ikeda").json()["removed"] == ["ikeda"]
    assert "ikeda" not in plan_ids(admin)
    assert sent(folder) == set()


def test_a_plan_from_another_folder_can_be_removed(admin: httpx.Client, folder: Path, machiplan: Path) -> None:
    """It leaves the index and stays away when its folder is taken in again, which the report says; the last plan cannot be removed."""
    removed = admin.delete("/api/admin/plans/ogawa").json()
    assert removed["removed"] == ["ogawa"]
    assert "ogawa.txt" in removed["notes"][0]
    assert "元の計画には戻りません" in removed["notes"][0]
    assert (folder / "plans" / "ogawa.txt").exists()
    # as every ``make run`` does
    subprocess.run(
        [machiplan, "ingest", "--index", folder / "index", folder / "plans"], check=True, capture_output=True
    )
    assert "ogawa" not in plan_ids(admin)
    last = admin.delete("/api/admin/plans/mori")
    assert (last.status_code, last.json()["error"]["code"]) == (409, "not_removable")
    back = admin.post("/api/admin/plans", files=[plan_file("ogawa.txt", "埼玉県小川町")]).json()
    assert back["added"] == ["ogawa"]


def test_another_towns_plan_does_not_replace_one(admin: httpx.Client, folder: Path) -> None:
    """It is refused with the name of the town that was read; the plan and its file are as they were."""
    before, files = admin.get("/api/plans/mori").json()["text"], sent(folder)
    refused = admin.put("/api/admin/plans/mori", files={"file": plan_file("mori.txt", TOWN)[1]})
    assert refused.status_code == 422
    assert "池田町" in refused.json()["error"]["message"]
    assert (admin.get("/api/plans/mori").json()["text"], sent(folder)) == (before, files)
    unknown = admin.put("/api/admin/plans/none", files={"file": plan_file("x.txt")[1]})
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (404, "unknown_plan")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../escaped.txt", "escaped.txt"),
        pytest.param("/etc/cron.d/absolute.txt", "absolute.txt", marks=pytest.mark.slow),
        pytest.param("..\\..\\windows.txt", "windows.txt", marks=pytest.mark.slow),
        pytest.param(".hidden.txt", "hidden.txt", marks=pytest.mark.slow),
        pytest.param("bidi\u202etxt.exe.txt", "biditxt.exe.txt", marks=pytest.mark.slow),
        ("nul\0byte.txt", "nul%00byte.txt"),
        pytest.param("長" * 400 + ".txt", "長" * 50 + ".txt", marks=pytest.mark.slow),
    ],
)
def test_a_hostile_name_is_made_harmless(admin: httpx.Client, folder: Path, name: str, kept: str) -> None:
    """The file lies in the folder of what was sent, under the visible last part of its name, and nowhere else."""
    before = sent(folder)
    report = admin.post("/api/admin/plans", files=[plan_file(name)]).json()
    assert len(report["added"]) == 1, report
    assert sent(folder) - before == {kept}
    assert not (folder / "escaped.txt").exists()
    admin.delete(f"/api/admin/plans/{report['added'][0]}")
    assert sent(folder) == before


def test_what_is_no_plan_is_refused_with_its_reason_and_the_rest_is_in(admin: httpx.Client, folder: Path) -> None:
    """A wrong kind, an empty file, one too large, one that is there, one without a town: each told, none kept."""
    before = sent(folder)
    report = admin.post(
        "/api/admin/plans",
        files=[
            ("files", ("run.sh", b"#!/bin/sh\n")),
            ("files", ("plans.toml", b"")),
            ("files", ("empty.txt", b"")),
            ("files", ("large.txt", b" " * (30 * 1024 * 1024 + 1))),
            ("files", ("mori.txt", b"x")),
            ("files", ("Mori.TXT", b"x")),
            ("files", ("nowhere.txt", "どこの計画でもない文章です。\n".encode())),
            plan_file("ikeda.txt"),
        ],
    ).json()
    assert report["added"] == ["ikeda"]
    reasons = {refusal["path"]: refusal["reason"] for refusal in report["refused"]}
    expected = {"run.sh": "形式", "plans.toml": "形式", "empty.txt": "空", "large.txt": "30 MB", "mori.txt": "すでに", "Mori.TXT": "すでに",
                "nowhere.txt": "どの自治体"}  # fmt: skip
    assert reasons.keys() == expected.keys()
    assert all(word in reasons[name] for name, word in expected.items())
    assert sent(folder) - before == {"ikeda.txt"}
    admin.delete("/api/admin/plans/ikeda")


def test_a_request_of_no_file_or_far_too_much_is_refused(admin: httpx.Client) -> None:
    """No file is 422, more than the limit 413; both say what to do in Japanese."""
    nothing = admin.post("/api/admin/plans", files={"other": ("a.txt", b"x")})
    assert (nothing.status_code, nothing.json()["error"]["code"]) == (422, "invalid_file")
    huge = admin.post("/api/admin/plans", files={"files": ("a.txt", b" " * (64 * 1024 * 1024))})
    assert (huge.status_code, huge.json()["error"]["code"]) == (413, "body_too_large")
    assert "MB" in huge.json()["error"]["message"]


def test_of_two_changes_at_once_one_is_made_and_questions_go_on(admin: httpx.Client) -> None:
    """The second is told to wait; meanwhile a question is answered and the progress can be asked for."""
    replies: list[httpx.Response] = []

    def send(name: str) -> None:
        replies.append(admin.post("/api/admin/plans", files=[plan_file(name)]))

    senders = [threading.Thread(target=send, args=(name,)) for name in ("ikeda-a.txt", "ikeda-b.txt")]
    for sender in senders:
        sender.start()
    stages, answers = [], []
    while any(sender.is_alive() for sender in senders):
        stages.append(admin.get("/api/admin/ingestion").json()["stage"])
        answers.append(admin.post("/api/ask", json={"question": "森町の計画期間は?"}).status_code)
    for sender in senders:
        sender.join()
    assert sorted(reply.status_code for reply in replies) == [200, 409]
    assert set(answers) == {200}
    assert any(stage and stage["phase"] for stage in stages)
    assert admin.get("/api/admin/ingestion").json()["stage"] is None
    [done] = [reply.json()["added"] for reply in replies if reply.status_code == 200]
    admin.delete(f"/api/admin/plans/{done[0]}")
