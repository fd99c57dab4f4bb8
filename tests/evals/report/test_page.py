"""The page as text: what stands in it, and that nothing written by others is markup."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evals.report.html import FOLDER, render_html
from evals.report.summary import Report, summarise
from evals.report.visible import visible
from tests.contrast import contrast
from tests.evals.making import RIGHT, a_case, a_run, outcome
from tests.evals.report.conftest import HOSTILE, SEALED


class Read(HTMLParser):
    """What a browser would see: elements with their attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.text += data


@pytest.fixture(scope="module")
def page(report: Report) -> Read:
    """The page, read."""
    return Read(render_html(report))


def test_only_our_own_elements_are_there(page: Read) -> None:
    """One style, one script, no image, no element of the attack, no attribute that runs or styles anything."""
    tags = [tag for tag, _ in page.elements]
    assert (tags.count("style"), tags.count("script")) == (1, 1)
    assert not {"img", "b", "iframe", "object", "embed", "base"} & set(tags)
    attributes = {name for _, attributes in page.elements for name in attributes}
    assert not {name for name in attributes if name.startswith("on") or name in ("style", "src", "srcdoc", "action")}


def test_links_stay_on_the_page(page: Read) -> None:
    """Every address is a place on the page, but for the empty icon."""
    addresses = {attributes["href"] for _, attributes in page.elements if "href" in attributes}
    assert {address for address in addresses if address and not address.startswith("#")} == {"data:,"}


def test_hostile_text_reads_as_it_was_written(page: Read) -> None:
    """Question, answer, quote and error are shown character for character, hidden characters as their numbers."""
    assert page.text.count(visible(HOSTILE)) > 10
    assert "‹U+202E›" in visible(HOSTILE)
    assert "\u202e" not in page.text
    assert "{{ 7 * 7 }}" in page.text


def test_the_policy_admits_only_our_style_and_script(page: Read) -> None:
    """Nothing is loaded from anywhere, and only what has the right digest takes effect."""
    policy = next(a["content"] or "" for tag, a in page.elements if tag == "meta" and "http-equiv" in a)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert len(re.findall(r"'sha256-[A-Za-z0-9+/]{43}='", policy)) == 2


def test_every_listed_question_has_its_place(page: Read, report: Report) -> None:
    """A part of the page for each, the failures first, each with what it can be filtered by."""
    cases = [attributes for tag, attributes in page.elements if tag == "details" and "data-result" in attributes]
    assert {case["id"] for case in cases} == {f"case-{result.number}" for result in report.listed}
    failed = ["failed" in (case["data-result"] or "") for case in cases]
    assert failed == sorted(failed, reverse=True)
    assert sum(failed) == len(report.failures)


@pytest.mark.parametrize(
    "shown",
    [
        "2026年6月1日 09:00",
        "abc+（変更あり）",
        "断るのが正しい",
        "引用なし",
        "応答がなかった",
        "伏せた質問集（test）の3件は、合計だけを示し",
        "うち1件が原文と一致しない",
        "尋ねていない自治体",
    ],
)
def test_the_page_says_it(page: Read, shown: str) -> None:
    """When, of what revision, what was right, what was missing, and what is left out."""
    assert shown in page.text


def test_provenance_is_complete(page: Read, report: Report) -> None:
    """Run, version, index with all that built it, clock, seed, sets with digests, and the digest of the results."""
    info = report.info
    wanted = [
        info.run_id,
        info.subject.version,
        info.subject.generation,
        info.subject.clock,
        str(info.seed),
        info.results,
    ]
    wanted += [*info.subject.manifest.values(), *(part.digest for part in info.sets)]
    assert [value for value in wanted if value not in page.text] == []


def test_a_run_without_a_reply_has_a_page() -> None:
    """No score, no histogram, no question, and still a page."""
    assert "評価できませんでした" in Read(render_html(summarise(a_run([])))).text


def test_a_run_of_sealed_questions_alone_has_totals_alone() -> None:
    """The figures are there; there is no list, and nothing to filter it by."""
    sealed = replace(outcome(a_case(question=SEALED), RIGHT), set_name="test")
    page = Read(render_html(summarise(a_run([sealed]))))
    assert "1件の質問のうち1件（100.0%）" in page.text
    assert SEALED not in page.text
    assert "form" not in {tag for tag, _ in page.elements}


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "paper", "least"),
    [
        ("ink", "paper", 7.0),
        ("ink", "surface", 7.0),
        ("ink", "brand-soft", 7.0),
        ("ink", "quote-soft", 7.0),
        ("soft", "paper", 4.5),
        ("soft", "surface", 4.5),
        ("soft", "brand-soft", 4.5),
        ("soft", "alert-soft", 4.5),
        ("brand", "surface", 4.5),
        ("brand", "paper", 4.5),
        ("brand", "brand-soft", 4.5),
        ("alert", "surface", 4.5),
        ("alert", "alert-soft", 4.5),
        ("strong", "surface", 3.0),
        ("quote", "surface", 4.5),
    ],
)
def test_colours_have_contrast(mode: str, ink: str, paper: str, least: float) -> None:
    """Reading text has at least 7:1, other text 4.5:1, and the edges of controls 3:1 (WCAG 2.2)."""
    light, dark = Path(FOLDER / "report.css").read_text("utf-8").split("@media (prefers-color-scheme: dark)")[:2]
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", light if mode == "light" else dark))
    assert contrast(colours[ink], colours[paper]) >= least
