"""A visit to the chat page: what a test does there, and what the page did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

SETTLES = 200
"""Milliseconds from the last of an answer to the end of its event, before which Gradio takes no other; a person needs longer to type."""

QUESTION = "#question textarea"


@dataclass
class Visit:
    """A page open in a browser, and what it did: requests to elsewhere, and errors of its scripts."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Type a question, send it with Enter and wait for its answer."""
        answered = self.page.locator("#chat .bot-row").count()
        self.page.fill(QUESTION, question)
        self.page.press(QUESTION, "Enter")
        self.wait_for_answer(answered + 1)

    def wait_for_answer(self, number: int) -> None:
        """Wait until the conversation's answer ``number`` is complete."""
        self.page.locator("#chat .bot-row").nth(number - 1).wait_for()
        self.page.locator("#send:has-text('質問する')").wait_for()
        self.page.wait_for_timeout(SETTLES)

    def towns(self) -> set[str]:
        """Return the municipalities of the citations beside the newest answer."""
        return set(self.page.locator("#sources .sources:not(.sources-earlier *) .source-town").all_text_contents())


Open = Callable[..., Visit]
