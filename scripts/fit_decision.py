"""Fits the decision to answer: prints its weights, how well they tell questions apart, and how far probabilities hold.

    python scripts/fit_decision.py INDEX --set dev --set generated-swapped.jsonl
    python scripts/fit_decision.py INDEX --set dev --against test --plot docs/plots/reliability.svg

A logistic regression over the signals of ``assistant.decide``, for questions put to one municipality: 1 where the key expects
an answer, 0 where it does not. Questions swapped to another town count twice: to answer one with what another town plans
costs more than a refusal. Folds of the cross-validation keep the questions of one family together. ``--against`` names a set
that is only scored; ``--also INDEX FILE`` adds questions over other plans.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.assistant import Assistant
from assistant.decide import Signals
from evals.read_cases import read_cases
from index.embedder import open_embedder
from index.index import Index

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 6, 1, 9, tzinfo=timezone(timedelta(hours=9)))
NAMES = tuple(field.name for field in fields(Signals))
SWAPPED_WEIGHT = 2.0
PENALTY = 5.0  # on squared weights of signals that have been scaled to deviation 1
FOLDS = 8
BINS = np.linspace(0.0, 1.0, 11)
_SWAPPED = re.compile(r"^swap-(?P<family>.+)-[^-]+$")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Data:
    """Questions by their signals, shape (questions, signals), with what the key expects, their weights and families."""

    signals: Floats
    expected: Floats
    weights: Floats
    families: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fit:
    """A bias and a weight for each signal, as ``assistant.decide`` has them."""

    bias: float
    weights: Floats

    def probability(self, signals: Floats) -> Floats:
        """Return the probability of each row of signals."""
        chances: Floats = 1 / (1 + np.exp(-(signals @ self.weights + self.bias)))
        return chances


def collect(assistant: Assistant, sets: Sequence[Path]) -> Data:
    """Return the signals of the questions of ``sets`` that go to one municipality."""
    rows, expected, weights, families = [], [], [], []
    numbers: dict[str, int] = {}
    for case in read_cases(sets):
        told = assistant.weigh(case.asked)
        if len(told) != 1:
            continue
        swapped = _SWAPPED.match(case.id)
        rows.append([getattr(told[0], name) for name in NAMES])
        expected.append(float(not case.abstain))
        weights.append(SWAPPED_WEIGHT if swapped else 1.0)
        families.append(numbers.setdefault(swapped["family"] if swapped else case.id, len(numbers)))
    return Data(np.array(rows), np.array(expected), np.array(weights), np.array(families))


def joined(parts: Sequence[Data]) -> Data:
    """Return the questions of several sets as one, their families apart."""
    first = np.cumsum([0, *(part.families.max() + 1 for part in parts[:-1])])
    return Data(
        np.concatenate([part.signals for part in parts]),
        np.concatenate([part.expected for part in parts]),
        np.concatenate([part.weights for part in parts]),
        np.concatenate([part.families + at for part, at in zip(parts, first, strict=True)]),
    )


def fit(data: Data, penalty: float = PENALTY) -> Fit:
    """Return the logistic regression of ``data``."""
    mean, deviation = data.signals.mean(axis=0), data.signals.std(axis=0) + 1e-9
    scaled = (data.signals - mean) / deviation

    def loss(at: Floats) -> tuple[float, Floats]:
        z = scaled @ at[1:] + at[0]
        each = np.logaddexp(0.0, np.where(data.expected == 1, -z, z))
        slope = data.weights * (1 / (1 + np.exp(-z)) - data.expected)
        value = float(data.weights @ each + 0.5 * penalty * at[1:] @ at[1:])
        return value, np.concatenate([[slope.sum()], scaled.T @ slope + penalty * at[1:]])

    found = minimize(loss, np.zeros(len(NAMES) + 1), jac=True, method="L-BFGS-B").x
    weights = found[1:] / deviation
    return Fit(float(found[0] - mean @ weights), weights)


def cross_validated(data: Data) -> Floats:
    """Return each question's probability from a fit that has not seen its family."""
    fold = np.random.default_rng(0).integers(0, FOLDS, data.families.max() + 1)[data.families]
    chances = np.zeros(len(data.expected))
    for k in range(FOLDS):
        seen, held = fold != k, fold == k
        part = Data(data.signals[seen], data.expected[seen], data.weights[seen], data.families[seen])
        chances[held] = fit(part).probability(data.signals[held])
    return chances


