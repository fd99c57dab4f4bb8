"""Cross-encoders as rerankers."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from sentence_transformers import CrossEncoder
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertForSequenceClassification, BertModel, PreTrainedTokenizerFast

from index.embedder import Embedder
from index.errors import RerankerMissingError
from index.index import Index
from index.meanings import embedded_texts
from index.model_backends import BACKENDS
from index.query import Query
from index.reranker import open_reranker
from index.retrieve import RERANKED, RERANKER_WEIGHT

QUESTION = "計画の期間は"
PASSAGES = (
    "本計画の期間は、令和5年度から令和8年度までの4年間とします。",
    "高齢者を対象に、スマートフォン教室を年に6回開催します。会場は公民館です。",
    "副町長を本部長とする推進本部を設け、情報政策課が事務局を担います。",
)


def save_tokenizer(folder: Path) -> int:
    """Save a WordPiece tokenizer made of the passages' characters and return how many pieces it knows."""
    letters = sorted(set("".join((QUESTION, *PASSAGES))))
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    tokenizer = Tokenizer(models.WordPiece({piece: number for number, piece in enumerate(pieces)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    saved: Any = PreTrainedTokenizerFast
    saved(tokenizer_object=tokenizer, model_max_length=64, **special).save_pretrained(folder)
    return len(pieces)


def save_bert(folder: Path, *, labels: int = 1, seed: int = 0, kind: type = BertForSequenceClassification) -> str:
    """Save a real BERT of two small layers with random weights and return its folder's name."""
    folder.mkdir(parents=True)
    torch.manual_seed(seed)
    configured: Any = BertConfig  # its signature leaves out what every configuration takes
    config = configured(
        vocab_size=save_tokenizer(folder),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        initializer_range=0.5,  # wide enough that pairs differ
        num_labels=labels,
    )
    kind(config).save_pretrained(folder)
    return str(folder)


def logits(folder: str, passages: tuple[str, ...]) -> list[float]:
    """Return what the model itself says of each passage, without any activation."""
    pairs = [(QUESTION, passage) for passage in passages]
    return [float(logit) for logit in CrossEncoder(folder).predict(pairs, activation_fn=torch.nn.Identity())]


def test_a_cross_encoder_in_a_folder_plugs_in(tmp_path: Path) -> None:
    """Every passage gets one score in [0, 1], in the order given, and the model's own order is kept."""
    folder = save_bert(tmp_path / "tiny")
    scores = open_reranker(folder).scores(QUESTION, PASSAGES)
    assert scores.shape == (3,)
    assert scores.dtype == np.float32
    assert ((scores >= 0) & (scores <= 1)).all()
    assert len(set(scores.tolist())) == 3
    assert np.argsort(scores).tolist() == np.argsort(logits(folder, PASSAGES)).tolist()


@pytest.mark.parametrize("activation", ["Sigmoid", "Identity", None])
def test_the_sigmoid_is_applied_once(tmp_path: Path, activation: str | None) -> None:
    """A model that brings a sigmoid, one that brings none and one that says nothing give the sigmoid of the same logit."""
    folder = Path(save_bert(tmp_path / "tiny"))
    config = json.loads((folder / "config.json").read_text("utf-8"))
    if activation is not None:
        brought = {
            "activation_fn": f"torch.nn.modules.{'activation' if activation == 'Sigmoid' else 'linear'}.{activation}"
        }
        (folder / "config.json").write_text(json.dumps({**config, "sentence_transformers": brought}), "utf-8")
        assert type(CrossEncoder(str(folder)).activation_fn).__name__ == activation
    expected = [1 / (1 + math.exp(-logit)) for logit in logits(str(folder), PASSAGES)]
    assert np.allclose(open_reranker(str(folder)).scores(QUESTION, PASSAGES), expected, atol=1e-6)


def test_it_has_half_a_say_on_the_first_hits(tmp_path: Path, index_dir: Path, embedder: Embedder) -> None:
    """The first hits are ordered by both scores, however few are wanted; what the reranker did not see follows behind."""
    reranker = open_reranker(save_bert(tmp_path / "tiny"))
    with Index.open(index_dir, embedder=embedder) as index:
        alone = {hit.chunk.chunk_id: hit.score for hit in index.retrieve(Query(QUESTION, k=100))}
    with Index.open(index_dir, embedder=embedder, reranker=reranker) as index:
        hits = index.retrieve(Query(QUESTION, k=100))
        assert index.retrieve(Query(QUESTION, k=3)) == hits[:3]
    seen = [hit for hit in hits if hit.reranked]
    assert len(seen) == RERANKED
    assert {hit.chunk.chunk_id for hit in seen} == set(list(alone)[:RERANKED])
    for hit in hits:
        blended = (1 - RERANKER_WEIGHT) * alone[hit.chunk.chunk_id] + RERANKER_WEIGHT * hit.reranked
        assert hit.score == pytest.approx(blended)
    (score,) = reranker.scores(QUESTION, [next(embedded_texts(hits[0].chunk))])
    assert hits[0].reranked == pytest.approx(float(score), abs=1e-5)


def test_its_scores_do_not_depend_on_the_batch(tmp_path: Path) -> None:
    """More passages than a batch, in any order of length, come back in order; again, they are the same to the bit."""
    model = open_reranker(save_bert(tmp_path / "tiny"))
    passages = [PASSAGES[number % 3] * (number % 4 + 1) for number in range(70)]
    scores = model.scores(QUESTION, passages)
    assert scores.shape == (70,)
    assert np.array_equal(scores, model.scores(QUESTION, passages))
    assert np.allclose(scores[69], model.scores(QUESTION, [passages[69]])[0], atol=1e-5)


def test_odd_texts_have_scores(tmp_path: Path) -> None:
    """No passage, an empty one, one far longer than the model reads and one that is no text stop nothing."""
    model = open_reranker(save_bert(tmp_path / "tiny"))
    assert model.scores(QUESTION, []).shape == (0,)
    assert np.isfinite(model.scores(QUESTION, ["", PASSAGES[0] * 100, "\ud800"])).all()
    assert np.isfinite(model.scores("\ud800", ["計画"])).all()


def test_the_digest_is_of_the_weights(tmp_path: Path) -> None:
    """Copies agree wherever they lie; other weights are another model."""
    one, copy = save_bert(tmp_path / "one"), save_bert(tmp_path / "copy")
    other = save_bert(tmp_path / "other", seed=1)
    digests = [open_reranker(folder).digest for folder in (one, copy, other)]
    assert digests[0] == digests[1]
    assert digests[0] != digests[2]


def test_an_embedding_model_is_no_reranker(tmp_path: Path) -> None:
    """A model without a scoring layer is refused: the library would make one up at random."""
    with pytest.raises(RerankerMissingError, match="点数を一つ付けるモデルではありません"):
        open_reranker(save_bert(tmp_path / "tiny", kind=BertModel))


def test_a_classifier_is_no_reranker(tmp_path: Path) -> None:
    """A model of several classes is refused: nothing says which of them means that a passage answers."""
    with pytest.raises(RerankerMissingError, match="点数を一つ付けるモデルではありません"):
        open_reranker(save_bert(tmp_path / "tiny", labels=3))


def test_a_damaged_folder_is_named(tmp_path: Path) -> None:
    """Weights cut short give one Japanese sentence with the folder's name and what to do."""
    folder = Path(save_bert(tmp_path / "tiny"))
    weights = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(weights[: len(weights) // 2])
    with pytest.raises(RerankerMissingError, match=rf"並べ替えモデル「{folder}」を読み込めません。フォルダーの中身を"):
        open_reranker(str(folder))


def test_a_model_that_cannot_compute_is_named(tmp_path: Path) -> None:
    """A model whose numbers are NaN is refused when it is opened."""
    folder = Path(save_bert(tmp_path / "tiny"))
    model = BertForSequenceClassification.from_pretrained(folder)
    torch.nn.init.constant_(model.classifier.weight, float("nan"))
    model.save_pretrained(folder)
    with pytest.raises(RerankerMissingError, match="計算できませんでした（The model returned NaN"):
        open_reranker(str(folder))


@pytest.mark.parametrize("name", ["{}/none", "nobody/none-such-model"])
def test_a_missing_model_is_named(tmp_path: Path, name: str) -> None:
    """A folder or a name that is not there gives one Japanese sentence with its name."""
    name = name.format(tmp_path)
    with pytest.raises(RerankerMissingError, match=f"「{name}」を読み込めません。フォルダーの場所かモデルの名前"):
        open_reranker(name)


def test_an_unknown_backend_is_named(tmp_path: Path) -> None:
    """A backend that does not exist is named with those that do."""
    with pytest.raises(RerankerMissingError, match=r"計算方法「tensorrt」はありません。torch、onnx、openvino"):
        open_reranker(str(tmp_path), "tensorrt")


COMPUTE = """
import json, sys
from index.reranker import open_reranker
folder, backend, question, *passages = sys.argv[1:]
model = open_reranker(folder, backend)
print(json.dumps([model.digest, model.scores(question, passages).tolist()]))
"""


@pytest.mark.parametrize("backend", BACKENDS)
def test_another_backend_gives_the_same_scores(tmp_path: Path, backend: str) -> None:
    """ONNX and OpenVINO agree with torch to 1e-2."""
    package = BACKENDS[backend][2]
    try:
        version(package.split("[")[0])
    except PackageNotFoundError:
        pytest.skip(f"{backend} is not installed (docs/models.md); this enables it: pip install '{package}'")
    folder = save_bert(tmp_path / "tiny")
    model = open_reranker(folder)
    command = [sys.executable, "-c", COMPUTE, folder, backend, QUESTION, *PASSAGES]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    digest, scores = json.loads(done.stdout.splitlines()[-1])
    assert np.allclose(scores, model.scores(QUESTION, PASSAGES), atol=1e-2)
    assert digest != model.digest


def test_opening_the_module_imports_no_torch() -> None:
    """What a reranker looks like can be imported without the seconds that torch takes."""
    code = "import sys, index.reranker; sys.exit('torch' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
