"""The factors that training has found for the default embedder, and the encoder that finds them."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from training_pairs import article_batch, plan_batch, read_articles, read_themes
from tuned_encoder import TunedEncoder, padded

from index.make_sentence_model import PACKED, Source, encoder, source_digest
from index.sentence_embedder import BLOCK
from index.sentence_tuning import read_tuning, tuning_file, write_tuning

WIDTH, INNER = 64, 128


@pytest.fixture
def source() -> Source:
    """Return an encoder of two small layers of random numbers."""
    draw = np.random.default_rng(0)
    tensors = {f"emb.ln.{part}": draw.normal(1, 0.1, WIDTH).astype("<f4").tobytes() for part in "wb"}
    for layer in range(2):
        for name, outputs, inputs in [(part, WIDTH, WIDTH) for part in ("q", "k", "v", "ao")] + [
            ("fi", INNER, WIDTH),
            ("fo", WIDTH, INNER),
        ]:
            packed = draw.integers(0, 256, (outputs * inputs // BLOCK, PACKED), np.uint8)
            packed[:, :2] = draw.uniform(0.01, 0.03, (len(packed), 1)).astype("<f2").view(np.uint8)
            tensors[f"l{layer}.{name}.w"] = packed.tobytes()
            tensors[f"l{layer}.{name}.b"] = draw.normal(0, 0.1, outputs).astype("<f4").tobytes()
        for name in ("aln.w", "aln.b", "oln.w", "oln.b"):
            tensors[f"l{layer}.{name}"] = draw.normal(1, 0.1, WIDTH).astype("<f4").tobytes()
    return Source(WIDTH, 2, 2, INNER, (), {}, 1e-12, tensors)


def test_what_is_trained_is_what_runs(source: Source) -> None:
    """With the same factors the trained encoder and the one that is shipped give the same vectors, with padding or without."""
    trained = TunedEncoder(source)
    draw = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for factors in trained.parameters():
            factors.add_(0.3 * torch.randn(factors.shape, generator=draw))
    rows = [np.random.default_rng(length).normal(size=(length, WIDTH)).astype(np.float32) for length in (3, 11)]
    with torch.no_grad():
        vectors = trained(*padded(rows)).numpy()
    shipped = replace(source, factors={name: values.reshape(-1) for name, values in trained.factors().items()})
    for model, agree in ((shipped, True), (source, False)):
        session = onnxruntime.InferenceSession(encoder(model).SerializeToString(), providers=["CPUExecutionProvider"])
        sums = [session.run(None, {"embedded": row[None]})[0][0].sum(axis=0) for row in rows]
        cosines = [vector @ total / np.linalg.norm(total) for vector, total in zip(vectors, sums, strict=True)]
        assert bool(min(cosines) > 0.999) is agree


def test_factors_come_back(tmp_path: Path) -> None:
    """What is written is read again to a 254th of the largest change; no change stays none."""
    factors = {"a.w": np.array([[1.0, 1.2], [0.9, 1.0]], np.float32), "b.w": np.ones((1, 2), np.float32)}
    write_tuning(factors, tmp_path / "tuning.npz")
    found = read_tuning((tmp_path / "tuning.npz").read_bytes())
    assert found["a.w"] == pytest.approx([1.0, 1.2, 0.9, 1.0], abs=0.2 / 254)
    assert found["b.w"].tolist() == [1.0, 1.0]


def test_the_shipped_factors_are_small_changes() -> None:
    """Every matrix of the twelve layers has factors near 1, and they decide the model's digest."""
    factors = read_tuning(tuning_file().read_bytes())
    assert set(factors) == {f"l{layer}.{part}.w" for layer in range(12) for part in "q k v ao fi fo".split()}
    values = np.concatenate(list(factors.values()))
    assert len(values) == 663_552
    assert 0.5 < values.min() < 1 < values.max() < 1.5


def test_another_tuning_is_another_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index that was built with other factors is not taken for one of these."""
    before = source_digest()
    write_tuning({"a.w": np.ones((1, 1), np.float32)}, tmp_path / "tuning.npz")
    monkeypatch.setattr("index.make_sentence_model.tuning_file", lambda: tmp_path / "tuning.npz")
    assert source_digest() != before


def test_batches_pair_questions_with_their_answers(tmp_path: Path) -> None:
    """Whatever is joined or parted, every question points to the passage that holds its answer."""
    rows = [
        {"theme": f"t{n % 2}", "heading": "章 > 節", "passage": f"文{n}。", "questions": [f"文{n}とは?"]}
        for n in range(20)
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    qas = [{"question": f"文{n}とは?", "answers": [{"answer_start": 4 * n}]} for n in range(9)]
    article = {"title": "題", "paragraphs": [{"context": "".join(f"文{n}だ。" for n in range(9)), "qas": qas}] * 2}
    (tmp_path / "squad.json").write_text(json.dumps({"data": [article] * 2}), "utf-8")
    themes, articles = list(read_themes(tmp_path / "rows.jsonl").values()), read_articles(tmp_path)
    draw = random.Random(0)
    for batch in [plan_batch(themes, draw), article_batch(articles, draw)] * 5:
        assert batch.questions
        for question, at in zip(batch.questions, batch.answers, strict=True):
            assert question.removesuffix("とは?") in batch.passages[at]
