"""Files become plans, or are refused with a reason that says what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.plans_toml import PlansTomlError, stated_date
from ingest.read_folder import plan_files, read_plans

TEXT = "東川町DX推進計画\n\n令和5年3月\n\n1. 目的\n\n計画を進めます。\n"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "ファイルが空です"),
        ("blank.txt", " 　\r\n\f\n".encode(), "ファイルが空です"),
        ("binary.txt", b"\x00\x01plan", "文字コードを判別できません"),
        ("control.txt", "計画\x07を進めます。東川町".encode(), "文字ではないデータ"),
        ("sheet.xlsx", b"PK", "この形式（.xlsx）は読めません"),
        ("noname", TEXT.encode(), "この形式（拡張子なし）は読めません"),
        ("whose.txt", "DX推進計画\n\n計画を進めます。".encode(), "どの自治体の計画か"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    """The reason is Japanese and names what is wrong; the other files are read."""
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(TEXT)
    reading = read_plans([tmp_path])
    assert [document.plan.plan_id for document in reading.documents] == ["good"]
    ((path, text),) = [(refusal.path, refusal.reason) for refusal in reading.refused]
    assert path == tmp_path / name
    assert reason in text
    assert text.endswith("。")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16"])
def test_a_text_may_be_in_any_encoding_of_japanese_offices(tmp_path: Path, encoding: str) -> None:
    """The stored text is the same, whatever the file was saved as."""
    (tmp_path / "plan.txt").write_bytes(TEXT.encode(encoding))
    reading = read_plans([tmp_path])
    assert [document.text for document in reading.documents] == [TEXT]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A folder's link to a file elsewhere is not followed; a link inside the folder, and a file named itself, are."""
    outside, folder = tmp_path / "outside.txt", tmp_path / "plans"
    folder.mkdir()
    outside.write_text(TEXT, "utf-8")
    (folder / "link.txt").symlink_to(outside)
    reading = read_plans([folder])
    assert [refusal.reason[:12] for refusal in reading.refused] == ["フォルダーの外へのリンク"]
    assert reading.documents == ()


def test_a_second_plan_with_the_same_id_is_refused(tmp_path: Path) -> None:
    """Of two files with one plan id the first stays and the second is refused."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.txt").write_text(TEXT)
    reading = read_plans([tmp_path / "a", tmp_path / "b"])
    assert len(reading.documents) == 1
    assert [refusal.path.parent.name for refusal in reading.refused] == ["b"]
    assert "plan_id「plan」" in reading.refused[0].reason


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    """A file and its folder given together are one plan."""
    (tmp_path / "plan.md").write_text(TEXT)
    assert len(read_plans([tmp_path, tmp_path / "plan.md"]).documents) == 1


def test_a_path_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    """The error names the path in Japanese."""
    with pytest.raises(FileNotFoundError, match=r"どこにもない.*がありません"):
        read_plans([tmp_path / "どこにもない"])


def test_a_folder_stands_for_its_plan_files(tmp_path: Path) -> None:
    """plans.toml, hidden files and deeper folders are no plans; the order is that of the names."""
    (tmp_path / "deep").mkdir()
    for name in ("b.txt", "a.txt", "plans.toml", ".hidden", "deep/c.txt"):
        (tmp_path / name).write_text("")
    assert [path.name for path in plan_files(tmp_path)] == ["a.txt", "b.txt"]
    assert plan_files(tmp_path / "b.txt") == [tmp_path / "b.txt"]


def test_bytes_are_kept_but_for_a_byte_order_mark(tmp_path: Path) -> None:
    """Windows newlines and form feeds stay in the text; a byte order mark is no part of it."""
    (tmp_path / "plan.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode() + b"\f")
    (document,) = read_plans([tmp_path]).documents
    assert document.text == TEXT.replace("\n", "\r\n") + "\f"
    assert document.plan.title == "東川町DX推進計画"


@pytest.mark.parametrize(
    ("name", "plan_id"),
    [("plan.txt", "plan"), ("DX_Plan 2024.txt", "dx-plan-2024"), ("plan.v2.md", "plan-v2")],
)
def test_an_ascii_name_makes_the_plan_id(tmp_path: Path, name: str, plan_id: str) -> None:
    """A file's ASCII name becomes its plan id, in small letters, digits and hyphens."""
    (tmp_path / name).write_text(TEXT)
    assert read_plans([tmp_path]).documents[0].plan.plan_id == plan_id


