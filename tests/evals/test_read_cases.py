"""Question sets in and out of files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from assistant.answer import Turn
from evals.case import CASES, Case, Evidence
from evals.csv_cells import CSV_COLUMNS
from evals.problems import CasesError
from evals.read_cases import read_case_file, read_cases
from evals.write_cases import write_cases
from tests.evals.making import PERIOD, a_case, unanswerable

SMALL = (
    a_case(question="いつから？\nいつまで？", tags=("period", "noise"), origin="c-0"),
    unanswerable(id="c-2", history=(Turn("user", "一行目\n二行目: 続き"), Turn("assistant", "はい")), type="followup"),
    a_case(id="c-3", evidence=(Evidence("aoba", '比: 率は、「3,5」"倍"'), Evidence("wakaba", "- ・印"))),
)


def problems(path: Path) -> list[str]:
    """Return what is wrong with a file, without its folder."""
    with pytest.raises(CasesError) as caught:
        read_case_file(path)
    return [str(problem).removeprefix(f"{path.parent}/") for problem in caught.value.problems]


def line(case: Case = SMALL[0], **changes: object) -> str:
    """Return a case's JSON line with some fields changed."""
    return json.dumps({**json.loads(CASES.dump_json(case)), **changes}, ensure_ascii=False)


def table(*rows: dict[str, str]) -> str:
    """Return rows as CSV."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, CSV_COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("ending", [".jsonl", ".csv"])
def test_what_is_written_is_read_back(tmp_path: Path, dev_cases: tuple[Case, ...], ending: str) -> None:
    """Every shipped question and some awkward ones come back equal, field by field."""
    path = tmp_path / f"set{ending}"
    write_cases((*dev_cases, *SMALL), path)
    assert read_cases([path]) == (*dev_cases, *SMALL)
    assert list(tmp_path.iterdir()) == [path]


def test_a_spreadsheet_in_shift_jis_is_read(tmp_path: Path) -> None:
    """The same cases, in the encoding that Japanese spreadsheet programs save, with Windows line ends."""
    path = tmp_path / "set.csv"
    write_cases(SMALL, path)
    path.write_bytes(path.read_text("utf-8-sig").encode("cp932"))
    assert read_cases([path]) == SMALL


@pytest.mark.parametrize("ending", [".jsonl", ".csv"])
def test_a_byte_order_mark_is_no_part_of_the_first_field(tmp_path: Path, ending: str) -> None:
    """CSV is written with one, and either format is read with one."""
    path = tmp_path / f"set{ending}"
    write_cases(SMALL, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") == (ending == ".csv")
    path.write_text("\ufeff" + path.read_text("utf-8-sig"), "utf-8")
    assert read_cases([path]) == SMALL


def test_a_row_is_known_by_the_line_it_begins_on(tmp_path: Path) -> None:
    """Line breaks inside cells and empty rows count as the lines they are."""
    write_cases(SMALL, path := tmp_path / "set.csv")
    rows = path.read_text("utf-8").split("\r\n")
    path.write_text("\r\n".join([*rows[:2], "", ",,,", *rows[2:]]), "utf-8", newline="")
    begins = [number for number, _ in read_case_file(path).rows]
    lines = path.read_text("utf-8").replace("\r\n", "\n").split("\n")
    assert [lines[number - 1].split(",")[0] for number in begins] == ["c-1", "c-2", "c-3"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (line(persona="mayor"), "persona: 使える値ではありません。使える値: 'resident', 'staff', 'evaluator'"),
        (
            line(reason="no idea"),
            "reason: 使える値ではありません。使える値: 'not_in_plans', 'municipality_not_covered'",
        ),
        (line(abstain="たぶん"), "abstain: true か false にしてください。"),
        (line(question=7), "question: 文字列にしてください。"),
        (line(towns="青葉町"), "towns: 配列にしてください。"),
        (line(must=["令和5年度"]), "must.0: 配列にしてください。"),
        (line(must_nott=[]), "must_nott: この項目は形式にありません。"),
        (line(evidence=[{"plan": "aoba"}]), "evidence.0.quote: この項目がありません。"),
        (line(history=[{"role": "system", "content": "x"}]), "history.0.role: 使える値ではありません。"),
        ("{}", "id: この項目がありません。加えてください。"),
        ('{"id": ', "JSON として読めません"),
        ('["c-1"]', "1行に1つの JSON オブジェクトを書いてください。"),
    ],
)
def test_a_fault_is_told_with_its_line_and_field(tmp_path: Path, wrong: str, told: str) -> None:
    """``file:line: field: sentence``, in Japanese."""
    path = tmp_path / "set.jsonl"
    path.write_text(f"{line()}\n\n{wrong}\n", "utf-8")
    assert problems(path)[0].startswith(f"set.jsonl:3: {told}")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Several in a line, in several lines, in several files: nobody has to run it five times."""
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_text(f"{line(persona='x', type='y')}\n{line()}\nnull\n", "utf-8")
    second.write_text(f"{line(abstain=None)}\n", "utf-8")
    with pytest.raises(CasesError) as caught:
        read_cases([first, second, tmp_path / "none.jsonl"])
    places = [(problem.file.name, problem.line, problem.field) for problem in caught.value.problems]
    assert places == [
        ("a.jsonl", 1, "persona"),
        ("a.jsonl", 1, "type"),
        ("a.jsonl", 3, ""),
        ("b.jsonl", 1, "abstain"),
        ("none.jsonl", 1, ""),
    ]


