"""A small town's invented plan, and an index of it, for tests that change an index."""

from __future__ import annotations

from pathlib import Path

from index.embedder import Embedder

TOKEN = "kagi-0123456789abcdef"

PLAN = """# {town}DX推進計画

令和5年3月 {town}

## 第1章 計画の期間

計画期間は、令和5年度から令和9年度までの5年間とする。

## 第2章 取組

スマートフォン教室を年{times}回開催する。

| 取組 | 担当 |
|---|---|
| オンライン申請の拡大 | 企画課 |
"""


def write_plan(path: Path, town: str, times: int = 12) -> Path:
    """Write a small plan of ``town`` and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PLAN.format(town=town, times=times), encoding="utf-8")
    return path


def build_small_index(folder: Path, embedder: Embedder, *towns: tuple[str, str]) -> Path:
    """Build an index of a small plan for each ``(file name, town)`` under ``folder`` and return the index's folder."""
    from ui.refresh import refresh_index

    paths = [write_plan(folder / "plans" / name, town) for name, town in towns]
    refresh_index(paths, folder / "index", embedder=embedder)
    return folder / "index"
