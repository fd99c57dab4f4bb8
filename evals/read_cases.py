"""Question sets from files: JSON Lines, or CSV as spreadsheet programs save it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue, ValidationError

from evals.case import CASES, Case
from evals.csv_cells import CSV_COLUMNS, row_to_json
from evals.problems import CasesError, Problem

# What pydantic finds, in words that say what to do; the first that fits.
_MESSAGES: tuple[tuple[str, str], ...] = (
    ("missing", "この項目がありません。加えてください。"),
    ("unexpected", "この項目は形式にありません。名前を確かめるか、消してください。"),
    ("literal_error", "使える値ではありません。使える値: {expected}"),
    ("enum", "使える値ではありません。使える値: {expected}"),
    ("bool", "true か false にしてください。"),
    ("string", "文字列にしてください。"),
    ("tuple", "配列にしてください。"),
)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A question set and where it stands: each case with the line it begins on (1 is the first)."""

    path: Path
    rows: tuple[tuple[int, Case], ...]

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases in the order of the file."""
        return tuple(case for _, case in self.rows)


def read_case_file(path: Path) -> CaseFile:
    """Return the cases of a ``.jsonl`` or ``.csv`` file.

    Raises:
        CasesError: the file cannot be read, or lines of it are no cases; every fault is named.
    """
    try:
        text = _decode(path.read_bytes())
    except OSError as error:
        raise CasesError([Problem(path, 1, "", f"ファイルを読めません（{error.strerror}）。")]) from error
    except UnicodeDecodeError as error:
        message = "文字コードが UTF-8 でも Shift_JIS でもありません。UTF-8 で保存し直してください。"
        raise CasesError([Problem(path, 1, "", message)]) from error
    rows: list[tuple[int, Case]] = []
    problems: list[Problem] = []
    for line, value in _csv_rows(path, text) if path.suffix.lower() == ".csv" else _json_lines(text):
        if isinstance(value, str):
            problems.append(Problem(path, line, "", value))
            continue
        try:
            rows.append((line, CASES.validate_python(value)))
        except ValidationError as error:
            problems += _problems(path, line, error)
    if not rows and not problems:
        problems.append(Problem(path, 1, "", "質問が1件もありません。"))
    if problems:
        raise CasesError(problems)
    return CaseFile(path, tuple(rows))


def read_cases(paths: Sequence[Path]) -> tuple[Case, ...]:
    """Return the cases of several files in order. Raises ``CasesError`` as ``read_case_files`` does."""
    return tuple(case for file in read_case_files(paths) for case in file.cases)


def read_case_files(paths: Sequence[Path]) -> list[CaseFile]:
    """Return several files in order. Raises ``CasesError`` with the faults of all of them, repeated ids too."""
    files, problems = readable_files(paths)
    if problems:
        raise CasesError(problems)
    return files


def readable_files(paths: Sequence[Path]) -> tuple[list[CaseFile], list[Problem]]:
    """Return the files that can be read, and the faults of the others and of their ids together."""
    files: list[CaseFile] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            files.append(read_case_file(path))
        except CasesError as error:
            problems += error.problems
    return files, problems + _repeated_ids(files)


def _repeated_ids(files: Sequence[CaseFile]) -> list[Problem]:
    """Return a problem for every case whose id an earlier one has, in whichever file."""
    seen: dict[str, str] = {}
    problems = []
    for file in files:
        for line, case in file.rows:
            if case.id in seen:
                problems.append(Problem(file.path, line, "id", f"id「{case.id}」は {seen[case.id]} にもあります。"))
            else:
                seen[case.id] = f"{file.path}:{line}"
    return problems


def _decode(data: bytes) -> str:
    """Return the text of a file; Japanese spreadsheet programs save CSV as Shift_JIS unless told otherwise."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, which Shift_JIS reads as other letters
        return data.decode("utf-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp932")


def _json_lines(text: str) -> Iterator[tuple[int, dict[str, JsonValue] | str]]:
    """Yield each line's object, or the sentence that says what is wrong with the line."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            place = f"{error.colno}文字目の近く"
            yield number, f"JSON として読めません（{place}）。引用符・かっこ・コンマを確かめてください。"
            continue
        except ValueError:  # a number of thousands of digits
            yield number, "JSON として読めません（数が長すぎます）。数を短くしてください。"
            continue
        yield number, value if isinstance(value, dict) else "1行に1つの JSON オブジェクトを書いてください。"


def _csv_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, JsonValue] | str]]:
    """Yield each row as the object that its JSON line would be, with the line on which the row begins."""
    reader = csv.reader(io.StringIO(text, newline=""))
    names: list[str] = []
    begins = 1
    try:
        for cells in reader:
            row = dict(zip(names, cells, strict=False))
            if not names:
                names = _headings(path, begins, cells)
            elif len(cells) > len(names):
                yield begins, "列が見出しより多くあります。"
            elif any(cell.strip() for cell in cells):
                yield begins, row_to_json(dict.fromkeys(names, "") | row)
            begins = reader.line_num + 1
    except csv.Error as error:
        yield begins, f'CSV として読めません（{error}）。引用符（"）が閉じているかを確かめてください。'


def _headings(path: Path, line: int, cells: list[str]) -> list[str]:
    """Return the headings of a table, nothing for an empty line above it."""
    if unknown := [name for name in cells if name not in CSV_COLUMNS]:
        message = f"見出し「{'、'.join(unknown)}」は形式にありません。使える見出し: {'、'.join(CSV_COLUMNS)}"
        raise CasesError([Problem(path, line, "", message)])
    if repeated := [name for name in dict.fromkeys(cells) if cells.count(name) > 1]:
        raise CasesError([Problem(path, line, "", f"見出し「{'、'.join(repeated)}」が2つ以上あります。")])
    return cells


def _problems(path: Path, line: int, error: ValidationError) -> Iterator[Problem]:
    for fault in error.errors(include_url=False):
        place = ".".join(str(part) for part in fault["loc"])
        expected = str(fault.get("ctx", {}).get("expected", ""))
        yield Problem(path, line, place, _message(fault["type"], expected))


def _message(kind: str, expected: str) -> str:
    sentence = next((words for name, words in _MESSAGES if kind.startswith(name)), "値が正しくありません。")
    return sentence.format(expected=expected.replace(" or ", ", "))
