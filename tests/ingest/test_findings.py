"""What reading found, in numbers, and what a person should check."""

from __future__ import annotations

from pathlib import Path

from ingest.document import Document
from ingest.findings import count
from ingest.read_folder import read_plans

TEXT = """見本町DX推進計画

令和5年3月

第1章 総論

1.目的

窓口を改善します。なお、毎年見直します。

・予約の受付
・書かない窓口

2.業務量

課\t事務数
総務課\t12
会計課\t5

※1 RPA：定型の作業を自動で行う仕組み
"""
ENTRY = '[[plans]]\nfile = "plan.txt"\nmunicipality = "見本町"\ncode = "990001"\n'


def test_everything_found_is_counted(tmp_path: Path) -> None:
    """Sections, paragraphs, lists, tables with their rows, definitions."""
    (tmp_path / "plan.txt").write_text(TEXT, "utf-8")
    (tmp_path / "plans.toml").write_text(ENTRY, "utf-8")
    [document] = read_plans([tmp_path]).documents
    found = count(document)
    assert (found.sections, found.lists, found.tables, found.rows) == (3, 1, 1, 2)
    assert (found.definitions, found.cards) == (1, 0)
    assert found.paragraphs == 3  # the two lines of the cover and the one of 1.目的


def test_a_contradiction_between_text_and_metadata_is_told(tmp_path: Path) -> None:
    """plans.toml wins, and a sentence says what the text states; agreement is no doubt."""
    (tmp_path / "plan.txt").write_text(TEXT, "utf-8")
    (tmp_path / "plans.toml").write_text(ENTRY + 'established = "2023-03"\nvalid_to = "2028-03-31"\n', "utf-8")
    [document] = read_plans([tmp_path]).documents
    assert document.doubts == ()
    (tmp_path / "plans.toml").write_text(ENTRY + 'title = "見本町ＤＸ推進計画"\nvalid_to = "2028-03-31"\n', "utf-8")
    [document] = read_plans([tmp_path]).documents
    assert document.doubts == ()  # width alone is no difference
    (tmp_path / "plans.toml").write_text(ENTRY + 'established = "2024-03"\nvalid_to = "2028-03-31"\n', "utf-8")
    [document] = read_plans([tmp_path]).documents
    [doubt] = document.doubts
    assert "2024-03-01" in doubt
    assert "2023-03-01" in doubt
    assert document.plan.established is not None
    assert document.plan.established.year == 2024


def test_what_was_not_found_is_told(tmp_path: Path) -> None:
    """A plan without a stated period can never be marked as ended; one without headings has no paths."""
    (tmp_path / "plan.txt").write_text("見本町DX推進計画\n\n窓口を改善します。\n", "utf-8")
    (tmp_path / "plans.toml").write_text(ENTRY, "utf-8")
    [document] = read_plans([tmp_path]).documents
    assert [doubt[:9] for doubt in document.doubts] == ["計画期間の終わりが", "見出しが見つかりま"]


def read(folder: Path, text: str, entry: str = ENTRY) -> Document:
    """Return the plan with the given text and ``plans.toml``."""
    (folder / "plan.txt").write_text(text, "utf-8")
    (folder / "plans.toml").write_text(entry, "utf-8")
    [document] = read_plans([folder]).documents
    return document


def test_a_contradiction_names_line_and_words(tmp_path: Path) -> None:
    """What the text states is told with its place; the overridden field has no evidence, the others keep theirs."""
    document = read(tmp_path, TEXT, ENTRY + 'established = "2024-03"\nvalid_to = "2028-03-31"\n')
    assert document.doubts == (
        "策定は plans.toml の「2024-03-01」を使います。本文からは「2023-03-01」と読み取れます（3行目「令和5年3月」）。",
    )
    assert [evidence.field for evidence in document.plan.evidence] == ["title"]


def test_a_text_that_contradicts_itself_is_told(tmp_path: Path) -> None:
    """Both places are quoted with the one that is used; plans.toml can settle it."""
    text = TEXT.replace("令和5年3月\n", "令和5年3月\n\n令和5年度～令和9年度\n").replace(
        "窓口を改善します。", "本計画の期間は、令和5年度から令和8年度までとします。"
    )
    assert read(tmp_path, text).doubts == (
        (
            "計画期間の書き方が本文の中で異なります。11行目「本計画の期間は、令和5年度から令和8年度までとします。」を使います。"
            "5行目「令和5年度～令和9年度」も確かめてください。"
        ),
    )
    assert read(tmp_path, text, ENTRY + 'valid_to = "2027-03-31"\n').doubts == ()


def test_a_length_that_does_not_fit_its_years_is_told(tmp_path: Path) -> None:
    """The years are used."""
    text = TEXT.replace("窓口を改善します。", "計画期間は、令和5年度から令和8年度までの5年間とします。")
    [doubt] = read(tmp_path, text).doubts
    assert doubt.startswith("計画期間の年数が、始まりと終わりの年に合いません（9行目「計画期間は、")


def test_a_name_of_several_prefectures_needs_its_code(tmp_path: Path) -> None:
    """The file is refused with a sentence that says what to write."""
    (tmp_path / "plan.txt").write_text("府中市DX計画\n\n1. 目的\n\n市民のために進めます。\n", "utf-8")
    [refusal] = read_plans([tmp_path]).refused
    assert refusal.reason == "府中市 の自治体コード（6桁）が分かりません。plans.toml に code を書いてください。"
