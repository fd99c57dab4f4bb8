"""Question sets that a server keeps, changed by several at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from evals.case import CASES, Case, Evidence
from evals.corpus import Corpus
from ui.evaluations.sets import add_case, keep_set, known_sets, new_id
from ui.intake.names import FileRefusedError

QUOTE = "スマートフォン教室を年12回開催する。"
CORPUS = Corpus({"mori": f"# 森町DX推進計画\n\n{QUOTE}\n"}, {"mori": "北海道森町"})


def a_case(number: int) -> Case:
    """Return a question over the plan of the corpus."""
    return Case(
        id=new_id(), question=f"森町の教室は年何回ですか{'?' * number}", persona="resident", type="fact", towns=("北海道森町",),
        scope=(), history=(), evidence=(Evidence("mori", QUOTE),), all_evidence=False, must=(("12回",),), must_not=(),
        abstain=False, reason=None, tags=(),
    )  # fmt: skip


def test_cases_added_at_once_are_all_kept(tmp_path: Path) -> None:
    """Each is added to what the one before left."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: add_case(a_case(number), tmp_path, CORPUS), range(24)))
    assert len(known_sets(tmp_path)["feedback"].read_bytes().splitlines()) == 24


def test_of_two_sets_of_one_name_one_is_kept(tmp_path: Path) -> None:
    """The others are told to take another name, also when all are sent at the same moment."""
    content = b"".join(CASES.dump_json(a_case(number), exclude_defaults=True) + b"\n" for number in range(100))
    together = Barrier(8)

    def send(_: int) -> str:
        together.wait()
        try:
            return keep_set("小さい.jsonl", content, tmp_path, CORPUS)[0]
        except FileRefusedError as error:
            return str(error)

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(send, range(8)))
    assert said.count("小さい") == 1
    assert sum("すでにあります" in one for one in said) == 7
