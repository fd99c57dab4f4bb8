"""A real browser, cut off from everything but this machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route, sync_playwright

from tests.ui.web.visit import Open, Visit

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
INSTALL = "sudo apt-get install chromium fonts-noto-cjk"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium or Chrome, without a window; the test is skipped where there is none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"no browser is installed; this installs one: {INSTALL}")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, server_url: str) -> Iterator[Open]:
    """Open the chat page of the real server in a window of a given width; afterwards nothing may have gone outside."""
    visits: list[Visit] = []

    def start(width: int = 1440, height: int = 900, colours: Literal["light", "dark"] = "light") -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=colours)
        opened = Visit(context.new_page())
        visits.append(opened)

        def pass_own(route: Route) -> None:
            if urlsplit(route.request.url).hostname == "127.0.0.1":
                route.continue_()
            else:
                opened.outside.append(route.request.url)
                route.abort()

        context.route("**/*", pass_own)
        opened.page.on("websocket", lambda socket: opened.outside.append(socket.url))
        opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.page.goto(server_url)
        opened.page.locator("#prompts .gallery-item").first.wait_for()
        return opened

    yield start
    for opened in visits:
        opened.page.context.close()
        assert opened.outside == []
        assert opened.errors == []
