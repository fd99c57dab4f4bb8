"""The chat page in a real browser that is cut off from everything but this machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route

from tests.ui.web.visit import Open, Visit


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
