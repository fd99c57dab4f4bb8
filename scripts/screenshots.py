"""Take the pictures that the documentation shows: every page and state, on a phone and on a desk, light and dark.

Usage: ``.venv/bin/python scripts/screenshots.py [--only WORD] [--out FOLDER] [ADDRESS | REPORT.html]``. Without an address it
starts a server over the index of the settings, with a record of its own to compare with the shipped one (made once, a few
minutes). A server at an address needs MACHIPLAN_ADMIN_TOKEN here as it has it. It needs the development packages, Chromium
and a Japanese font (``sudo apt-get install chromium fonts-noto-cjk``).
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from local_server import MACHIPLAN, ROOT, serving
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from screenshot_views import VIEWS, View

FOLDER = ROOT / "docs" / "screenshots"
OWN = ROOT / "var" / "pictures"
TOKEN = os.environ.get("MACHIPLAN_ADMIN_TOKEN", "pictures-of-the-admin-page")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
COLOURS = 64
"""Colours of a picture: what a page of text and flat areas needs, at a third of the bytes."""


@dataclass(frozen=True, slots=True)
class Window:
    """A window: the end of its pictures' names, its size in CSS pixels, light or dark."""

    name: str
    width: int
    height: int
    colours: Literal["light", "dark"] = "light"


PLAIN = (Window("phone", 360, 740), Window("desk", 1440, 900))
"""Every view is taken in these."""

MORE = (Window("tablet", 768, 1024), Window("phone-dark", 360, 740, "dark"), Window("desk-dark", 1440, 900, "dark"))
"""The main views are taken in these too."""


def take(browser: Browser, address: str, view: View, window: Window, folder: Path) -> Path:
    """Save one view of the server at ``address`` in one window and return its file."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": window.width, "height": window.height},
        color_scheme=window.colours,
        reduced_motion="reduce",
        locale="ja-JP",
    )
    page = context.new_page()
    page.goto(view.path)
    page.locator(view.ready).first.wait_for(timeout=60_000)
    view.steps(page, TOKEN)
    page.wait_for_timeout(500)  # the last fades of the page
    file = folder / f"{view.name}-{window.name}.png"
    save(page.screenshot(), file)
    context.close()
    return file


def save(png: bytes, file: Path) -> None:
    """Save a picture with ``COLOURS`` colours."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


def take_report(browser: Browser, report: Path, folder: Path) -> Path:
    """Save the first screen of a report and return its file."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.goto(report.resolve().as_uri())
    file = folder / "report.png"
    save(page.screenshot(), file)
    return file


@contextmanager
def own_server() -> Iterator[str]:
    """Serve the index of the settings with a token, and with a record of the development questions beside the shipped one."""
    environment = {
        "MACHIPLAN_ADMIN_TOKEN": TOKEN,
        "MACHIPLAN_EVALS_DIR": str(OWN / "evals"),
        "MACHIPLAN_UPLOADS_DIR": str(OWN / "uploads"),
        "MACHIPLAN_ANSWERS_FILE": str(OWN / "answers.sqlite3"),
    }
    if not any((OWN / "evals").glob("*/run.json")):
        evaluation = ["eval", "run", "--set", "dev", "--clock", "2026-06-01T09:00"]
        variables = os.environ | {"PYTHONPATH": str(ROOT)} | environment
        subprocess.run([*MACHIPLAN, *evaluation], check=True, cwd=ROOT, env=variables)
    (OWN / "answers.sqlite3").unlink(missing_ok=True)
    with serving([*MACHIPLAN, "serve", "--port"], "/readyz", OWN / "log", environment) as server:
        yield server.address


def take_all(browser: Browser, address: str, only: str, folder: Path) -> Iterator[Path]:
    """Yield the file of every picture whose name holds ``only``, each as soon as it is saved."""
    for view in VIEWS:
        for window in (*PLAIN, *(MORE if view.main else ())):
            if only in f"{view.name}-{window.name}":
                yield take(browser, address, view, window, folder)


def _tell(files: Iterator[Path]) -> None:
    for file in files:
        print(f"{file.name}: {file.stat().st_size // 1024} KiB", flush=True)


def main() -> None:
    """Take every picture from the server, or the one of the report, that is named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("place", nargs="?", default="", help="the address of a server, or a report's file")
    parser.add_argument("--only", default="", help="take the pictures whose name holds this")
    parser.add_argument("--out", type=Path, default=FOLDER, help="the folder for the pictures")
    given = parser.parse_args()
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit("No browser is installed. Run: sudo apt-get install chromium fonts-noto-cjk")
    given.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        if given.place.endswith(".html"):
            _tell(iter([take_report(browser, Path(given.place), given.out)]))
        elif given.place:
            _tell(take_all(browser, given.place, given.only, given.out))
        else:
            with own_server() as address:
                _tell(take_all(browser, address, given.only, given.out))
        browser.close()


if __name__ == "__main__":
    main()