def test_a_japanese_name_makes_an_id_of_the_code(tmp_path: Path) -> None:
    """Without an ASCII name the id is the municipality's code and a digest, the same at every reading."""
    (tmp_path / "推進計画.txt").write_text(TEXT)
    ids = {read_plans([tmp_path]).documents[0].plan.plan_id for _ in range(2)}
    assert len(ids) == 1
    assert ids.pop().startswith("014583-")


def test_the_table_beside_a_plan_overrides_its_text(tmp_path: Path) -> None:
    """plans.toml decides over what the text states; an empty date says that there is none."""
    (tmp_path / "plan.txt").write_text(TEXT)
    (tmp_path / "plans.toml").write_text(
        '[[plans]]\nfile = "plan.txt"\nplan_id = "mihon"\ntitle = "見本計画"\nestablished = ""\nrevised = "2024-06"\n'
        'valid_from = 2023-04-01\nvalid_to = "2028-03-31"\n[plans.contact]\noffice = "企画課"\n'
    )
    (document,) = read_plans([tmp_path]).documents
    plan = document.plan
    assert (plan.plan_id, plan.title, plan.municipality_code) == ("mihon", "見本計画", "014583")
    assert (plan.established, plan.revised) == (None, date(2024, 6, 1))
    assert (plan.valid_from, plan.valid_to) == (date(2023, 4, 1), date(2028, 3, 31))
    assert (plan.contact.office, plan.contact.phone) == ("企画課", "")


def test_a_code_decides_between_towns_of_one_name(tmp_path: Path) -> None:
    """Prefecture and reading follow the code that plans.toml gives."""
    (tmp_path / "plan.txt").write_text("府中市DX計画\n\n東京都の方針を踏まえます。")
    (tmp_path / "plans.toml").write_text('[[plans]]\nfile = "plan.txt"\ncode = "342084"\n')
    (document,) = read_plans([tmp_path]).documents
    assert (document.plan.municipality_code, document.plan.prefecture) == ("342084", "広島県")


def test_a_town_named_in_the_table_is_looked_up(tmp_path: Path) -> None:
    """A known municipality needs no code beside its name; an unknown one does."""
    (tmp_path / "plan.txt").write_text("DX推進計画\n\n計画を進めます。")
    table = tmp_path / "plans.toml"
    table.write_text('[[plans]]\nfile = "plan.txt"\nmunicipality = "東川町"\n')
    assert read_plans([tmp_path]).documents[0].plan.municipality_code == "014583"
    table.write_text('[[plans]]\nfile = "plan.txt"\nmunicipality = "見本町"\n')
    assert "自治体コード（6桁）が分かりません" in read_plans([tmp_path]).refused[0].reason
    table.write_text('[[plans]]\nfile = "plan.txt"\nmunicipality = "見本町"\ncode = "999999"\n')
    assert read_plans([tmp_path]).documents[0].plan.municipality == "見本町"


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("[[plans]\n", "TOML の書き方"),
        ('[[plans]]\ntitle = "計画"\n', "1 番目の [[plans]]"),
        ('[[plans]]\nfile = "plan.txt"\n[[plans]]\nfile = "plan.txt"\n', "2 番目の [[plans]]"),
        ('plans = "plan.txt"\n', "1 番目の [[plans]]"),
        ("[plans]\nfile = 3\n", "1 番目の [[plans]]"),
        ('[[plans]]\nfile = "plan.txt"\nplan_id = "計画"\n', "plan_id は英小文字"),
        ('[[plans]]\nfile = "plan.txt"\nestablished = "令和6年"\n', "日付「令和6年」"),
        ('[[plans]]\nfile = "plan.txt"\nestablished = "2024-13"\n', "日付「2024-13」"),
        ('[[plans]]\nfile = "plan.txt"\ncode = "12"\n', "自治体コード（6桁）"),
        ('[[plans]]\nfile = "plan.txt"\ncontact = "企画課"\n', "contact"),
    ],
)
def test_a_broken_table_is_explained(tmp_path: Path, table: str, reason: str) -> None:
    """What is wrong in plans.toml is a reason in Japanese for the files beside it, never a crash."""
    (tmp_path / "plan.txt").write_text(TEXT)
    (tmp_path / "plans.toml").write_text(table)
    reading = read_plans([tmp_path])
    assert reading.documents == ()
    assert reason in reading.refused[0].reason


def test_a_date_and_time_is_a_date() -> None:
    """A TOML date with a time stands for its day; a word is an error."""
    import tomllib

    value = tomllib.loads("day = 2024-06-01T09:00:00")["day"]
    assert type(stated_date(value)) is date
    with pytest.raises(PlansTomlError):
        stated_date("六月")
