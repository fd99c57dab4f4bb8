"""Feedback: what is kept of it, for how long, and what is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from ui.api.app import create_app
from ui.database import AnswersFile
from ui.feedback_store import Feedback, FeedbackStore
from ui.open import japan_time
from ui.store import AnswerStore

if TYPE_CHECKING:
    from tests.ui.api.conftest import Running
    from ui.settings import Settings

QUESTION = {"question": "平生町のDX推進計画の計画期間はいつからいつまでですか?"}
START = datetime.fromisoformat("2026-06-01T09:00:00+09:00")


def test_feedback_is_kept_beside_its_answer(settings: Settings, running: Running) -> None:
    """It gets 204 with no body; the newest is what another process reads, its words exact but for blanks around them."""
    with running(create_app(settings)) as client:
        answer_id = client.post("/api/ask", json=QUESTION).json()["id"]
        first = client.post("/api/feedback", json={"answer_id": answer_id, "helpful": True})
        assert (first.status_code, first.content) == (204, b"")
        said = {"answer_id": answer_id, "helpful": False, "comment": " <b>期間</b>が\n違います "}
        assert client.post("/api/feedback", json=said).status_code == 204
    [kept] = FeedbackStore(AnswersFile(settings.answers_file, days=1, clock=japan_time)).all()
    assert (kept.answer_id, kept.helpful, kept.comment) == (answer_id, False, "<b>期間</b>が\n違います")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"answer_id": "0" * 32, "helpful": True}, 404, "unknown_answer"),
        ({"answer_id": "0" * 32}, 422, "invalid_helpful"),
        ({"answer_id": "0" * 32, "helpful": "yes"}, 422, "invalid_helpful"),
        ({"helpful": True}, 422, "invalid_answer_id"),
        ({"answer_id": 1, "helpful": True}, 422, "invalid_answer_id"),
        ({"answer_id": "0" * 32, "helpful": True, "comment": ["x"]}, 422, "invalid_comment"),
        ({"answer_id": "0" * 32, "helpful": True, "comment": "計" * 2001}, 422, "comment_too_long"),
    ],
)
def test_what_cannot_be_kept_is_refused(client: httpx.Client, body: dict[str, object], status: int, code: str) -> None:
    """An answer that is not kept is 404; a field of another type or a long comment is 422; both say what to do."""
    response = client.post("/api/feedback", json=body)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    assert response.json()["error"]["message"].endswith("ください。")


def test_a_comment_of_2000_characters_is_kept(client: httpx.Client) -> None:
    """The limit itself is allowed, and null stands for no comment."""
    answer_id = client.post("/api/ask", json=QUESTION).json()["id"]
    for comment in ("計" * 2000, None):
        body = {"answer_id": answer_id, "helpful": True, "comment": comment}
        assert client.post("/api/feedback", json=body).status_code == 204


def test_with_zero_days_no_feedback_is_stored(settings: Settings, running: Running) -> None:
    """Where no answer is kept there is none to speak of, and no file is made."""
    with running(create_app(settings.model_copy(update={"answer_days": 0}))) as client:
        answer_id = client.post("/api/ask", json=QUESTION).json()["id"]
        assert client.post("/api/feedback", json={"answer_id": answer_id, "helpful": True}).status_code == 404
    assert not settings.answers_file.exists()


def test_feedback_leaves_with_its_answer(tmp_path: Path) -> None:
    """It is there as long as its answer, also when it was said late, and can be said no longer after that."""
    now = START
    file = tmp_path / "answers.sqlite3"
    answers = AnswerStore(AnswersFile(file, days=30, clock=lambda: now))
    feedback = FeedbackStore(AnswersFile(file, days=30, clock=lambda: now))
    answers.save("a", "{}")
    now = START + timedelta(days=30)
    feedback.save("a", helpful=False, comment="理由")
    assert feedback.all() == [Feedback("a", now, helpful=False, comment="理由")]
    now += timedelta(seconds=1)
    assert feedback.all() == []
    assert answers.all() == []
    with pytest.raises(KeyError):
        feedback.save("a", helpful=True)
    answers.save("b", "{}")
    AnswersFile(file, days=30, clock=lambda: now).sweep()
    now = START
    assert [kept.id for kept in answers.all()] == ["b"]
    assert feedback.all() == []


def test_many_may_speak_at_once(tmp_path: Path) -> None:
    """What sixteen threads say of a hundred answers is all there, and the answers are listed in the order given."""
    file = tmp_path / "answers.sqlite3"
    answers = AnswerStore(AnswersFile(file, days=1, clock=lambda: START))
    feedback = FeedbackStore(AnswersFile(file, days=1, clock=lambda: START))
    names = [f"id{number:03}" for number in range(100)]
    for name in names:
        answers.save(name, name)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda name: feedback.save(name, helpful=True, comment=name), names))
    assert sorted(said.comment for said in feedback.all()) == names
    assert sorted(kept.body for kept in answers.all()) == names
