"""Prints whether a pinned package has a known vulnerability; fails where one has, and says plainly what could not be asked.

    python scripts/audit.py PIP_AUDIT [LOCK ...]

``PIP_AUDIT`` is the pip-audit command. It asks the package index for advisories, which is the only use of the network
beside the installation itself. An index that holds packages alone (a mirror, or none at all) leaves the packages
unaudited: that is said and is no failure, since it tells nothing about them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Audit:
    """What was found: packages asked about, packages nobody could tell of, and ``package version: advisory`` of the rest."""

    asked: int = 0
    untold: int = 0
    vulnerable: list[str] = field(default_factory=list)


def main(command: str, locks: Iterable[str]) -> int:
    """Audit the locks; return the exit code."""
    found = Audit()
    for lock in locks:
        done = subprocess.run(
            [
                command,
                "--requirement",
                lock,
                "--no-deps",
                "--disable-pip",
                "--progress-spinner",
                "off",
                "--format",
                "json",
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if not done.stdout.strip():  # pip-audit's exit code is 1 for a vulnerability as for a failure of its own
            print(f"{lock}: not audited: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
            continue
        read(json.loads(done.stdout), found)
    for line in found.vulnerable:
        print(line, file=sys.stderr)
    print(f"audit: {found.asked} packages asked about, {len(found.vulnerable)} vulnerable, {found.untold} untold")
    if not found.asked:
        print("NOT AUDITED: the package index tells of no advisories. Run `make audit` where pypi.org can be reached.")
    return 1 if found.vulnerable else 0


def read(report: dict[str, Any], into: Audit) -> None:
    """Add what pip-audit's report says.

    >>> found = Audit()
    >>> read({"dependencies": [{"name": "a", "skip_reason": "not found"},
    ...                        {"name": "b", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}]}, found)
    >>> found
    Audit(asked=1, untold=1, vulnerable=['b 1: PYSEC-1, mended in 2'])
    """
    for package in report["dependencies"]:
        if "skip_reason" in package:
            into.untold += 1
            continue
        into.asked += 1
        for advisory in package["vulns"]:
            mended = ", ".join(advisory["fix_versions"]) or "no version yet"
            into.vulnerable.append(f"{package['name']} {package['version']}: {advisory['id']}, mended in {mended}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
