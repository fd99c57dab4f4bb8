"""The generated question sets, made of the written cases and of an index, to be measured apart from the written ones."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence

from evals.case import Case
from evals.corpus import Corpus
from evals.generate.noise import add_noise
from evals.generate.swapped import swap_towns
from evals.generate.table_cells import ask_cells
from evals.run import QuestionSet
from evals.same_text import folded
from index.index import Index

MOST = 300


def generate_sets(cases: Sequence[Case], index: Index, seed: int, *, most: int = MOST) -> tuple[QuestionSet, ...]:
    """Return the sets ``generated-swapped``, ``generated-noise`` and ``generated-cells``, each of at most ``most`` cases.

    ``cases`` are written ones; a generated one that asks the same as a written one, or as another, is left out. Where there
    are more than ``most``, municipalities and kinds of noise get the same share each. The same cases, index and seed give
    the same sets.
    """
    corpus = Corpus.of(index)
    chunks = [chunk for plan in index.plans for chunk in index.chunks(plan.plan_id)]
    made = {
        "generated-swapped": swap_towns(cases, corpus, index.plans),
        "generated-noise": add_noise(cases, index.plans, seed),
        "generated-cells": ask_cells(chunks, corpus, seed, per_table=most),
    }
    return tuple(QuestionSet(name, sample(_new(generated, cases), seed, most=most)) for name, generated in made.items())


def sample(cases: Sequence[Case], seed: int, *, most: int) -> tuple[Case, ...]:
    """Return at most ``most`` of ``cases`` in their order, as evenly as can be over municipalities and last tags."""
    rng = random.Random(seed)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, case in enumerate(cases):
        groups[_town(case), case.tags[-1] if case.tags else ""].append(at)
    for group in groups.values():
        rng.shuffle(group)
    # The first of every group, then the second of every group, and so on; groups that are used up drop out.
    turns = sorted((turn, rng.random(), at) for group in groups.values() for turn, at in enumerate(group))
    return tuple(cases[at] for at in sorted(at for _, _, at in turns[:most]))


def _town(case: Case) -> str:
    """Return the one municipality that a case is about, or "" where there are several or none."""
    return next(iter(case.municipalities)) if len(case.municipalities) == 1 else ""


def _new(generated: Iterable[Case], written: Iterable[Case]) -> tuple[Case, ...]:
    """Return the generated cases that no written one words alike, and of those that ask the same the first.

    Width tells a generated question from a written one, for it may be all that was changed.
    """
    worded = {(case.question, case.scope, case.history) for case in written}
    asked: set[object] = set()
    new = []
    for case in generated:
        same = (folded(case.question), case.scope, case.history)
        if same not in asked and (case.question, case.scope, case.history) not in worded:
            asked.add(same)
            new.append(case)
    return tuple(new)
