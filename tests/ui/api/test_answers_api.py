"""Answers that are kept: for how long, and whether they still hold."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from ui.api.app import create_app
from ui.database import AnswersFile
from ui.open import japan_time
from ui.store import AnswerStore
from ui.sweep import Calendar, keep_swept

if TYPE_CHECKING:
    from index.embedder import Embedder
    from ingest.document import Document
    from tests.ui.api.conftest import Running
    from ui.settings import Settings

QUESTION: dict[str, object] = {"question": "平生町のDX推進計画の計画期間はいつからいつまでですか?"}
START = datetime.fromisoformat("2026-06-01T09:00:00+09:00")


def test_an_answer_can_be_read_again_streamed_or_not(client: httpx.Client) -> None:
    """The stored answer is what was given, and its quotes are current: the index is still the one that it names."""
    whole = client.post("/api/ask", json=QUESTION).json()
    assert re.fullmatch("[0-9a-f]+", whole["corpus"])
    told = {"municipalities": [], "current": True, "corpus_now": whole["corpus"]}
    assert client.get(f"/api/answers/{whole['id']}").json() == whole | told
    stream = client.post("/api/ask/stream", json=QUESTION).text
    answer_id = stream.rpartition('{"id":"')[2].partition('"')[0]
    assert client.get(f"/api/answers/{answer_id}").json()["question"] == QUESTION["question"]


def test_plain_words_are_not_kept(client: httpx.Client) -> None:
    """They can be made again from the answer, so what is stored is the answer alone."""
    whole = client.post("/api/ask", json=QUESTION | {"easy": True}).json()
    assert whole["easy"]
    assert client.get(f"/api/answers/{whole['id']}").json() == whole | {
        "easy": None, "municipalities": [], "current": True, "corpus_now": whole["corpus"],
    }  # fmt: skip


def test_the_choice_of_towns_is_kept(client: httpx.Client) -> None:
    """A question that names no town can be told by the town it was asked for, streamed or not."""
    asked = {"question": "保育料はいくらですか?", "municipalities": ["平生町"]}
    whole = client.post("/api/ask", json=asked).json()
    streamed = client.post("/api/ask/stream", json=asked).text.rpartition('{"id":"')[2].partition('"')[0]
    for answer_id in (whole["id"], streamed):
        assert client.get(f"/api/answers/{answer_id}").json()["municipalities"] == ["平生町"]


def test_an_unknown_answer_is_404(client: httpx.Client) -> None:
    """A made-up id finds nothing."""
    response = client.get("/api/answers/00000000000000000000000000000000")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "unknown_answer"


def test_whoever_knows_the_id_may_delete_an_answer(settings: Settings, running: Running) -> None:
    """The answer and what was said of it are gone at once, with every byte of them; another answer stays."""
    with running(create_app(settings)) as client:
        secret, other = (
            client.post("/api/ask", json={"question": f"{name}の電話は?"}).json() for name in ("山田花子", "町長")
        )
        said = {"answer_id": secret["id"], "helpful": False, "comment": "鈴木太郎より"}
        assert client.post("/api/feedback", json=said).status_code == 204
        assert client.delete(f"/api/answers/{secret['id']}").status_code == 204
        files = list(settings.answers_file.parent.glob("answers.sqlite3*"))
        for name in ("山田花子", "鈴木太郎"):
            assert not any(name.encode() in file.read_bytes() for file in files)
        assert client.get(f"/api/answers/{secret['id']}").status_code == 404
        assert client.post("/api/feedback", json=said).status_code == 404
        again = client.delete(f"/api/answers/{secret['id']}")
        assert (again.status_code, again.json()["error"]["code"]) == (404, "unknown_answer")
        assert client.get(f"/api/answers/{other['id']}").status_code == 200


def test_with_zero_days_nothing_is_stored(settings: Settings, running: Running) -> None:
    """No file is made, and the answer's address is 404."""
    with running(create_app(settings.model_copy(update={"answer_days": 0}))) as client:
        answer = client.post("/api/ask", json=QUESTION).json()
        assert answer["citations"]
        assert client.get(f"/api/answers/{answer['id']}").status_code == 404
    assert not settings.answers_file.exists()


