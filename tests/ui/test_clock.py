"""A clock that leaps: nothing is deleted too early, everything stays readable, and what is over its days goes in the end."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ui.database import AnswersFile
from ui.store import AnswerStore
from ui.sweep import DOUBT, Calendar, keep_swept

START = datetime.fromisoformat("2026-06-01T09:00:00+09:00")
HOUR, DAY = 3600.0, 86_400.0


class Machine:
    """A clock on the wall, and the seconds that really pass."""

    def __init__(self) -> None:
        """Begin at ``START``."""
        self.wall, self.seconds = START, 0.0

    def pass_by(self, seconds: float) -> None:
        """Let time pass on both."""
        self.wall += timedelta(seconds=seconds)
        self.seconds += seconds

    def calendar(self) -> Calendar:
        """Return what a server makes of this clock."""
        return Calendar(lambda: self.wall, lambda: self.seconds)


@pytest.fixture
def machine() -> Machine:
    """A machine at ``START``."""
    return Machine()


def test_a_clock_that_runs_evenly_is_believed(machine: Machine) -> None:
    """For months, and with the minutes by which a clock is put right."""
    calendar = machine.calendar()
    for _ in range(24 * 60):
        machine.pass_by(HOUR)
        machine.wall += timedelta(seconds=30)
        assert calendar.is_even()


@pytest.mark.parametrize("days", [1, 40, 4000])
def test_a_leap_forward_is_doubted_for_a_day(machine: Machine, days: int) -> None:
    """Put right within the day it has done nothing; after a day the clock is believed."""
    calendar = machine.calendar()
    machine.wall += timedelta(days=days)
    assert not calendar.is_even()
    machine.pass_by(DOUBT - HOUR)
    assert not calendar.is_even()
    machine.wall -= timedelta(days=days)
    assert calendar.is_even()
    machine.wall += timedelta(days=days)
    machine.pass_by(DOUBT)
    assert calendar.is_even()


@pytest.mark.parametrize("back", [timedelta(seconds=1), timedelta(days=40)])
def test_a_leap_back_deletes_nothing_and_hides_nothing(tmp_path: Path, machine: Machine, back: timedelta) -> None:
    """What was given "tomorrow" is kept and shown; it goes when its days are over by the clock."""
    file = AnswersFile(tmp_path / "answers.sqlite3", days=30, clock=lambda: machine.wall)
    store, calendar = AnswerStore(file), machine.calendar()
    store.save("a", "{}")
    machine.wall -= back
    assert calendar.is_even()
    file.sweep()
    assert store.read("a") == "{}"
    machine.pass_by(30 * DAY + back.total_seconds() + 1)
    file.sweep()
    assert store.all() == []


def test_a_server_whose_clock_leaps_forty_days_deletes_nothing_until_the_leap_has_lasted(
    tmp_path: Path, machine: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    """It says so in the log. Put right, everything is shown again; a leap that stays is obeyed after a day."""
    file = AnswersFile(tmp_path / "answers.sqlite3", days=30, clock=lambda: machine.wall)
    store, calendar = AnswerStore(file), machine.calendar()
    store.save("a", "{}")

    async def serve() -> None:
        sweeping = asyncio.create_task(keep_swept(file, every=0.01, calendar=calendar))
        machine.wall += timedelta(days=40)
        await told(caplog, "時計が大きく進みました")
        assert store.all() == []  # it is shown to nobody while the clock says so
        machine.wall -= timedelta(days=40)
        assert store.read("a") == "{}"
        machine.wall += timedelta(days=40)
        machine.pass_by(DOUBT)
        await asyncio.sleep(0.5)
        sweeping.cancel()

    asyncio.run(serve())
    machine.wall = START
    assert store.all() == []


async def told(caplog: pytest.LogCaptureFixture, words: str) -> None:
    """Return once the words stand in the log."""
    for _ in range(1000):
        if words in caplog.text:
            return
        await asyncio.sleep(0.01)
    pytest.fail(f"nobody said {words}")


def test_what_is_committed_is_on_the_disk(tmp_path: Path) -> None:
    """The connection that answers and opinions are kept over waits for the disk (FULL is 2) and overwrites what it deletes."""
    file = AnswersFile(tmp_path / "answers.sqlite3", days=30, clock=lambda: START)
    AnswerStore(file).save("a", "{}")
    with file.connected() as connection:
        told = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("synchronous", "secure_delete", "journal_mode")
        ]
    assert told == [2, 1, "wal"]
