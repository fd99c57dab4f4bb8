"""The same questions, typed badly: kana, width, slips, keywords, other era forms, voice input. What they ask stays."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from evals.case import Case, CaseType
from evals.generate.era_forms import in_other_era_form
from evals.generate.kana import in_kana
from evals.generate.keywords import as_keywords
from evals.generate.typos import with_typos
from evals.generate.voice import as_spoken
from evals.generate.width import in_other_width
from ingest.document import Plan

Noise = Callable[[str, Sequence[Plan], random.Random], str]

# What can be done to a question, by the tag that the new case gets.
KINDS: dict[str, Noise] = {
    "kana": in_kana,
    "halfwidth": lambda text, plans, rng: in_other_width(text, rng),
    "typo": with_typos,
    "particles": lambda text, plans, rng: as_keywords(text),
    "era": lambda text, plans, rng: in_other_era_form(text, rng),
    "voice": lambda text, plans, rng: as_spoken(text, rng),
}
# Cases that are noisy already, or of which every letter counts.
_SKIPPED_TAGS = frozenset({*KINDS, "injection", "keyword", "english"})
# As keywords, a story told in one's own words is no longer the same question, nor is a follow-up without its その.
_NO_KEYWORDS = frozenset[CaseType]({"plain", "followup"})
_ENGLISH = re.compile(r"[A-Za-z]+ [A-Za-z']+ [A-Za-z]+")


def add_noise(
    cases: Iterable[Case], plans: Sequence[Plan], seed: int, *, kinds: Sequence[str] = tuple(KINDS)
) -> tuple[Case, ...]:
    """Return a variant of each case for each kind of noise; fewer where a kind has nothing to change.

    The key is that of the written case, ``origin`` its id. ``plans`` tell which names have to stay right. The same case and
    seed give the same variant, whatever stands beside it.

    Raises:
        KeyError: a kind that is none of ``KINDS``.
    """
    variants = []
    for case in cases:
        if case.type == "noisy" or _SKIPPED_TAGS.intersection(case.tags) or _ENGLISH.search(case.question):
            continue
        for kind in kinds:
            if kind == "particles" and case.type in _NO_KEYWORDS:
                continue
            rng = random.Random(f"{seed} {kind} {case.id}")
            question = KINDS[kind](case.question, plans, rng)
            if question != case.question:
                tags = (*case.tags, kind)
                new_id = f"noise-{kind}-{case.id}"
                variants.append(replace(case, id=new_id, question=question, tags=tags, origin=case.id))
    return tuple(variants)