def test_an_answer_whose_plan_has_gone_is_not_current(
    settings: Settings, running: Running, documents: tuple[Document, ...], embedder: Embedder, tmp_path: Path
) -> None:
    """The answer is still shown, but marked."""
    from index.build import build_index

    directory = tmp_path / "index"
    build_index(documents, directory, embedder=embedder)
    with running(create_app(settings.model_copy(update={"index_dir": directory}))) as client:
        answer = client.post("/api/ask", json=QUESTION).json()
        cited = {citation["plan_id"] for citation in answer["citations"]}
        build_index([d for d in documents if d.plan.plan_id not in cited], directory, embedder=embedder)
        kept = client.get(f"/api/answers/{answer['id']}").json()
        assert kept["current"] is False
        assert kept["corpus"] == answer["corpus"] != kept["corpus_now"]


def test_an_answer_that_cannot_be_kept_is_still_given(settings: Settings, running: Running, tmp_path: Path) -> None:
    """A store that is no database does not stop an answer."""
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"this is no database, whatever its name says" * 100)
    with running(create_app(settings.model_copy(update={"answers_file": broken}))) as client:
        assert client.post("/api/ask", json=QUESTION).status_code == 200


def test_a_stored_answer_ends_with_its_days(tmp_path: Path) -> None:
    """It is there up to the last moment, gone after it, and swept from the file with every byte of it."""
    now = START
    file = AnswersFile(tmp_path / "folder" / "answers.sqlite3", days=30, clock=lambda: now)
    store, secret = AnswerStore(file), "山田花子" * 500
    store.save("a", secret)
    now = START + timedelta(days=30)
    assert store.read("a") == secret
    now = START + timedelta(days=30, seconds=1)
    with pytest.raises(KeyError):
        store.read("a")
    store.save("b", "{}")
    file.sweep()
    now = START
    assert [kept.id for kept in store.some(["b", "a"])] == ["b"]
    assert not any("山田花子".encode() in path.read_bytes() for path in file.path.parent.iterdir())


def test_a_server_sweeps_when_it_starts(settings: Settings, running: Running) -> None:
    """Where nothing is kept any more, what was kept before is gone as soon as the server is there."""
    file = AnswersFile(settings.answers_file, days=30, clock=japan_time)
    AnswerStore(file).save("a", "{}")
    with running(create_app(settings.model_copy(update={"answer_days": 0}))) as client:
        client.get("/healthz")
    assert AnswerStore(file).all() == []


def test_the_sweep_comes_again(tmp_path: Path) -> None:
    """What grows over its days while the server runs goes too, also after a sweep that failed."""
    now = START
    file = AnswersFile(tmp_path / "answers.sqlite3", days=1, clock=lambda: now)
    file.path.write_bytes(b"this is no database, whatever its name says" * 100)

    def passed() -> float:
        return (now - START).total_seconds()

    async def run() -> None:
        nonlocal now
        even = Calendar(lambda: now, elapsed=passed)
        sweeping = asyncio.create_task(keep_swept(file, every=0.01, calendar=even))
        await asyncio.sleep(0.1)
        file.path.unlink()
        AnswerStore(file).save("a", "{}")
        now = START + timedelta(days=2)
        await asyncio.sleep(0.5)
        sweeping.cancel()

    asyncio.run(run())
    now = START
    assert AnswerStore(file).all() == []


def test_many_threads_may_save_and_read_at_once(tmp_path: Path) -> None:
    """Two hundred answers saved by sixteen threads are all there."""
    store = AnswerStore(AnswersFile(tmp_path / "answers.sqlite3", days=1, clock=lambda: START))
    names = [f"id{number}" for number in range(200)]
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda name: store.save(name, name), names))
        assert list(pool.map(store.read, names)) == names
