"""The locks say exactly what pyproject.toml and the installed packages ask for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from itertools import product
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME: list[str] = PROJECT["project"]["dependencies"]
DEVELOPMENT: list[str] = PROJECT["dependency-groups"]["dev"]
OVERRIDDEN: dict[str, list[str]] = {
    canonicalize_name(table["name"]): table["requires-dist"] for table in PROJECT["tool"]["uv"]["dependency-metadata"]
}
PLATFORMS = [("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt")]
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]

Environment = dict[str, str]


def read_lock(name: str) -> list[Requirement]:
    """Return the pins of a lock in its order."""
    return [Requirement(line) for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]


def pins(lock: list[Requirement], environment: Environment) -> dict[str, Version]:
    """Return the pinned version of every package that the lock installs in an environment."""
    found: dict[str, Version] = {}
    for pin in lock:
        if pin.marker is None or pin.marker.evaluate(environment):
            name = canonicalize_name(pin.name)
            assert name not in found, f"{name} is pinned twice for {environment}"
            found[name] = Version(str(pin.specifier).removeprefix("=="))
    return found


def environments() -> Iterator[Environment]:
    """Yield marker environments: every supported Python on every platform."""
    here = {key: str(value) for key, value in default_environment().items()}
    for python, (sys_platform, system, os_name) in product(PYTHONS, PLATFORMS):
        yield here | {
            "python_version": python,
            "python_full_version": f"{python}.0",
            "sys_platform": sys_platform,
            "platform_system": system,
            "os_name": os_name,
            "extra": "",
        }


def applies(requirement: Requirement, extras: set[str]) -> bool:
    """Return whether a requirement applies on this platform to a package asked for with ``extras``."""
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *extras})


def required(direct: list[str], pinned: dict[str, Version]) -> Iterator[tuple[str, Requirement]]:
    """Yield every requirement that applies here, with who asks, from the direct ones through the installed packages.

    A requirement whose package is not pinned is yielded and not followed.
    """
    waiting = [("pyproject.toml", Requirement(text)) for text in direct]
    seen: set[tuple[str, str]] = set()
    while waiting:
        asker, requirement = waiting.pop()
        yield asker, requirement
        name = canonicalize_name(requirement.name)
        if name not in pinned:
            continue
        new = {extra for extra in {"", *requirement.extras} if (name, extra) not in seen}
        seen |= {(name, extra) for extra in new}
        asked = OVERRIDDEN.get(name) or distribution(name).requires or []
        waiting += [(name, each) for each in map(Requirement, asked) if new and applies(each, new)]


@pytest.mark.parametrize(
    ("lock", "direct"),
    [("requirements.lock", RUNTIME), ("requirements-dev.lock", DEVELOPMENT)],
    ids=["runtime", "development"],
)
def test_every_direct_requirement_is_pinned_on_every_platform(lock: str, direct: list[str]) -> None:
    """Whatever pyproject.toml asks for is pinned once, to a version that it allows, for every Python and platform."""
    for environment in environments():
        pinned = pins(read_lock(lock), environment)
        for requirement in map(Requirement, direct):
            version = pinned.get(canonicalize_name(requirement.name))
            assert version is not None, f"{requirement} is not in {lock}: run make lock"
            assert version in requirement.specifier, f"{requirement}, but {lock} has {version}: run make lock"


@pytest.mark.parametrize(
    ("lock", "direct"),
    [("requirements.lock", RUNTIME), ("requirements-dev.lock", DEVELOPMENT)],
    ids=["runtime", "development"],
)
def test_a_lock_is_whole_and_holds_nothing_more(lock: str, direct: list[str]) -> None:
    """What the installed packages require of each other is pinned too, and every pin here has somebody who asks."""
    pinned = pins(read_lock(lock), {"extra": ""})
    asked = set()
    for asker, requirement in required(direct, pinned):
        name = canonicalize_name(requirement.name)
        asked.add(name)
        assert name in pinned, f"{asker} requires {requirement}, which {lock} leaves out: run make lock"
        message = f"{asker} requires {requirement}, but {lock} has {pinned[name]}: run make lock"
        assert requirement.specifier.contains(pinned[name], prereleases=True), message
    assert set(pinned) - asked == set()


def test_what_is_installed_is_what_is_locked() -> None:
    """Every package that the locks name for this platform is installed in the pinned version."""
    for lock in ("requirements.lock", "requirements-dev.lock"):
        for name, version in pins(read_lock(lock), {"extra": ""}).items():
            installed = Version(distribution(name).version)
            assert Version(installed.public) == version, (
                f"{name} {installed} is not {version} of {lock}: run make setup"
            )


def test_both_locks_agree_on_the_packages_they_share() -> None:
    """A package in both locks has one version, so that installing the second changes nothing of the first."""
    for environment in environments():
        runtime, development = (pins(read_lock(f"requirements{kind}.lock"), environment) for kind in ("", "-dev"))
        shared = runtime.keys() & development.keys()
        assert {name: runtime[name] for name in shared} == {name: development[name] for name in shared}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_packages_and_no_place(lock: str) -> None:
    """Every line is an exact pin; no address, index, path or option stands in a lock."""
    for pin in read_lock(lock):
        assert pin.url is None
        assert [one.operator for one in pin.specifier] == ["=="], f"{pin} in {lock} is no exact pin"


def test_no_cuda_package_is_locked() -> None:
    """What only a CUDA build of torch requires is completed at set-up and never locked."""
    names = {canonicalize_name(pin.name) for pin in read_lock("requirements.lock")}
    assert not [name for name in names if name.startswith(("nvidia-", "triton", "cuda-"))]
