"""``plans.toml``: metadata that stands beside the plan files and overrides what is read from their text."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

PLAN_ID = re.compile(r"[a-z0-9-]+")


class PlansTomlError(ValueError):
    """``plans.toml`` cannot be used. The message is Japanese and names the line or the entry."""


def read_plans_toml(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the entries of ``folder/plans.toml`` by file name; empty when there is no such file.

    Raises:
        PlansTomlError: it is no TOML, or an entry is not what it has to be.
    """
    path = folder / "plans.toml"
    if not path.is_file():
        return {}
    return _entries(path, path.read_bytes())


@lru_cache(maxsize=4)  # it is asked for with every plan of its folder
def _entries(path: Path, content: bytes) -> dict[str, dict[str, Any]]:
    try:
        data = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PlansTomlError(f"{path} を読めません（{error}）。TOML の書き方を確かめてください。") from error
    entries: dict[str, dict[str, Any]] = {}
    tables = data.get("plans", [])
    for number, entry in enumerate(tables if isinstance(tables, list) else [tables], start=1):
        name = entry.get("file") if isinstance(entry, dict) else None
        if not isinstance(name, str) or name in entries:
            raise PlansTomlError(
                f"{path} の {number} 番目の [[plans]] に、重複しない file（ファイル名）を書いてください。"
            )
        if "plan_id" in entry and not PLAN_ID.fullmatch(str(entry["plan_id"])):
            raise PlansTomlError(
                f"{path} の {name}: plan_id は英小文字・数字・ハイフンで書いてください（{entry['plan_id']}）。"
            )
        if not isinstance(entry.get("contact", {}), dict):
            raise PlansTomlError(f"{path} の {name}: contact は [plans.contact] の表で書いてください。")
        entries[name] = entry
    return entries


def stated_date(value: object) -> date | None:
    """Return a date written as ``2024-06-01``, ``2024-06``, ``2024`` or as a TOML date; ``None`` for nothing.

    Raises:
        PlansTomlError: it is no date.

    >>> stated_date("2024-06"), stated_date("")
    (datetime.date(2024, 6, 1), None)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not value:
        return None
    parts = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", str(value))
    try:
        if parts is not None:
            return date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:  # a thirteenth month
        pass
    raise PlansTomlError(f"日付「{value}」を読めません。2024-06-01 または 2024-06 の形で書いてください。")
