"""The admin page in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from playwright.sync_api import expect

from tests.ui.small import PLAN, TOKEN

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

TOWN = "長野県池田町"
SIDEWAYS = "[...document.querySelectorAll('.office-scroll')].filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.ariaLabel)"
STORED = "() => JSON.stringify([location.href, {...localStorage}, {...sessionStorage}, document.cookie])"


def enter(page: Page) -> None:
    """Open the page and give the token, with the keyboard alone."""
    page.goto("/admin")
    page.locator("#admin-token").focus()
    page.keyboard.type(TOKEN)
    page.keyboard.press("Enter")
    page.locator("#admin-plans table").wait_for()


def plan_file(name: str, text: str = PLAN.format(town=TOWN, times=12)) -> FilePayload:
    """Return a file as a browser is given it."""
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def test_the_token_opens_the_page_and_stays_in_its_memory(page: Page) -> None:
    """A wrong one is told in Japanese; the right one shows the plans; it is in no address, storage or cookie."""
    page.goto("/admin")
    page.fill("#admin-token", "違う")
    page.keyboard.press("Enter")
    expect(page.locator("#admin-enter-said [role=alert]")).to_contain_text("合言葉が違います")
    page.fill("#admin-token", "wrong")
    page.keyboard.press("Enter")
    expect(page.locator("#admin-enter-said [role=alert]")).to_contain_text("合言葉が違います")
    expect(page.locator("#admin-room")).to_be_hidden()
    enter(page)
    expect(page.locator("#admin-plans tbody tr")).to_have_count(2)
    assert TOKEN not in page.evaluate(STORED)
    assert page.input_value("#admin-token") == ""
    page.reload()
    expect(page.locator("#admin-token")).to_be_visible()
    expect(page.locator("#admin-room")).to_be_hidden()


def test_a_plan_is_added_replaced_and_removed_on_the_page(page: Page, admin: httpx.Client) -> None:
    """The progress shows, then the report: what was read, what is to be checked, what was refused, all of it as text."""
    enter(page)
    hostile = "<img src=x onerror=alert(1)>.md"
    plan = PLAN.format(town=TOWN, times=12).replace("DX推進計画", "DX推進計画<script>alert(1)</script>", 1)
    page.set_input_files(
        "#admin-files", [plan_file("ikeda.md", plan), plan_file("x.sh"), plan_file(hostile, "文章だけ")]
    )
    chosen = page.locator("#admin-add .office-file-name")
    expect(chosen).to_have_text(f"3件：ikeda.md、x.sh、{hostile}")
    page.click("#admin-add button")
    expect(page.locator("#admin-work progress")).to_be_visible()
    expect(page.locator("#admin-report-title")).to_be_focused(timeout=60_000)
    report = page.locator("#admin-report")
    expect(report).to_contain_text("を追加しました。")
    expect(report.locator(".office-problem li")).to_have_count(2)
    expect(report.locator("img, script")).to_have_count(0)
    expect(report.locator("tbody tr")).to_have_count(1)
    expect(page.locator("#admin-work")).to_be_hidden()
    expect(chosen).to_have_text("まだ選ばれていません")

    page.locator("[data-replace=ikeda]").click()
    page.set_input_files("#admin-replace-file", plan_file("mori.txt", PLAN.format(town="北海道森町", times=1)))
    page.click("#admin-replace-form button.office-main")
    expect(page.locator("#admin-plans-said [role=alert]")).to_contain_text(
        "森町の計画として読み取れました", timeout=60_000
    )

    page.locator("[data-remove=ikeda]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#admin-remove-text")).to_contain_text("池田町「")
    page.keyboard.press("Escape")
    expect(page.locator("#admin-remove")).to_be_hidden()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#admin-remove-form .office-danger")).to_be_focused()
    page.keyboard.press("Enter")
    expect(report).to_contain_text("を削除しました。", timeout=60_000)
    assert {plan["plan_id"] for plan in admin.get("/api/plans").json()["plans"]} == {"mori", "ogawa"}


def test_the_gap_report_is_drawn_filtered_and_saved(page: Page, admin: httpx.Client, tmp_path: Path) -> None:
    """What was not answered stands under its town, without personal data and never as markup; the file opens in spreadsheets."""
    for question in ("森町の<b>ドローン</b>配送は? 電話は090-1234-5678", "小川町の動物園はいつできますか"):
        admin.post("/api/ask", json={"question": question})
    enter(page)
    rows = page.locator("#admin-gaps tbody tr")
    expect(rows).to_have_count(2)
    page.select_option("#admin-gap-town", "森町")
    expect(rows).to_have_count(1)
    rows.locator("summary").click()
    expect(rows.locator("li")).to_contain_text("<b>ドローン</b>配送は? 電話は〔電話番号〕")
    with page.expect_download() as saved:
        page.click("#admin-gap-csv")
    path = tmp_path / "gaps.csv"
    saved.value.save_as(path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "1234" not in path.read_text("utf-8-sig")


def test_choosing_a_file_is_in_japanese_and_by_keyboard(page: Page) -> None:
    """The browser's own English is not seen, a focus ring is, and Enter or a press on the words opens its dialog."""
    enter(page)
    page.on("filechooser", lambda _: None)  # while nobody listens, a dialog is the system's
    control = page.get_by_label("計画のファイル")
    assert control.evaluate("e => getComputedStyle(e).opacity") == "0"
    expect(page.locator("#admin-add .office-file")).to_have_text("ファイルを選ぶまだ選ばれていません")
    page.locator("#admin-add-title").click()
    page.keyboard.press("Tab")
    expect(control).to_be_focused()
    assert page.locator("#admin-add .office-file").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    with page.expect_file_chooser() as opened:
        page.keyboard.press("Enter")
    opened.value.set_files(plan_file("平生町の計画.txt"))
    expect(page.locator("#admin-add .office-file-name")).to_have_text("平生町の計画.txt")
    words = page.locator("#admin-add .office-file-choose")
    words.scroll_into_view_if_needed()
    box = words.bounding_box()
    assert box
    with page.expect_file_chooser():
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_the_page_fits_a_phone(page: Page) -> None:
    """At 360 pixels nothing scrolls sideways, each plan is a card that names its cells, every control is tall enough."""
    page.set_viewport_size({"width": 360, "height": 740})
    enter(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.evaluate(SIDEWAYS) == []
    names = page.locator("#admin-plans").get_by_role("rowheader")
    expect(names).not_to_have_count(0)
    expect(names).to_have_count(page.locator("#admin-plans tbody tr").count())
    name = page.locator("#admin-plans td").first.evaluate("e => getComputedStyle(e, '::before').content")
    assert name == '"計画期間"'
    low = page.evaluate(
        "[...document.querySelectorAll('.office button, .office input, .office select, .office summary')]"
        ".filter((e) => e.offsetParent && e.offsetHeight < 44).map((e) => e.id)"
    )
    assert low == []
