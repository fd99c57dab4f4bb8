"""The evaluation page in a real browser: past runs, a comparison, a run of one's own, question sets, cases of feedback."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect

from tests.ui.small import TOKEN
from ui.web.evaluation.runs import comparison_of, entries

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

BASELINE = Path(__file__).resolve().parents[3] / "evals" / "baseline"
QUOTE = "スマートフォン教室を年12回開催する。"


def a_case(number: int, **changes: object) -> dict[str, object]:
    """Return a question over the small plan, changed."""
    case: dict[str, object] = {
        "id": f"t-{number}", "question": f"森町のスマートフォン教室は年何回ですか{'?' * number}", "persona": "resident",
        "type": "fact", "towns": ["森町"], "scope": [], "history": [], "evidence": [{"plan": "mori", "quote": QUOTE}],
        "all_evidence": False, "must": [["12回"]], "must_not": [], "abstain": False,
    }  # fmt: skip
    return case | changes


def lines(*cases: dict[str, object]) -> bytes:
    """Return a question set."""
    return "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases).encode()


def question_set(name: str, content: bytes) -> FilePayload:
    """Return a question set as a browser is given it."""
    return {"name": name, "mimeType": "application/jsonl", "buffer": content}


@pytest.fixture(scope="module")
def other_run(folder: Path) -> str:
    """The shipped run once more, with four answers that were right made wrong and hostile."""
    path = folder / "evals" / "20260101-000000-dev"
    shutil.copytree(BASELINE, path)
    outcomes = [json.loads(line) for line in (path / "outcomes.jsonl").read_text("utf-8").splitlines()]
    for outcome in [one for one in outcomes if one["verdict"]["right"]][:4]:
        outcome["verdict"]["right"] = False
        outcome["answer"]["answer"] = "<script>alert(1)</script><b>違う\u202e</b>"
    (path / "outcomes.jsonl").write_text("".join(json.dumps(one) + "\n" for one in outcomes), "utf-8")
    return path.name


@pytest.fixture(scope="module")
def feedback_run(folder: Path) -> str:
    """A run of the set of feedback: 30 questions that went wrong."""
    path = folder / "evals" / "20260102-000000-feedback"
    path.mkdir(parents=True)
    info = json.loads((BASELINE / "run.json").read_text("utf-8"))
    info["sets"] = [info["sets"][0] | {"name": "feedback", "cases": 30}]
    outcomes = [json.loads(line) for line in (BASELINE / "outcomes.jsonl").read_text("utf-8").splitlines()[:30]]
    for number, outcome in enumerate(outcomes):
        outcome["set_name"] = "feedback"
        outcome["case"] |= {"id": f"fb-{number}", "question": f"住民の質問その{number}"}
        outcome["verdict"]["right"] = False
    (path / "run.json").write_text(json.dumps(info), "utf-8")
    (path / "outcomes.jsonl").write_text("".join(json.dumps(one) + "\n" for one in outcomes), "utf-8")
    (path / "failures.jsonl").touch()
    return path.name


def enter(page: Page) -> None:
    """Open the page and give the token."""
    page.goto("/evaluation")
    page.fill("#eval-token", TOKEN)
    page.keyboard.press("Enter")
    page.locator("#eval-room").wait_for()


def test_past_runs_are_shown_to_everybody(page: Page, other_run: str) -> None:
    """Without a token: the plot, the table, and from it a run with its metrics, slices and failures beside their keys."""
    page.goto("/evaluation")
    table = page.get_by_role("table", name="これまでの評価")
    expect(table.locator("tbody tr").first).to_be_visible()
    outcomes = [json.loads(line) for line in (BASELINE / "outcomes.jsonl").read_text("utf-8").splitlines()]
    right = sum(outcome["verdict"]["right"] for outcome in outcomes) / len(outcomes)
    expect(page.locator("svg[role=img]")).to_have_attribute(
        "aria-label",
        f"正答率の移り変わり：dev（{len(outcomes)}問）。最新は {right:.1%}。数値は下の表にあります。",
    )
    table.get_by_role("link").last.click()
    expect(page.get_by_role("heading", name="評価の結果")).to_be_visible(timeout=30_000)
    assert "run=baseline" in page.url
    expect(page.get_by_role("table", name="指標", exact=True).locator("tbody tr")).to_have_count(23)
    failure = page.locator("#failures-title ~ details").first
    failure.locator("summary").click()
    expect(failure).to_contain_text("求められたこと")
    page.get_by_role("link", name="誤った断り（").click()
    expect(page.locator(".eval-choices [aria-current]")).to_contain_text("誤った断り")


def test_two_runs_are_compared_by_an_address(page: Page, other_run: str) -> None:
    """The link alone shows what got better and worse, with p-values; answers are text, their hidden letters visible."""
    page.goto(f"/evaluation?run={other_run}&with=baseline")
    expect(page.locator("#compare-title ~ p").nth(1)).to_contain_text("悪くなった 4 問", timeout=60_000)
    worse = page.locator("details:has(> summary:text('悪くなった質問'))")
    worse.locator("details summary").first.click()
    expect(worse.locator("details").first).to_contain_text("<script>alert(1)</script><b>違う‹U+202E›</b>")
    expect(page.get_by_role("table", name="指標の差").locator("tbody tr").first).to_contain_text(
        "差があるとは言えません"
    )
    expect(page.locator("#eval-with")).to_have_value("baseline")


def test_questions_of_people_are_for_administrators(page: Page, admin: httpx.Client, feedback_run: str) -> None:
    """Everybody sees the totals of such a set; the questions, and the next page of them, come with the token alone."""
    address = f"/evaluation?run={feedback_run}&with={feedback_run}"
    page.goto(address)
    expect(page.locator("#failures-title")).to_contain_text("30 件")
    expect(page.locator("#eval-closed")).to_contain_text("このうち 30 件")
    expect(page.get_by_role("table", name="指標", exact=True)).to_be_visible()
    assert "住民の質問" not in page.content()
    questions = f"/api/admin/evaluation/questions?run={feedback_run}"
    assert httpx.get(f"{admin.base_url}{questions}").status_code == 401
    assert "住民の質問その1" in admin.get(questions).text
    page.fill("#eval-token", TOKEN)
    page.keyboard.press("Enter")
    expect(page.locator("#eval-chosen .eval-case")).to_have_count(25)
    expect(page.locator("#failures-title")).to_be_focused()
    page.get_by_role("link", name="次の質問").click()
    expect(page.locator("#eval-chosen .eval-case")).to_have_count(5)
    assert "page=2" in page.url
    expect(page.locator("#eval-room")).to_be_visible()


def test_a_comparison_is_made_once_for_all_who_wait(folder: Path, other_run: str) -> None:
    """It takes seconds of a core: of several who ask for the same one, one makes it and the others are given it."""
    runs = entries(folder / "evals")
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: comparison_of(runs["baseline"], runs[other_run]), range(4)))
    assert all(comparison is made[0] for comparison in made)


@pytest.mark.parametrize("query", ["run=../../etc", "run=none", "run=baseline&with=..%2F..", "run=%00&page=x&kind=<b>"])
def test_an_address_of_no_run_is_told(page: Page, query: str) -> None:
    """It is answered in Japanese, and the list is there to choose from."""
    page.goto(f"/evaluation?{query}")
    expect(page.locator(".office [role=alert]")).to_contain_text("その名前の評価の記録はありません")
    expect(page.locator("#eval-run")).to_be_visible()


def test_a_faulty_question_set_is_told_line_by_line(page: Page, folder: Path) -> None:
    """Every fault has its line, its field and a Japanese sentence, beside the line as text; nothing is kept."""
    enter(page)
    wrong_quote = a_case(2, evidence=[{"plan": "mori", "quote": "年13回"}])
    content = lines(a_case(1), wrong_quote) + b'{"id": "<img src=x onerror=alert(1)>"\n'
    page.set_input_files("#eval-file", question_set("bad.jsonl", content))
    page.click("#eval-send button")
    rows = page.locator("#eval-faults tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("2 行目")
    expect(rows.nth(0)).to_contain_text("原文にありません")
    expect(rows.nth(1)).to_contain_text("3 行目")
    expect(rows.nth(1)).to_contain_text("<img src=x onerror=alert(1)>")
    assert not list((folder / "evals").glob("questions/*bad*"))


def test_a_question_set_is_sent_and_run_to_its_end(page: Page, admin: httpx.Client) -> None:
    """The progress counts its questions, a second run is told to wait, and the result is one link away."""
    enter(page)
    page.set_input_files("#eval-file", question_set("小さい.jsonl", lines(*map(a_case, range(1, 41)))))
    page.click("#eval-send button")
    expect(page.locator("#eval-send-said")).to_contain_text("「小さい」（40 問）を加えました")
    page.click("#eval-start-button")
    expect(page.locator("#eval-work progress")).to_be_visible()
    second = admin.post("/api/admin/evaluation", json={"set": "dev"})
    assert (second.status_code, second.json()["error"]["code"]) == (409, "not_idle")
    page.get_by_role("link", name="結果を見る").click(timeout=60_000)
    expect(page.locator("#run-title ~ ul")).to_contain_text("40件の質問のうち40件", timeout=30_000)
    assert "-小さい" in page.locator("#run-title ~ p").inner_text()


def test_a_run_is_cancelled(page: Page, admin: httpx.Client, folder: Path) -> None:
    """It ends at once, says so, and leaves no record."""
    enter(page)
    before = set((folder / "evals").glob("*-dev*"))
    page.select_option("#eval-set", "dev")
    page.click("#eval-start-button")
    page.click("#eval-cancel")
    expect(page.locator("#eval-start-said [role=alert]")).to_contain_text("中止しました")
    assert admin.get("/api/evaluation").json()["running"] is False
    assert set((folder / "evals").glob("*-dev*")) == before


def test_feedback_becomes_a_case(page: Page, admin: httpx.Client, folder: Path) -> None:
    """The form holds the question and its town; the quote is picked from the plan; a key that does not fit is refused."""
    answer = admin.post("/api/ask", json={"question": "森町の計画期間は? 090-1234-5678"}).json()
    admin.post("/api/feedback", json={"answer_id": answer["id"], "helpful": False})
    enter(page)
    expect(page.locator("#case-from option")).to_have_count(2)
    page.select_option("#case-from", index=1)
    expect(page.locator("#case-question")).to_have_value("森町の計画期間は? 〔電話番号〕")
    expect(page.locator("#case-town")).to_have_value("森町")
    page.fill("#case-question", "森町の計画期間は?")
    page.fill("#case-must", "令和9年度 | 2027年度")
    page.fill("#case-quote", "令和10年度まで")
    page.click("#eval-case > button")
    expect(page.locator("#eval-case-said [role=alert]")).to_contain_text("原文にありません")
    page.fill("#case-words", "計画期間")
    page.click("#case-find")
    page.locator(".eval-hit", has_text="令和9年度まで").click()
    page.click("#eval-case > button")
    expect(page.locator("#eval-case-said [role=status]")).to_contain_text("1 問になりました")
    [case] = (folder / "evals" / "questions" / "feedback.jsonl").read_text("utf-8").splitlines()
    assert json.loads(case)["must"] == [["令和9年度", "2027年度"]]
    assert "feedback" in page.locator("#eval-set").inner_text()


def test_a_server_without_a_token_shows_results_alone(page: Page, server_url: str) -> None:
    """No form is offered that could not work; the page says whom to ask, and the admin page which setting is missing."""
    page.goto(f"{server_url}/evaluation")
    expect(page.locator(".office")).to_contain_text("結果を見ることだけができます")
    page.goto(f"{server_url}/admin")
    expect(page.locator(".office")).to_contain_text("MACHIPLAN_ADMIN_TOKEN")
    expect(page.locator("#admin-token")).to_have_count(0)
