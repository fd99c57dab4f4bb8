"""Questions typed badly, with the keys that they had."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import replace

import pytest

from evals.case import Case
from evals.generate.noise import KINDS, add_noise
from evals.generate.town_names import names_again
from evals.generate.typos import with_typos
from ingest.document import Document, Plan
from ingest.eras import find_years
from ingest.search_text import normalise


@pytest.fixture(scope="module")
def plans(documents: tuple[Document, ...]) -> list[Plan]:
    """The five plans."""
    return [document.plan for document in documents]


@pytest.fixture(scope="module")
def pairs(dev_cases: tuple[Case, ...], plans: list[Plan]) -> list[tuple[Case, Case]]:
    """Every variant of the shipped questions with its written case."""
    origins = {case.id: case for case in dev_cases}
    return [(origins[variant.origin], variant) for variant in add_noise(dev_cases, plans, 1)]


def _of(kind: str, pairs: list[tuple[Case, Case]]) -> list[tuple[Case, Case]]:
    return [(written, variant) for written, variant in pairs if variant.tags[-1] == kind]


def _years(text: str) -> list[tuple[int, bool, int, int]]:
    for half, era in {"ﾚｲﾜ": "令和", "ﾍｲｾｲ": "平成", "ｼｮｳﾜ": "昭和"}.items():
        text = text.replace(half, era)
    return [(year.year, year.fiscal, year.month, year.day) for year in find_years(normalise(text))]


def test_every_kind_makes_variants_that_differ(pairs: list[tuple[Case, Case]]) -> None:
    """No variant equals its question, none is made twice, and no kind is without one."""
    assert {variant.tags[-1] for _, variant in pairs} == set(KINDS)
    assert all(variant.question != written.question for written, variant in pairs)
    assert len({variant.id for _, variant in pairs}) == len(pairs)


def test_the_key_stays(pairs: list[tuple[Case, Case]]) -> None:
    """Apart from its words, its id, its tag and its origin a variant is the written case."""
    for written, variant in pairs:
        assert replace(variant, id=written.id, question=written.question, tags=written.tags, origin="") == replace(
            written, origin=""
        )


def test_the_same_seed_gives_the_same_variants(dev_cases: tuple[Case, ...], plans: list[Plan]) -> None:
    """And a case's variant does not depend on the cases beside it, while another seed gives others."""
    some = [case for case in dev_cases if case.type == "fact"][:20]
    assert add_noise(some, plans, 1) == add_noise(some, plans, 1)
    alone = add_noise(some[:1], plans, 1)
    assert alone == tuple(variant for variant in add_noise(some, plans, 1) if variant.origin == some[0].id)
    assert add_noise(some, plans, 1) != add_noise(some, plans, 2)


def test_a_municipality_named_stays_named(pairs: list[tuple[Case, Case]], plans: list[Plan]) -> None:
    """A slip in a name would ask of another municipality."""
    for written, variant in pairs:
        for plan in plans:
            if plan.municipality in written.question:
                assert names_again(variant.question, plan), variant.question


def test_no_slip_in_a_name_in_kana(plans: list[Plan]) -> None:
    """Whatever the seed, a name that is written by its reading stays, and the word beside it does not."""
    slips = {with_typos("カガミノチョウのスケジュール", plans, random.Random(seed)) for seed in range(30)}
    assert len(slips) > 1
    assert all(slip.startswith("カガミノチョウの") for slip in slips)


def test_years_stay_the_same_years(pairs: list[tuple[Case, Case]]) -> None:
    """年 never becomes 年度, whatever the era form, the width or the slip."""
    for kind in ("era", "halfwidth", "typo"):
        for written, variant in _of(kind, pairs):
            assert _years(written.question) == _years(variant.question), variant.question


def test_width_is_all_that_changes(pairs: list[tuple[Case, Case]]) -> None:
    """NFKC makes both the same."""
    for written, variant in _of("halfwidth", pairs):
        assert unicodedata.normalize("NFKC", written.question) == unicodedata.normalize("NFKC", variant.question)


def test_a_slip_leaves_numbers_alone(pairs: list[tuple[Case, Case]]) -> None:
    """5 people are not 55."""
    for written, variant in _of("typo", pairs):
        assert re.findall(r"[0-9０-９]+", written.question) == re.findall(r"[0-9０-９]+", variant.question)


def test_speech_has_no_marks_and_no_digits_of_its_own(pairs: list[tuple[Case, Case]]) -> None:
    """Digits are left only beside Latin letters, as in 5G."""
    for _, variant in _of("voice", pairs):
        assert not re.search(r"[、。？?「」]", variant.question)
        assert not re.search(r"(?<![A-Za-z0-9. ])[0-9]+(?![0-9A-Za-z.])", variant.question), variant.question


def test_a_denial_is_never_dropped(pairs: list[tuple[Case, Case]]) -> None:
    """「できない手続」 as keywords would be 「できる手続」."""
    assert not any(
        "ない" in written.question and "できない" in written.question for written, _ in _of("particles", pairs)
    )


def test_noisy_questions_are_not_made_noisier(pairs: list[tuple[Case, Case]]) -> None:
    """Nor are injections, of which every word counts."""
    assert not any(written.type == "noisy" or "injection" in written.tags for written, _ in pairs)
