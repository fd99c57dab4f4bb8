"""The lexical index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import pytest

from index.lexical import BODY_B, K1, Asked, Lexical, build_lexical
from index.postings import open_postings, save_postings
from index.tokens import terms

BODIES = (
    "デジタルデバイドの解消のため、スマートフォン教室を開催します。",
    "計画の期間は令和5年度から令和8年度までです。",
    "副町長を本部長とする推進本部を設けます。",
    "計画の進捗を毎年度確認します。",
)
HEADINGS = ("デジタルデバイド対策", "計画の期間", "推進体制", "進捗管理")


@pytest.fixture
def lexical(tmp_path: Path) -> Lexical:
    """The four chunks above, indexed."""
    build_lexical(BODIES, HEADINGS, tmp_path / "lexical")
    return Lexical(tmp_path / "lexical", len(BODIES))


@pytest.mark.parametrize(
    ("question", "best"),
    [("計画の期間はいつまでですか", 1), ("本部長は誰ですか", 2), ("進捗の確認", 3), ("スマートフォン教室", 0)],
)
def test_the_chunk_with_the_rare_words_scores_highest(lexical: Lexical, question: str, best: int) -> None:
    """The chunk that covers the question's content comes first, in [0, 1)."""
    scores = lexical.scores(Asked.of(question))
    assert scores.argmax() == best
    assert 0 < scores.max() < 1
    assert scores.dtype == np.float32


@pytest.mark.parametrize(
    ("question", "best"),
    [("スマホ", 0), ("ネットと現実の情報格差", 0), ("いつからいつまでの計画か教えて", 1), ("デジタルデバйд", 0)],
)
def test_what_stands_for_a_word_finds_its_chunk(lexical: Lexical, question: str, best: int) -> None:
    """Everyday words, longer wordings and words cut otherwise lead to the chunk that says it officially."""
    scores = lexical.scores(Asked.of(question))
    assert scores.argmax() == best
    assert scores.max() > 0


def test_what_stands_for_a_word_is_worth_less_than_the_word(lexical: Lexical) -> None:
    """The plan's own word scores higher than another one for the same thing."""
    assert lexical.scores(Asked.of("スマートフォン"))[0] > lexical.scores(Asked.of("スマホ"))[0] > 0


@pytest.mark.parametrize("question", ["デジタルデバインド", "デジタル・デバイト", "推進本部長室", "スマートホン教室"])
def test_a_misspelt_word_finds_its_near_variant(lexical: Lexical, question: str) -> None:
    """A word that no chunk holds still finds the chunk with nearly the same characters."""
    assert lexical.scores(Asked.of(question)).max() > 0


def test_a_near_variant_never_beats_the_word_itself(lexical: Lexical) -> None:
    """The right spelling scores higher than the misspelt one."""
    assert lexical.scores(Asked.of("デジタルデバイド"))[0] > lexical.scores(Asked.of("デジタルデバインド"))[0] > 0


@pytest.mark.parametrize("question", ["", "は?", "👍🏽", "オーロラ観測", "zxqwv", "あ"])
def test_unknown_words_score_nothing(lexical: Lexical, question: str) -> None:
    """A question without any known or near word scores zero everywhere, and breaks nothing."""
    assert not lexical.scores(Asked.of(question)).any()


def test_a_missing_rare_word_lowers_the_score(lexical: Lexical) -> None:
    """A word that the shard lacks counts as the rarest: the common words alone cover less of the question."""
    assert lexical.scores(Asked.of("計画の期間とオーロラ")).max() < lexical.scores(Asked.of("計画の期間")).max()


def test_repeating_a_word_changes_nothing(lexical: Lexical) -> None:
    """Each different word counts once."""
    assert np.array_equal(lexical.scores(Asked.of("期間 期間 期間")), lexical.scores(Asked.of("期間")))


@pytest.mark.parametrize("bodies", [[], [""], ["。"], ["計画"], ["", "計画", "👍🏽"]])
def test_tiny_and_empty_shards_answer(tmp_path: Path, bodies: Sequence[str]) -> None:
    """A shard with no chunk, one chunk, or chunks without words can be built and asked."""
    build_lexical(bodies, [""] * len(bodies), tmp_path / "lexical")
    scores = Lexical(tmp_path / "lexical", len(bodies)).scores(Asked.of("計画の期間"))
    assert scores.shape == (len(bodies),)
    assert np.isfinite(scores).all()


def test_the_scores_are_those_of_bm25s(tmp_path: Path) -> None:
    """Reading the saved columns gives what bm25s itself answers from the same folder."""
    fields = [terms(body) for body in BODIES]
    save_postings(fields, tmp_path / "field", k1=K1, b=BODY_B)
    postings = open_postings(tmp_path / "field", len(BODIES))
    question = ["計画", "期間", "本部"]
    ours = np.zeros(len(BODIES), np.float32)
    for term in question:
        postings.add(term, ours)
    theirs = bm25s.BM25.load(tmp_path / "field").get_scores(question)
    assert np.allclose(ours, theirs, atol=1e-6)
    assert ours.max() <= sum(postings.idf(term) for term in question)


def test_building_twice_writes_the_same_bytes(tmp_path: Path) -> None:
    """The files depend on the chunks alone."""
    for name in ("one", "two"):
        build_lexical(BODIES, HEADINGS, tmp_path / name)
    one, two = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "two")
    )
    assert one == two


def test_no_progress_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Building and asking write nothing to the terminal."""
    build_lexical(BODIES, HEADINGS, tmp_path / "lexical")
    Lexical(tmp_path / "lexical", len(BODIES)).scores(Asked.of("計画"))
    assert capfd.readouterr() == ("", "")
