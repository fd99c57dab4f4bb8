"""A real server over a small index of its own, with and without a token."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.ui.small import TOKEN, build_small_index

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from index.embedder import Embedder
    from tests.conftest import Serve


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A folder with the small index, and the files that the server writes."""
    made = tmp_path_factory.mktemp("admin")
    build_small_index(made, embedder, ("mori.txt", "北海道森町"), ("ogawa.txt", "埼玉県小川町"))
    return made


@pytest.fixture
def page(browser: Browser, admin: httpx.Client) -> Iterator[Page]:
    """A page of a browser at the server; afterwards nothing may have gone outside, and no script may have failed."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ja-JP", base_url=str(admin.base_url))
    opened, outside, errors = context.new_page(), list[str](), list[str]()
    opened.on("request", lambda request: outside.append(request.url) if not _own(request.url) else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert (outside, errors) == ([], [])


def _own(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "blob:"))


@pytest.fixture(scope="module")
def admin(serve: Serve, folder: Path) -> Iterator[httpx.Client]:
    """A client that holds the token of a server over the small index."""
    environment = {
        **os.environ,
        "MACHIPLAN_ADMIN_TOKEN": TOKEN,
        "MACHIPLAN_UPLOADS_DIR": str(folder / "uploads"),
        "MACHIPLAN_EVALS_DIR": str(folder / "evals"),
    }
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with serve(folder / "index", environment) as url, httpx.Client(base_url=url, headers=headers, timeout=90) as client:
        yield client
