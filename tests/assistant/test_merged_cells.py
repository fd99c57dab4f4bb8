"""What an answer says of a merged cell is quoted where it stands."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import Question
from assistant.assistant import Assistant
from index.build import build_index
from index.index import Index
from ingest.read_folder import read_plans

if TYPE_CHECKING:
    from index.embedder import Embedder

PLAN = """# 見本町子ども計画

# 1. 預かりの場

<table>
<tr><th>事業名</th><th>内容</th><th>担当課</th></tr>
<tr><td>一時預かり</td><td>週に5日預かります。</td><td rowspan="2">住民こども課</td></tr>
<tr><td>病児保育</td><td>診療所に部屋を設けます。</td></tr>
</table>
"""
METADATA = '[[plans]]\nfile = "plan.md"\nmunicipality = "見本町"\ncode = "990001"\n'


def test_a_merged_cell_is_quoted_from_the_row_that_holds_it(tmp_path: Path, embedder: Embedder, now: datetime) -> None:
    """The office of the second row stands in the first: it is stated for both, each time with its own place as proof."""
    (tmp_path / "plan.md").write_text(PLAN, "utf-8")
    (tmp_path / "plans.toml").write_text(METADATA, "utf-8")
    build_index(read_plans([tmp_path]).documents, tmp_path / "index", embedder=embedder)
    with Index.open(tmp_path / "index", embedder=embedder) as index:
        answer = Assistant(index, clock=lambda: now).answer(Question("見本町の病児保育の担当課はどこですか？"))
    assert "住民こども課" in answer.answer
    assert "住民こども課" in [citation.quote for citation in answer.citations]
    assert all(PLAN[c.start : c.end] == c.quote for c in answer.citations)
