"""Installs what the installed torch requires and the environment lacks.

The lock is made for the CPU build of torch. On other Linux machines the same version may be a CUDA build, whose
packages the lock leaves out on purpose (several gigabytes); this installs exactly those.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement


def missing(requirements: list[str], installed: dict[str, str]) -> list[str]:
    """Return the requirements that apply here and that no installed version satisfies, markers removed.

    >>> missing(["filelock", 'nvidia-cublas==13.1; platform_system != "none"', 'x; extra == "y"'], {"filelock": "4.2"})
    ['nvidia-cublas==13.1']
    """
    found = []
    for text in requirements:
        requirement = Requirement(text)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        have = installed.get(requirement.name)
        if have is None or not requirement.specifier.contains(have, prereleases=True):
            requirement.marker = None
            found.append(str(requirement))
    return found


def installed_versions(requirements: list[str]) -> dict[str, str]:
    """Return the installed version of every package that the requirements name; what is not installed is left out."""
    versions = {}
    for name in {Requirement(text).name for text in requirements}:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return versions


def main() -> int:
    """Install what is missing, held to the lock; return the exit code."""
    requirements = requires("torch") or []
    wanted = missing(requirements, installed_versions(requirements))
    if not wanted:
        return 0
    print(f"torch {version('torch')} requires {len(wanted)} more packages: {', '.join(wanted)}", flush=True)
    command = ["-m", "pip", "install", "-qq", "--disable-pip-version-check", "-c", "requirements.lock"]
    return subprocess.run([sys.executable, *command, *wanted], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
