"""Readiness: an index that is missing, built by another model, damaged, or published anew; and our own failures."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ui.api.app import create_app

if TYPE_CHECKING:
    from index.embedder import Embedder
    from ingest.document import Document
    from tests.ui.api.conftest import Running
    from ui.settings import Settings

QUESTION = {"question": "計画期間はいつからいつまでですか?"}


def test_without_an_index_the_process_is_up_but_not_ready_until_there_is_one(
    settings: Settings, running: Running, index_dir: Path, tmp_path: Path
) -> None:
    """/readyz names the command to run; questions are 503; once the index is there it is ready without a restart."""
    missing = tmp_path / "index"
    with running(create_app(settings.model_copy(update={"index_dir": missing}))) as client:
        assert client.get("/healthz").status_code == 200
        ready = client.get("/readyz")
        assert ready.status_code == 503
        assert "machiplan ingest" in ready.json()["error"]["message"]
        for response in (
            client.post("/api/ask", json=QUESTION),
            client.post("/api/ask/stream", json=QUESTION),
            client.get("/api/plans"),
            client.get("/api/search", params={"q": "目標"}),
        ):
            assert response.status_code == 503
            assert response.json()["error"]["code"] == "not_ready"
            assert str(tmp_path) not in response.text
        shutil.copytree(index_dir, missing)
        assert client.get("/readyz").status_code == 200
        assert client.post("/api/ask", json=QUESTION).status_code == 200


def test_an_index_built_by_another_model_is_not_ready(
    settings: Settings, running: Running, index_dir: Path, tmp_path: Path
) -> None:
    """/readyz says which model built it and which command mends it."""
    other = tmp_path / "index"
    shutil.copytree(index_dir, other)
    _rename_model(other)
    with running(create_app(settings.model_copy(update={"index_dir": other}))) as client:
        ready = client.get("/readyz")
        assert ready.status_code == 503
        assert "machiplan ingest" in ready.json()["error"]["message"]
        assert client.post("/api/ask", json=QUESTION).status_code == 503


def test_a_newly_published_index_is_used_without_a_restart(
    settings: Settings, running: Running, documents: tuple[Document, ...], embedder: Embedder, tmp_path: Path
) -> None:
    """The next request after a build sees the new plans."""
    from index.build import build_index

    directory = tmp_path / "index"
    build_index(documents[:1], directory, embedder=embedder)
    with running(create_app(settings.model_copy(update={"index_dir": directory}))) as client:
        assert len(client.get("/api/plans").json()["plans"]) == 1
        build_index(documents[:2], directory, embedder=embedder)
        assert len(client.get("/api/plans").json()["plans"]) == 2


def test_a_new_index_that_cannot_be_read_leaves_the_old_one_answering(
    settings: Settings, running: Running, documents: tuple[Document, ...], embedder: Embedder, tmp_path: Path
) -> None:
    """An index swapped for another model's does not stop a server that is answering."""
    from index.build import build_index

    directory = tmp_path / "index"
    build_index(documents, directory, embedder=embedder)
    with running(create_app(settings.model_copy(update={"index_dir": directory}))) as client:
        assert client.get("/readyz").status_code == 200
        _rename_model(directory)
        assert client.get("/readyz").status_code == 200
        assert client.post("/api/ask", json=QUESTION).status_code == 200


def test_a_failure_of_ours_is_500_without_internals_and_is_logged_with_its_number(
    settings: Settings, running: Running, index_dir: Path, embedder: Embedder, caplog: pytest.LogCaptureFixture
) -> None:
    """The response holds a number and no detail; the log holds the same number."""
    from assistant.assistant import Assistant
    from index.index import Index

    def broken_clock() -> datetime:
        raise RuntimeError("the clock stands still")

    assistant = Assistant(Index.open(index_dir, embedder=embedder), clock=broken_clock)
    with running(create_app(settings, assistant=assistant)) as client:
        response = client.post("/api/ask", json=QUESTION)
        streamed = client.post("/api/ask/stream", json=QUESTION)
    number = response.headers["x-request-id"]
    assert response.status_code == 500
    assert response.json()["error"]["code"] == "internal_error"
    assert number in response.json()["error"]["message"]
    assert "clock" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"
    assert any(number in record.getMessage() for record in caplog.records)
    assert "internal_error" in streamed.text
    assert "clock" not in streamed.text


def _rename_model(directory: Path) -> None:
    """Make an index look as if another model had built it, published as a generation of its own."""
    from index.generation import publish, read_manifest, read_pointer

    manifest = read_manifest(directory, read_pointer(directory).generation)
    publish(directory, replace(manifest, embedder="別のモデル", embedder_digest="0" * 64))
