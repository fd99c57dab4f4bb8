"""``machiplan eval``: run, compare, gate, lint, convert, report."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from evals.case import Case
from evals.in_process import InProcess
from evals.read_cases import read_cases
from evals.run import QuestionSet, run_sets
from evals.store import save_run
from evals.write_cases import write_cases

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.assistant import Assistant
    from tests.ui.cli.conftest import Run

QUESTIONS = Path(__file__).resolve().parents[3] / "evals" / "questions"
CLOCK = "2026-06-01T09:00"
EIGHT = 8  # questions: enough for every command to have something to say
Record = Callable[..., Path]


@pytest.fixture(scope="session")
def small() -> tuple[Case, ...]:
    """Eight development questions, some without an answer."""
    return read_cases([QUESTIONS / "dev.jsonl"])[:EIGHT]


@pytest.fixture
def recorded(assistant: Assistant, now: datetime, small: tuple[Case, ...], tmp_path: Path) -> Record:
    """Record a run of a few questions and return its folder."""

    def record(name: str, cases: tuple[Case, ...] = small) -> Path:
        subject = InProcess(assistant, clock=now.isoformat(), settings={})
        save_run(run_sets([QuestionSet("few", cases)], subject, started="", revision=""), tmp_path / name)
        return tmp_path / name

    return record


def told(done: subprocess.CompletedProcess[str]) -> Any:
    """Return the JSON on stdout."""
    return json.loads(done.stdout)


def test_a_run_tells_its_scores_and_keeps_a_record(run: Run, small: tuple[Case, ...], tmp_path: Path) -> None:
    """As text and as JSON, with the clock that was given; a second run of the same has the same results."""
    write_cases(small, tmp_path / "few.csv")
    arguments = ("eval", "run", "--set", "few.csv", "--clock", CLOCK)
    done = run(*arguments, MACHIPLAN_EVALS_DIR=str(tmp_path / "runs"))
    assert done.returncode == 0
    assert f"【few】 {EIGHT}問" in done.stdout
    assert "正答率" in done.stdout
    folder = Path(done.stdout.rsplit("記録: ", 1)[1].strip())
    assert folder.parent == tmp_path / "runs"
    info = json.loads((folder / "run.json").read_text("utf-8"))
    assert info["subject"]["clock"] == "2026-06-01T09:00:00+09:00"
    again = told(run(*arguments, "--json", "--jobs", "3", "--record", "again"))
    assert (again["results"], again["folder"]) == (info["results"], "again")
    assert (again["sets"]["few"]["questions"], again["sets"]["few"]["errors"]) == (EIGHT, 0)
    assert again["sets"]["few"]["metrics"]["citation_exactness"]["value"] == 1.0


def test_a_server_is_asked_by_its_address(run: Run, server_url: str, small: tuple[Case, ...], tmp_path: Path) -> None:
    """The same set over HTTP gets all its answers, and the record says where they came from."""
    write_cases(small, tmp_path / "few.csv")
    done = run("eval", "run", "--set", "few.csv", "--url", server_url, "--record", "there", "--json")
    assert (done.returncode, told(done)["sets"]["few"]["errors"]) == (0, 0)
    assert json.loads((tmp_path / "there" / "run.json").read_text("utf-8"))["subject"]["where"] == server_url


def test_questions_without_a_reply_end_the_run_with_1(run: Run, small: tuple[Case, ...], tmp_path: Path) -> None:
    """The record is kept, the error is named, and nothing of the kind is scored."""
    wrong = replace(next(case for case in small if case.abstain), id="x", question="人口は?", scope=("存在しない町",))
    write_cases((*small, wrong), tmp_path / "few.jsonl")
    done = run("eval", "run", "--set", "few.jsonl", "--clock", CLOCK, "--record", "kept", "--json")
    assert done.returncode == 1
    assert "応答しなかった質問が 1 件あります" in done.stderr
    few = told(done)["sets"]["few"]
    assert (few["questions"], few["errors"], few["metrics"]["right"]["n"]) == (EIGHT + 1, 1, EIGHT)
    gate = run("eval", "gate", "kept")
    assert gate.returncode == 1
    assert "回答が返らなかった質問は 9 件のうち 1 件です。 最初のもの: x" in gate.stderr


def test_two_records_are_compared(run: Run, recorded: Record, small: tuple[Case, ...]) -> None:
    """Nothing differs between two runs of the same; a changed key takes its question out."""
    first = recorded("first")
    second = recorded("second", (*small[:-1], replace(small[-1], must_not=("使わない語",))))
    comparison = told(run("eval", "compare", "--json", first, second))
    assert (comparison["shared"], comparison["unshared"]) == (EIGHT - 1, [small[-1].id])
    assert {d["p"] for d in comparison["differences"] if not d["metric"].startswith("seconds")} == {1.0}
    shown = run("eval", "compare", first, second)
    assert shown.returncode == 0
    assert all(f"【{heading}】 0問" in shown.stdout for heading in ("悪くなった", "良くなった", "変わった"))


def test_the_gate_opens_and_closes_with_a_sentence(run: Run, recorded: Record, tmp_path: Path) -> None:
    """0 when every rule is kept, 1 and the reason when one is broken; rules that compare need a baseline."""
    record = recorded("record")
    rules = tmp_path / "rules.toml"
    rules.write_text('[[rule]]\nmetric = "citation_exactness"\nat_least = 1.0\n', "utf-8")
    done = run("eval", "gate", record, "--rules", rules)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("○ 引用の正確さは 100.0%")
    rules.write_text('[[rule]]\nmetric = "answer_characters"\nat_most = 1\n', "utf-8")
    done = run("eval", "gate", record, "--rules", rules)
    assert done.returncode == 1
    assert done.stdout.startswith("× 回答の長さは")
    assert done.stderr.startswith("エラー: この版は公開できません（1 件の規則のうち 1 件）。回答の長さは")
    assert told(run("eval", "gate", record, "--rules", rules, "--json"))["passed"] is False
    rules.write_text('[[rule]]\nmetric = "right"\nloss = 0.05\n', "utf-8")
    assert "--baseline" in run("eval", "gate", record, "--rules", rules).stderr
    assert run("eval", "gate", record, "--rules", rules, "--baseline", record).returncode == 0


def test_a_report_is_written_beside_the_record(run: Run, recorded: Record, tmp_path: Path) -> None:
    """Every path that is printed is there, the page among them; ``--out`` names another folder."""
    record = recorded("record")
    for arguments, folder in (((), record / "report"), (("--out", "elsewhere"), Path("elsewhere"))):
        done = run("eval", "report", record, *arguments)
        assert done.returncode == 0, done.stderr
        paths = [Path(line) for line in done.stdout.splitlines()]
        assert {path.suffix for path in paths} == {".html", ".csv", ".json", ".xml"}
        assert all((tmp_path / path).stat().st_size and path.is_relative_to(folder) for path in paths)


def test_a_sound_set_has_no_faults_and_a_faulty_one_has_them_all(
    run: Run, small: tuple[Case, ...], tmp_path: Path
) -> None:
    """A line a fault on stdout, their number on stderr; questions that another set has are told."""
    write_cases(small, tmp_path / "few.csv")
    sound = run("eval", "lint", "few.csv")
    assert (sound.returncode, sound.stdout) == (0, "")
    passage = replace(small[0].evidence[0], quote="計画にない引用")
    faulty = (replace(small[0], evidence=(passage,)), *small[1:], replace(small[1], question="別の質問"))
    write_cases(faulty, tmp_path / "faulty.jsonl")
    done = run("eval", "lint", "faulty.jsonl")
    assert done.returncode == 1
    assert [line.split(": ")[:2] for line in done.stdout.splitlines()] == [
        ["faulty.jsonl:1", "evidence"],
        [f"faulty.jsonl:{EIGHT + 1}", "id"],
    ]
    assert "誤りが 2 件あります" in done.stderr
    apart = run("eval", "lint", "few.csv", "--apart", "few.csv")
    assert (apart.returncode, len(apart.stdout.splitlines())) == (1, EIGHT)


def test_a_set_is_converted_there_and_back(run: Run, small: tuple[Case, ...], tmp_path: Path) -> None:
    """Nothing is written from a faulty set, nor to an unknown kind of file."""
    write_cases(small, tmp_path / "few.jsonl")
    assert run("eval", "convert", "few.jsonl", "table.csv").returncode == 0
    assert run("eval", "convert", "table.csv", "back.jsonl").returncode == 0
    assert (tmp_path / "back.jsonl").read_bytes() == (tmp_path / "few.jsonl").read_bytes()
    (tmp_path / "faulty.jsonl").write_text("{}\n", "utf-8")
    assert run("eval", "convert", "faulty.jsonl", "new.csv").returncode == 1
    assert run("eval", "convert", "few.jsonl", "new.xlsx").returncode == 1
    assert not list(tmp_path.glob("new*"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run", "--set", "none.jsonl"), "none.jsonl:1: ファイルを読めません"),
        (("run", "--set", "prod"), "質問セット「prod」はありません。付属のもの: dev、test"),
        (("run", "--set", "faulty.csv"), "faulty.csv:2: persona: 使える値ではありません"),
        (("run", "--set", "dev", "--set", "dev"), "にもあります"),
        (("run", "--clock", "昨日"), "日時「昨日」を読めません"),
        (("run", "--url", "http://127.0.0.1:9"), "応答がありません"),
        (("run", "--index", "nothing"), "machiplan ingest"),
        (("compare", "none", "none"), "評価の記録がありません。machiplan eval run"),
        (("gate", "none"), "評価の記録がありません"),
        (("report", "none"), "評価の記録がありません"),
        (("judge", "none"), "評価の記録がありません"),
        (("lint", "none.csv"), "誤りが 1 件あります"),
        (("convert", "none.csv", "x.jsonl"), "none.csv:1: ファイルを読めません"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_place(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    """Exit code 1 and the reason in Japanese on stderr, without a traceback."""
    (tmp_path / "faulty.csv").write_text("id,question,persona\nc-1,?,市長\n", "utf-8")
    done = run("eval", *arguments)
    assert done.returncode == 1
    assert told in done.stderr[done.stderr.index("エラー: ") :]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run", "--clock", CLOCK, "--url", "http://127.0.0.1:9"), "--clock は --url と一緒には使えません"),
        (("compare", "one"), "記録B を指定してください"),
        (("run", "--jobs", "0"), "--jobs の値が正しくありません"),
        (("rnu",), "コマンド rnu はありません"),
        (("generate",), "--out を指定してください"),
    ],
)
def test_a_wrong_command_line_is_explained_in_japanese(run: Run, arguments: tuple[str, ...], told: str) -> None:
    """Exit code 2, nothing on stdout."""
    done = run("eval", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


@pytest.mark.parametrize("command", " run report compare gate lint convert generate mutants judge retrieval".split(" "))
def test_every_command_explains_itself_in_japanese(run: Run, command: str) -> None:
    """``--help`` ends with 0 and has no English sentence."""
    done = run("eval", *filter(None, [command]), "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"使い方: machiplan eval {command}".rstrip())
    assert not {"Options", "Usage", "Commands", "the", "this"} & set(done.stdout.replace(":", " ").split())
