"""計画を読む in a real browser that is cut off from everything but this machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.conftest import Serve

Read = Callable[..., Page]

HOSTILE = """# <script>window.ran='title'</script>目的

<script>window.ran='script'</script>

<img src=x onerror="window.ran='image'"> {{constructor.constructor('window.ran=1')()}} ${window.ran='template'}

[開く](javascript:window.ran='link') `符号` **太字** <style>body{display:none}</style>

<table><tr><td onclick="window.ran='cell'">甲</td><td><iframe srcdoc="<script>parent.ran=1</script>"></iframe></td></tr></table>

この文の\u202eとちゅうから逆さ。次の文。

## 期間\u202e

本計画の期間は、令和5年度から令和9年度までの5年間とします。

※1 ICT：<img src=x onerror="window.ran='note'">情報通信技術のこと。

本町ではICT<sup>※1</sup>を使います。
"""
TITLE = "<img src=x onerror=window.ran='list'>甲町\u202e計画"


@pytest.fixture(scope="session")
def strange_url(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over two plans of the test: one full of tricks, one as long as plans get.

    Nothing is asked there, so the light word vectors do, which index the long plan in a moment.
    """
    from index.build import build_index
    from index.embedder import open_embedder
    from ingest.read_folder import read_plans

    folder = tmp_path_factory.mktemp("strange")
    (folder / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    whole = (Path(__file__).parents[4] / "plans" / "hirao.txt").read_text(encoding="utf-8")
    (folder / "long.txt").write_text(whole * 7, encoding="utf-8")
    tables = "".join(
        f'[[plans]]\nfile = "{name}.txt"\nplan_id = "{name}"\nmunicipality = "平生町"\nreading = "ひらおちょう"\n'
        f'code = "353442"\nprefecture = "山口県"\ntitle = \'\'\'{title}\'\'\'\nsource = "試験"\nrights = "試験"\n'
        for name, title in (("hostile", TITLE), ("long", "長い計画"))
    )
    (folder / "plans.toml").write_text(tables, encoding="utf-8")
    reading = read_plans([folder])
    assert reading.refused == ()
    build_index(reading.documents, folder / "index", embedder=open_embedder("words"))
    with serve(folder / "index", {**os.environ, "MACHIPLAN_EMBEDDING_MODEL": "words"}) as url:
        yield url


@pytest.fixture
def read(browser: Browser, server_url: str, strange_url: str) -> Iterator[Read]:
    """Open an address of the page and wait for it; afterwards no script may have failed and nothing have gone outside."""
    pages: list[tuple[Page, list[str]]] = []

    def start(
        query: str = "",
        width: int = 1440,
        height: int = 900,
        colours: Literal["light", "dark"] = "light",
        *,
        strange: bool = False,
        touch: bool = False,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=colours, reduced_motion="reduce", has_touch=touch
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page, wrong = context.new_page(), []

        def pass_own(route: Route) -> None:
            if urlsplit(route.request.url).hostname == "127.0.0.1":
                route.continue_()
            else:
                wrong.append(route.request.url)
                route.abort()

        context.route("**/*", pass_own)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        pages.append((page, wrong))
        page.goto(f"{strange_url if strange else server_url}/read{query}")
        page.locator(".read-body, .read-plans, .read-problem").first.wait_for()
        return page

    yield start
    for page, wrong in pages:
        page.context.close()
        assert wrong == []
