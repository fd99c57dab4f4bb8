"""Time the first screen and the first answer of our chat page against a bare Gradio chat, in turns, in one run.

Usage: ``.venv/bin/python scripts/first_screen.py [--rounds N] [--json]``. It needs an index (``make run`` makes one), the
development packages and Chromium. Each visit is a fresh browser context: nothing is cached. Prints medians, and ours over bare.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from local_server import MACHIPLAN, ROOT, serving
from playwright.sync_api import Browser, sync_playwright
from screenshots import ARGUMENTS, BROWSERS

ASKED = "平生町の計画の期間はいつからいつまでですか？"
SAID = "令和9(2027)年度までの5年間とします"
SEEN = """box => {
  const seen = element => element && element.checkVisibility() && element.getBoundingClientRect().height > 0;
  const field = document.querySelector(box);
  return seen(document.querySelector('h1')) && seen(field) && !field.disabled
}"""


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat page: its name in the table, its question box, its answer, and what says that the answer is complete."""

    name: str
    box: str
    answer: str
    complete: str


OURS = Chat("ours", "#question textarea", "#chat .bot-row", "#send:has-text('質問する')")
BARE = Chat("bare", "textarea", "[data-testid=bot]", ".submit-button:visible")


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: seconds to the first screen (heading and question box seen and usable), from asking to the answer, and in whole.

    With what the browser had fetched by then: KiB as transferred, and requests.
    """

    screen: float
    answer: float
    whole: float
    kib: float
    requests: float


def measure(browser: Browser, chat: Chat, address: str) -> Visit:
    """Return one visit in a fresh context."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(float(event["encodedDataLength"])))
    begin = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(SEEN, arg=chat.box, polling="raf")
    screen = time.perf_counter() - begin
    asked = time.perf_counter()
    page.fill(chat.box, ASKED)
    page.press(chat.box, "Enter")
    page.locator(chat.answer, has_text=SAID).first.wait_for()
    page.locator(chat.complete).first.wait_for()
    end = time.perf_counter()
    page.wait_for_timeout(500)  # what is still being fetched counts as fetched
    context.close()
    return Visit(screen, end - asked, end - begin, sum(sizes) / 1024, len(sizes))


def medians(visits: list[Visit]) -> Visit:
    """Return the median of each figure."""
    return Visit(**{field.name: median(getattr(visit, field.name) for visit in visits) for field in fields(Visit)})


def compare(browser: Browser, ours: str, bare: str, rounds: int) -> tuple[Visit, Visit]:
    """Return the medians of ours and of the bare chat over ``rounds`` visits each, in turns, after one of each to warm up."""
    found: dict[str, list[Visit]] = {OURS.name: [], BARE.name: []}
    for round_ in range(rounds + 1):
        for chat, address in ((OURS, ours), (BARE, bare)):
            visit = measure(browser, chat, address)
            if round_:
                found[chat.name].append(visit)
    return medians(found[OURS.name]), medians(found[BARE.name])


def _tell(ours: Visit, bare: Visit, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"ours": asdict(ours), "bare": asdict(bare)}))
        return
    print(f"{'':10} {'ours':>9} {'bare':>9} {'ours/bare':>10}")
    for field in fields(Visit):
        mine, other = getattr(ours, field.name), getattr(bare, field.name)
        print(f"{field.name:10} {mine:9.2f} {other:9.2f} {mine / other:10.2f}")


def main() -> None:
    """Start both servers and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=10, help="visits to each page")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit("No browser is installed. Run: sudo apt-get install chromium fonts-noto-cjk")
    quiet = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1"}
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        own = {"MACHIPLAN_ANSWERS_FILE": str(Path(folder) / "answers.sqlite3")}
        bare_chat = [sys.executable, str(ROOT / "scripts" / "bare_chat.py")]
        with (
            serving([*MACHIPLAN, "serve", "--port"], "/readyz", Path(folder) / "ours.log", own) as ours,
            serving(bare_chat, "/", Path(folder) / "bare.log", quiet) as bare,
        ):
            # Whatever a page wants from outside fails at once, as it does where there is no network.
            alone = (*ARGUMENTS, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
            browser = playwright.chromium.launch(executable_path=found, args=alone)
            _tell(*compare(browser, ours.address, bare.address, given.rounds), given.json)
            browser.close()


if __name__ == "__main__":
    main()
