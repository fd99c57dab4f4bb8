"""What reading found, in numbers, and what a person should check."""

from __future__ import annotations

from pathlib import Path

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
