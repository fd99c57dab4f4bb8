"""Sentence-transformers models as embedders."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from transformers import BertConfig, BertModel, BertTokenizer

from index.build import build_index
from index.embedder import Embedder, open_embedder
from index.errors import EmbedderMissingError, IndexMismatchError
from index.index import Index
from index.query import Query
from index.static_embedder import word_vectors_folder
from ingest.document import Document

ODD_TEXTS = ["", " ", "の", "👍🏽", "zxqwv", "デジタルデバインド", "𠮷野家", "ＤＸ", "計画\n期間"]


def save_tiny_model(folder: Path, *, prompts: dict[str, str], seed: int = 0) -> str:
    """Save a real BERT of two small layers with random weights, one token a character, and return its folder's name."""
    torch.manual_seed(seed)
    characters = sorted(set("計画の期間は令和5年度から8までです文問:スマホ教室体制町長"))
    words = folder.with_name(f"{folder.name}-bert")
    words.mkdir(parents=True)
    (words / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]), "utf-8")
    BertTokenizer(vocab=str(words / "vocab.txt")).save_pretrained(words)
    config = BertConfig(
        vocab_size=len(characters) + 5, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config).save_pretrained(words)
    transformer = Transformer(str(words))
    modules = [transformer, Pooling(transformer.get_embedding_dimension())]
    SentenceTransformer(modules=modules, prompts=prompts).save(str(folder))
    return str(folder)


def test_both_readers_of_the_default_folder_agree(embedder: Embedder, documents: tuple[Document, ...]) -> None:
    """NumPy and SentenceTransformer give equal vectors to 1e-5, over hundreds of texts and odd ones."""
    texts = [chunk.search_text for document in documents for chunk in document.chunks] + ODD_TEXTS
    assert len(texts) > 300
    model = SentenceTransformer(str(word_vectors_folder()), trust_remote_code=True)
    theirs = model.encode(texts, show_progress_bar=False)
    assert np.abs(theirs - embedder.embed_documents(texts)).max() < 1e-5
    assert np.isfinite(theirs).all()


def test_a_model_in_a_folder_plugs_in(tmp_path: Path, towns: tuple[Document, ...]) -> None:
    """Any sentence-transformers folder can build an index and answer from it."""
    model = open_embedder(save_tiny_model(tmp_path / "tiny", prompts={}))
    assert model.dimensions == 16
    build_index(towns, tmp_path / "index", embedder=model)
    with Index.open(tmp_path / "index", embedder=model) as index:
        hits = index.retrieve(Query("計画の期間", ("222222",)))
    assert hits[0].chunk.plan_id == "west"
    assert hits[0].dense != 0


def test_its_vectors_are_unit_rows_in_batches(tmp_path: Path) -> None:
    """More texts than a batch, in any order of length, come back in order and normalised."""
    model = open_embedder(save_tiny_model(tmp_path / "tiny", prompts={}))
    texts = ["計画の期間" * (number % 7 + 1) for number in range(70)]
    vectors = model.embed_documents(texts)
    assert vectors.shape == (70, 16)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[69], model.embed_documents([texts[69]])[0], atol=1e-5)
    assert model.embed_documents([]).shape == (0, 16)


def test_its_own_prompts_are_used(tmp_path: Path) -> None:
    """Where the model names prompts, question and passage get the vectors of the prompted texts."""
    folder = save_tiny_model(tmp_path / "tiny", prompts={"query": "問: ", "document": "文: "})
    model, plain = open_embedder(folder), SentenceTransformer(folder)
    question = plain.encode(["問: 計画"], prompt="", normalize_embeddings=True)[0]
    passage = plain.encode(["文: 計画"], prompt="", normalize_embeddings=True)[0]
    assert np.allclose(model.embed_query("計画"), question, atol=1e-5)
    assert np.allclose(model.embed_documents(["計画"])[0], passage, atol=1e-5)
    assert not np.allclose(question, passage, atol=1e-3)


def test_the_digest_is_of_the_weights_and_prompts(tmp_path: Path) -> None:
    """Copies agree wherever they lie; other weights or other prompts are another model."""
    one = save_tiny_model(tmp_path / "one", prompts={})
    copy = save_tiny_model(tmp_path / "copy", prompts={})
    weights = save_tiny_model(tmp_path / "weights", prompts={}, seed=1)
    prompts = save_tiny_model(tmp_path / "prompts", prompts={"query": "問: ", "document": ""})
    digests = [open_embedder(folder).digest for folder in (one, copy, weights, prompts)]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


def test_an_index_refuses_another_model(tmp_path: Path, towns_dir: Path) -> None:
    """Opening an index with a model that did not build it names both and the command that mends it."""
    model = open_embedder(save_tiny_model(tmp_path / "tiny", prompts={}))
    with pytest.raises(IndexMismatchError, match=r"埋め込みモデル\(default .*machiplan ingest"):
        Index.open(towns_dir, embedder=model)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    """A folder that is not there gives one Japanese sentence with its name."""
    with pytest.raises(EmbedderMissingError, match=f"{tmp_path}/none"):
        open_embedder(f"{tmp_path}/none")
