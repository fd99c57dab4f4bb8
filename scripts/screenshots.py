"""Take the pictures that the documentation shows: of the chat page of a running server, or of an evaluation report.

Usage: ``.venv/bin/python scripts/screenshots.py [ADDRESS | REPORT.html]`` (http://127.0.0.1:7860 when none is given). It needs the
development packages, Chromium and a Japanese font (``sudo apt-get install chromium fonts-noto-cjk``).
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")

CITED = "平生町の計画の期間はいつからいつまでですか？"
COMPARED = "上郡町と平生町の計画の期間はいつからいつまでですか？"
UNANSWERED = "上郡町の町長の給料はいくらですか？"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file's name, the window in CSS pixels, light or dark, and the question asked ("" for none)."""

    name: str
    width: int
    height: int
    colours: Literal["light", "dark"]
    question: str


PICTURES = (
    Picture("first", 1440, 760, "light", ""),
    Picture("answer", 1440, 900, "light", COMPARED),
    Picture("answer-dark", 1440, 900, "dark", CITED),
    Picture("abstained", 1440, 760, "light", UNANSWERED),
    Picture("phone-first", 360, 740, "light", ""),
    Picture("phone", 360, 740, "light", CITED),
)


def take(browser: Browser, address: str, picture: Picture) -> Path:
    """Save ``picture`` of the page at ``address`` and return its file."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.colours,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.locator("#prompts .gallery-item").first.wait_for()
    if picture.question:
        page.fill("#question textarea", picture.question)
        page.press("#question textarea", "Enter")
        page.locator("#restart").wait_for()
        page.locator("#send:has-text('質問する')").wait_for()
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(500)  # the last fades of the page
    file = FOLDER / f"{picture.name}.png"
    page.screenshot(path=file)
    context.close()
    return file


def take_report(browser: Browser, report: Path) -> Path:
    """Save the first screen of a report and return its file."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.goto(report.resolve().as_uri())
    file = FOLDER / "report.png"
    page.screenshot(path=file)
    return file


def main() -> None:
    """Take every picture from the server, or the one of the report, that is named on the command line."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:7860"
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit("No browser is installed. Run: sudo apt-get install chromium fonts-noto-cjk")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        report = Path(address) if address.endswith(".html") else None
        files = [take_report(browser, report)] if report else (take(browser, address, picture) for picture in PICTURES)
        for file in files:
            print(f"{file.name}: {file.stat().st_size // 1024} KiB")
        browser.close()


if __name__ == "__main__":
    main()
