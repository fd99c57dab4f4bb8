"""Measure what ingestion finds in the plans against the inventories that a person wrote (tests/ingest/inventory/README.md).

``python scripts/inventory.py [PLAN ...] [--details] [--check] [--folder DIR]`` prints, per plan and kind, how much of the inventory was
found (recall) and how much of what was found is in it (precision). ``--details`` names what is missing or wrong;
``--check`` only tests that the strings of the inventories stand on their lines.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from inventory_found import Entry, Score, plain
from inventory_scores import score

from ingest.read_folder import read_plans

ROOT = Path(__file__).resolve().parents[1]
INVENTORIES = ROOT / "tests" / "ingest" / "inventory"
PLANS = ROOT / "plans"


def load(name: str, folder: Path) -> Entry:
    """Return the inventory of a plan, every list present."""
    gold: Entry = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    return {"tables": [], "cards": [], **gold}


def strays(gold: Entry, text: str) -> Iterator[str]:
    """Yield what does not stand on its line of the plan's text: a string of an entry, or ``starts`` within six lines."""
    lines = text.split("\n")
    nested = [cell for table in gold["tables"] for cell in table["cells"] if not cell.get("merged")]
    nested += [entry for card in gold["cards"] for key in ("fields", "schedule") for entry in card[key]]
    flat = [entry for value in gold.values() if isinstance(value, list) for entry in value if isinstance(entry, dict)]
    for entry in flat + nested:
        for key in (
            "text",
            "quote",
            "word",
            "mark",
            "term",
            "first",
            "lead",
            "caption",
            "source",
            "remark",
            "value",
            "title",
        ):
            at = entry.get(f"{key}_line", entry.get("line"))
            if at and entry.get(key, "") not in lines[at - 1]:
                yield f"{at} {key}: {entry[key]}"
        at = entry.get("line", 0)
        if plain(entry.get("starts", "")) not in plain("".join(lines[at - 1 : at + 5])):
            yield f"{at} starts: {entry['starts']}"


def main() -> int:
    """Print the table; return 1 when ``--check`` found a string out of place."""
    parser = argparse.ArgumentParser(description="Measure ingestion against the inventories.")
    parser.add_argument("plans", nargs="*", help="names of inventories; all without")
    parser.add_argument("--details", action="store_true", help="name what is missing or wrong")
    parser.add_argument("--check", action="store_true", help="only check the inventories against the texts")
    parser.add_argument("--folder", type=Path, help="other plans with their inventories: NAME.txt beside NAME.toml")
    options = parser.parse_args()
    texts, inventories = (options.folder, options.folder) if options.folder else (PLANS, INVENTORIES)
    names = options.plans or sorted(path.stem for path in inventories.glob("*.toml") if path.stem != "plans")
    if options.check:
        found = [
            f"{n}: {s}"
            for n in names
            for s in strays(load(n, inventories), (texts / f"{n}.txt").read_text(encoding="utf-8"))
        ]
        print("\n".join(found) or "every string stands on its line")
        return int(bool(found))
    documents = {
        document.plan.plan_id: document for document in read_plans([texts / f"{n}.txt" for n in names]).documents
    }
    print(f"{'plan':<10}{'kind':<24}{'recall':>15}  {'precision':>15}")
    for name in names:
        _print_plan(name, score(load(name, inventories), documents[name]), details=options.details)
    return 0


def _print_plan(name: str, scores: dict[str, Score], *, details: bool) -> None:
    for kind, one in scores.items():
        if one.expected or one.answered:
            print(f"{name:<10}{kind:<24}{one.line()}")
            for sign, words in (("-", one.missed), ("!", one.wrong)):
                for word in words if details else ():
                    print(f"{'':<12}{sign} {word}")


if __name__ == "__main__":
    sys.exit(main())