def told_apart(chances: Floats, expected: Floats) -> float:
    """Return how often an answerable question gets a higher probability than an unanswerable one (area under the curve)."""
    above, below = chances[expected == 1], chances[expected == 0]
    return float((above[:, None] > below[None]).mean())


def reliability(chances: Floats, expected: Floats) -> list[tuple[float, float, int]]:
    """Return for each tenth of probability: its mean, the share that the key expects an answer to, and how many there are."""
    which = np.clip(np.digitize(chances, BINS) - 1, 0, len(BINS) - 2)
    return [
        (float(chances[which == b].mean()), float(expected[which == b].mean()), int((which == b).sum()))
        for b in range(len(BINS) - 1)
        if (which == b).any()
    ]


def plot(curves: dict[str, list[tuple[float, float, int]]], path: Path) -> None:
    """Draw reliability curves as an SVG file."""
    import matplotlib as mpl  # noqa: PLC0415 - installed for development alone

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "machiplan"
    import matplotlib.pyplot as plt  # noqa: PLC0415 - after the choice of what draws

    figure, axes = plt.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="0.7", linestyle=":")
    for name, points in curves.items():
        axes.plot([x for x, _, _ in points], [y for _, y, _ in points], label=name)
        axes.scatter([x for x, _, _ in points], [y for _, y, _ in points], s=[3 * n**0.8 for _, _, n in points])
    axes.set(xlabel="probability that the plans answer", ylabel="share of questions that they do answer")
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Fit, print, draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--set", dest="sets", action="append", default=[], required=True, help="dev, test or a file")
    parser.add_argument(
        "--also", nargs=2, action="append", default=[], metavar=("INDEX", "FILE"), help="questions over other plans"
    )
    parser.add_argument("--against", action="append", default=[], help="a set that is only scored")
    parser.add_argument("--plot", type=Path, help="an SVG file for the reliability curves")
    given = parser.parse_args()
    assistant = _over(given.index)
    others = [collect(_over(Path(index)), [Path(file)]) for index, file in given.also]
    data = joined([collect(assistant, [_file(name) for name in given.sets]), *others])
    fitted, chances = fit(data), cross_validated(data)
    print(f"BIAS = {fitted.bias:.2f}\nWEIGHTS = {{")
    print("\n".join(f'    "{name}": {weight:.2f},' for name, weight in zip(NAMES, fitted.weights, strict=True)))
    print("}")
    curves = {"cross-validated": reliability(chances, data.expected)}
    report("cross-validated", chances, data.expected)
    for name in given.against:
        other = collect(assistant, [_file(name)])
        report(name, fitted.probability(other.signals), other.expected)
        curves[name] = reliability(fitted.probability(other.signals), other.expected)
    if given.plot:
        plot(curves, given.plot)


def report(name: str, chances: Floats, expected: Floats) -> None:
    """Print how well probabilities tell questions apart, and how far they hold."""
    error = sum(n * abs(x - y) for x, y, n in reliability(chances, expected)) / len(expected)
    print(f"\n{name}: {len(expected)} questions, {int(expected.sum())} to be answered")
    print(f"told apart {told_apart(chances, expected):.3f}, expected calibration error {error:.3f}")
    print("| probability | answerable | n |\n|--:|--:|--:|")
    print("\n".join(f"| {x:.2f} | {y:.2f} | {n} |" for x, y, n in reliability(chances, expected)))


def _over(index: Path) -> Assistant:
    return Assistant(Index.open(index, embedder=open_embedder("default")), clock=lambda: NOW)


def _file(name: str) -> Path:
    own = ROOT / "evals" / "questions" / f"{name}.jsonl"
    return own if own.exists() else Path(name)


if __name__ == "__main__":
    main()
