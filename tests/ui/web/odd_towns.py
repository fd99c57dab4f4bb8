"""Plans of invented towns: one whose every word tries to be markup, one with more measures than are shown at once."""

from __future__ import annotations

from pathlib import Path

SCRIPT = "<script>document.title='x'</script><img src=x onerror=\"document.title='x'\">"
OVERRIDE = "\u202eさかさま\u202c"

_TABLE = """# 第1章 計画の期間

計画の期間は、令和7年度から令和{last}年度までとします。

# 第3章 実施項目

次の項目に取り組みます。（凡例　○：検討　●：実施　→：継続）

方針\tNo.\t実施項目\t担当課\tR7\tR8\tR9
"""

_HOSTILE = (
    ("=SUM(A1:A9) 電子決裁の展開", f"総務課{SCRIPT}", "○", "●", "→"),
    (f"公民館の予約{SCRIPT}のオンライン化", "財政課", "", "●", ""),
    (f"[給食費](javascript:alert(1))の無償化{OVERRIDE} {{{{7*7}}}}${{7*7}}", "教育委員会", "●", "", ""),
)

TOWNS = """[[plans]]
file = "hostile.txt"
plan_id = "hostile"
municipality = "甲野町"
reading = "こうのちょう"
code = "990001"
prefecture = "東京都"
title = "甲野町<b>こども</b>計画"
valid_from = "2025-04-01"
valid_to = "2028-03-31"

[[plans]]
file = "long.txt"
plan_id = "long"
municipality = "乙野町"
reading = "おつのちょう"
code = "990002"
prefecture = "東京都"
title = "乙野町総合計画"
"""


def write_plans(folder: Path) -> Path:
    """Write the plan files and their metadata into ``folder`` and return it."""
    hostile = [("ア", str(n), *cells) for n, cells in enumerate(_HOSTILE, 1)]
    roads = [("イ", str(n), f"道路第{n}区間の整備", "建設課", "●", "", "") for n in range(1, 61)]
    for name, last, rows in (("hostile", 9, hostile), ("long", 12, roads)):
        lines = "\n".join("\t".join(row) for row in rows)
        (folder / f"{name}.txt").write_text(f"{_TABLE.format(last=last)}{lines}\n", encoding="utf-8")
    (folder / "plans.toml").write_text(TOWNS, encoding="utf-8")
    return folder
