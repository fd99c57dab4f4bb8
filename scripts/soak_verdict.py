"""What a soak showed: whether memory, files, threads or waiting times grew, and a drawing of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression, median

from load_clients import percentile
from server_figures import Figures

MOST_GROWTH = 1.0
"""MB a minute, over the last two thirds: 1.4 GB a day, in which a server is restarted for other reasons or has settled. A leak
of one kilobyte an answer is more than that at 20 answers a second."""

LEAST_GROWTH = 10.0
"""MB over that time that are no sign of anything: what the allocator takes at one swap of the index."""

MOST_MEMORY = 1.1  # times: the median of the end to that at the end of the first third
MORE_FILES = 24  # open files: one shard's, of a municipality that is just being swapped
MORE_THREADS = 40  # the web server's pool, where it was not yet full
SLOWER = 1.5  # times: the p99 of the last third to that of the first
WINDOW = 5  # samples of which a median is taken


@dataclass(frozen=True, slots=True)
class Soaked:
    """A soak: samples with their seconds, answers as (when asked, seconds), what went well, and what did not, by kind."""

    seconds: float
    samples: tuple[tuple[float, Figures], ...]
    answers: tuple[tuple[float, float], ...]
    done: dict[str, int]
    errors: dict[str, int]

    def third(self, number: int) -> tuple[Figures, ...]:
        """Return the samples of a third of the time, 0 to 2."""
        return tuple(figures for at, figures in self.samples if self._third_of(at) == number)

    def p99(self, number: int) -> float:
        """Return the p99 of the seconds of the answers asked for in a third of the time, 0 to 2."""
        return percentile([spent for at, spent in self.answers if self._third_of(at) == number], 0.99)

    @property
    def growth(self) -> float:
        """MB of memory a minute, by least squares over the last two thirds."""
        late = [(at, figures.rss) for at, figures in self.samples if self._third_of(at) > 0]
        return linear_regression([at for at, _ in late], [rss for _, rss in late]).slope * 60

    @property
    def memory(self) -> tuple[float, float]:
        """MB of memory: the medians after the first third and at the end."""
        after = [figures.rss for at, figures in self.samples if self._third_of(at) > 0]
        return median(after[:WINDOW]), median(after[-WINDOW:])

    def _third_of(self, at: float) -> int:
        return min(2, int(at * 3 / self.seconds))


def faults(soaked: Soaked) -> Iterator[str]:
    """Yield in a sentence each thing that a server which can run for weeks does not show."""
    for kind, times in soaked.errors.items():
        yield f"{kind}: {times} times."
    minutes = soaked.seconds * 2 / 3 / 60
    if soaked.growth * minutes > max(LEAST_GROWTH, MOST_GROWTH * minutes):
        yield f"Memory grows by {soaked.growth:.2f} MB a minute; at most {MOST_GROWTH} is allowed."
    then, now = soaked.memory
    if now > MOST_MEMORY * then:
        yield f"Memory is {now:.0f} MB at the end and was {then:.0f} MB after the first third: over {MOST_MEMORY} times."
    for name, more in (("files", MORE_FILES), ("threads", MORE_THREADS)):
        first, last = (median(_values(soaked.third(number), name)) for number in (0, 2))
        if last > first + more:
            yield f"Open {name}: {first:.0f} in the first third, {last:.0f} in the last; at most {more} more are allowed."
    if soaked.p99(2) > SLOWER * soaked.p99(0):
        yield f"p99: {soaked.p99(0):.2f} s in the first third, {soaked.p99(2):.2f} s in the last: over {SLOWER} times."


def _values(figures: Sequence[Figures], name: str) -> list[int]:
    return [int(getattr(one, name)) for one in figures]


def lines(soaked: Soaked) -> Iterator[str]:
    """Yield the report."""
    then, now = soaked.memory
    yield f"{soaked.seconds / 60:.1f} minutes; " + ", ".join(
        f"{n:,} × {kind}" for kind, n in sorted(soaked.done.items())
    )
    yield f"memory {then:.0f} MB after the first third, {now:.0f} MB at the end, {soaked.growth:+.2f} MB a minute between"
    for name in ("files", "threads"):
        told = " / ".join(f"{median(_values(soaked.third(number), name)):.0f}" for number in range(3))
        yield f"{name}, median of each third: {told}"
    yield "p99 of /api/ask, each third: " + " / ".join(f"{soaked.p99(number):.2f} s" for number in range(3))


def draw(soaked: Soaked, path: Path) -> None:
    """Draw memory, files and threads, and waiting times over the minutes; the same file for the same figures."""
    import matplotlib as mpl  # noqa: PLC0415 (only installed for development, and heavy)
    from matplotlib.figure import Figure  # noqa: PLC0415

    path.parent.mkdir(parents=True, exist_ok=True)
    mpl.rcParams["svg.hashsalt"] = "soak"
    figure = Figure(figsize=(11, 3.4), layout="constrained", facecolor="white")
    memory, open_things, waiting = figure.subplots(1, 3)
    minutes = [at / 60 for at, _ in soaked.samples]
    memory.plot(minutes, [figures.rss for _, figures in soaked.samples])
    memory.set(ylabel="memory, MB", ylim=(0, None))
    open_things.plot(minutes, [figures.files for _, figures in soaked.samples], label="open files")
    open_things.plot(minutes, [figures.threads for _, figures in soaked.samples], label="threads")
    open_things.set(ylim=(0, None))
    open_things.legend(fontsize="small")
    for share in (0.5, 0.99):
        points = [(begin / 60, percentile(spent, share)) for begin, spent in _by_minute(soaked) if spent]
        waiting.plot([at for at, _ in points], [value for _, value in points], label=f"p{share * 100:.0f}")
    waiting.set(ylabel="seconds to an answer", ylim=(0, None))
    waiting.legend(fontsize="small")
    for axes in (memory, open_things, waiting):
        axes.set(xlabel="minutes")
        axes.grid(alpha=0.3)
    figure.savefig(path, metadata={"Date": None})


def _by_minute(soaked: Soaked) -> Iterator[tuple[float, list[float]]]:
    """Yield for each sixtieth of the time, a minute at most, its beginning and the seconds of its answers."""
    step = min(60.0, soaked.seconds / 30)
    for number in range(int(soaked.seconds / step)):
        begin = number * step
        yield begin, [spent for at, spent in soaked.answers if begin <= at < begin + step]
