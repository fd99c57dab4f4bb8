"""Question sets against the plans."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Reason, Turn
from evals.case import Case, Evidence
from evals.lint import lint
from evals.write_cases import write_cases
from tests.evals.making import CORPUS, DATA, PERIOD, a_case, unanswerable

TURNS = (Turn("user", "青葉町の計画は?"), Turn("assistant", "はい"))


def faults(folder: Path, *cases: Case) -> list[tuple[int, str, str]]:
    """Return line, field and sentence of everything wrong with cases in a file."""
    write_cases(cases, path := folder / "set.jsonl")
    return [(problem.line, problem.field, problem.message) for problem in lint([path], CORPUS)]


def test_sound_cases_have_no_fault(tmp_path: Path) -> None:
    """Named towns, a selected one, none; an unanswerable one about a town that is in no plan; a follow-up."""
    assert not faults(
        tmp_path,
        a_case(),
        a_case(id="c-2", question="計画期間は?", towns=(), scope=("青葉町",)),
        a_case(id="c-3", question="どの町が5年計画ですか", towns=()),
        unanswerable(id="c-4", question="桜町の計画期間は?", towns=("桜町",), reason=Reason.MUNICIPALITY_NOT_COVERED),
        a_case(id="c-5", question="では何件ですか", type="followup", history=TURNS, evidence=(Evidence("aoba", DATA),)),
    )


@pytest.mark.parametrize(
    ("case", "field", "told"),
    [
        (a_case(id=" "), "id", "id が空です。"),
        (a_case(question="　"), "question", "質問が空です。"),
        (a_case(type="followup"), "history", "followup には、それまでのやりとり（history）が要ります。"),
        (unanswerable(evidence=(Evidence("aoba", PERIOD),)), "evidence", "空にしてください。"),
        (unanswerable(must=(("5年",),)), "must", "空にしてください。"),
        (
            unanswerable(scope=("桜町",)),
            "scope",
            "「桜町」の計画は索引にありません。収録している自治体: 若葉町、青葉町",
        ),
        (a_case(reason=Reason.NOT_IN_PLANS), "reason", "reason を書かないでください。"),
        (a_case(must=()), "must", "1つ以上書いてください。"),
        (a_case(must=(("5年",), ())), "must", "空でない組"),
        (a_case(must=(("5年", "　"),)), "must", "空でない組"),
        (a_case(evidence=()), "evidence", "根拠の引用を1つ以上書いてください。"),
        (a_case(towns=("青葉町", "桜町")), "towns", "「桜町」の計画は索引にありません。"),
        (a_case(scope=("桜町",)), "scope", "「桜町」の計画は索引にありません。"),
        (a_case(evidence=(Evidence("sakura", "x"),)), "evidence", "計画「sakura」は索引にありません。収録している計画"),
        (a_case(evidence=(Evidence("aoba", f"見直す。\n{DATA}"),)), "evidence", "改行があります。"),
        (a_case(evidence=(Evidence("aoba", "令和5年度から"),)), "evidence", "原文にありません。一字一句"),
        (a_case(evidence=(Evidence("aoba", " "),)), "evidence", "原文にありません。"),
        (a_case(towns=("若葉町",)), "evidence", "引用は青葉町の計画のものですが"),
    ],
)
def test_each_rule_finds_its_fault(tmp_path: Path, case: Case, field: str, told: str) -> None:
    """One fault, in its field, on its line, told in Japanese. A quote of half-width digits is not the plan's full-width one."""
    ((line, found, message),) = faults(tmp_path, a_case(id="c-0", question="前の質問"), case)
    assert (line, found) == (2, field)
    assert told in message


def test_the_same_question_twice_is_a_fault(tmp_path: Path) -> None:
    """Width and white space make no other question; another selection or another conversation does."""
    told = faults(
        tmp_path,
        a_case(question="計画期間は5年間ですか", towns=(), scope=("青葉町",)),
        a_case(question="計画期間は ５年間ですか", towns=(), scope=("青葉町",), id="c-2"),
        a_case(question="計画期間は5年間ですか", towns=(), id="c-3"),
        a_case(question="計画期間は5年間ですか", towns=(), scope=("青葉町",), id="c-4", history=TURNS),
    )
    assert told == [(2, "question", f"同じ質問が {tmp_path / 'set.jsonl'}:1 にもあります。")]


def test_all_faults_of_all_files_are_told_in_order(tmp_path: Path) -> None:
    """A file that cannot be read hides nothing of the others, and a repeated id is told beside a false quote."""
    first, second = tmp_path / "b.jsonl", tmp_path / "a.jsonl"
    write_cases([a_case(must=()), a_case(question="?", evidence=(Evidence("aoba", "ない"),), must=())], first)
    second.write_text("{\n", "utf-8")
    problems = lint([first, second], CORPUS)
    assert [(problem.file.name, problem.line, problem.field) for problem in problems] == [
        ("b.jsonl", 1, "must"),
        ("b.jsonl", 2, "id"),
        ("b.jsonl", 2, "must"),
        ("b.jsonl", 2, "evidence"),
        ("a.jsonl", 1, ""),
    ]