def test_an_id_stands_once_in_all_files(tmp_path: Path) -> None:
    """A second case of the same id is told with the place of the first; so is a file that is given twice."""
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_text(f"{line()}\n", "utf-8")
    second.write_text(f"{line(SMALL[1])}\n{line()}\n", "utf-8")
    with pytest.raises(CasesError) as caught:
        read_cases([first, second])
    assert [str(problem) for problem in caught.value.problems] == [
        f"{second}:2: id: id「c-1」は {first}:1 にもあります。"
    ]
    with pytest.raises(CasesError, match=r"a\.jsonl:1: id: "):
        read_cases([first, first])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "質問が1件もありません。"),
        ("\ufeff\r\n\r\n".encode(), "質問が1件もありません。"),
        ("質問".encode("utf-16"), "文字コードが UTF-8 でも Shift_JIS でもありません。"),
        (None, "ファイルを読めません"),
    ],
)
@pytest.mark.parametrize("ending", [".jsonl", ".csv"])
def test_a_file_that_is_no_question_set_is_told(tmp_path: Path, content: bytes | None, told: str, ending: str) -> None:
    """Empty, in a foreign encoding, or not there."""
    path = tmp_path / f"set{ending}"
    if content is not None:
        path.write_bytes(content)
    (problem,) = problems(path)
    assert problem.startswith(f"set{ending}:1: {told}")


def test_a_table_with_wrong_columns_is_told(tmp_path: Path) -> None:
    """A heading that is none, one that stands twice, a row with too many cells, and a quotation mark that is never closed."""
    path = tmp_path / "set.csv"
    path.write_text("id,qestion\n1,2\n", "utf-8")
    assert problems(path)[0].startswith("set.csv:1: 見出し「qestion」は形式にありません。使える見出し: id、question")
    path.write_text("id,question,question\n1,2,3\n", "utf-8")
    assert problems(path)[0].startswith("set.csv:1: 見出し「question」が2つ以上あります。")
    path.write_text(table() + "1" + "," * len(CSV_COLUMNS) + "x\n", "utf-8")
    assert problems(path) == ["set.csv:2: 列が見出しより多くあります。"]
    path.write_text(table() + '"c-1,' + "あ" * 200_000, "utf-8")
    assert problems(path)[0].startswith("set.csv:2: CSV として読めません")


def test_a_faulty_row_is_told_like_a_faulty_line(tmp_path: Path) -> None:
    """The line on which its row begins, the field, the sentence."""
    write_cases(SMALL[:2], path := tmp_path / "set.csv")
    row = dict.fromkeys(CSV_COLUMNS, "") | {"id": "c-9", "question": "?", "type": "fact", "abstain": "maybe"}
    rows = table(row | {"history": f"user {PERIOD}"}).split("\r\n", 1)[1]
    path.write_text(path.read_text("utf-8").replace("\r\n", "\n") + rows, "utf-8")
    begins = path.read_text("utf-8").split("\n").index(rows.split("\r")[0]) + 1
    told = [problem.split(": 使")[0] for problem in problems(path)]
    assert [text.split(": ")[:2] for text in told] == [
        [f"set.csv:{begins}", "persona"],
        [f"set.csv:{begins}", "history.0.role"],
        [f"set.csv:{begins}", "abstain"],
    ]


def test_an_alternative_that_csv_cannot_hold_is_refused(tmp_path: Path) -> None:
    """The mark between alternatives cannot stand in one; nothing is written then."""
    with pytest.raises(ValueError, match="c-1"):
        write_cases([a_case(must=(("A | B",),))], tmp_path / "set.csv")
    assert list(tmp_path.iterdir()) == []
