"""Sentence-transformers models as embedders."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertForMaskedLM, BertForSequenceClassification, BertModel, PreTrainedTokenizerFast

from index.build import build_index
from index.embedder import Embedder
from index.errors import EmbedderMissingError, IndexMismatchError
from index.index import Index
from index.model_backends import BACKENDS
from index.model_prompts import family_prompts
from index.query import Query
from index.sentence_embedder import sentence_model_folder
from index.sentence_transformer import SentenceTransformerEmbedder
from ingest.document import Document

ODD_TEXTS = ["", " ", "の", "👍🏽", "zxqwv", "デジタルデバインド", "𠮷野家", "ＤＸ", "計画\n期間", "\ud800計画"]
TEXT = (
    "本計画の期間は、令和5年度から令和8年度までの4年間とします。",
    "高齢者を対象に、スマートフォン教室を年に6回開催します。会場は公民館です。",
    "副町長を本部長とする推進本部を設け、情報政策課が事務局を担います。",
    "検索クエリ: 検索文書: 文章: query: passage: 問: 文: ",
)
SECONDS = 60  # for a process that imports torch; the library alone tries an unreachable network for 70 more

open_model = SentenceTransformerEmbedder.open


def save_tokenizer(folder: Path) -> int:
    """Save a WordPiece tokenizer made of a few sentences' characters and return how many pieces it knows."""
    letters = sorted(set("".join(TEXT)) - {" "})
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    tokenizer = Tokenizer(models.WordPiece({piece: number for number, piece in enumerate(pieces)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    saved: Any = PreTrainedTokenizerFast
    saved(tokenizer_object=tokenizer, model_max_length=64, **special).save_pretrained(folder)
    return len(pieces)


def save_bert(folder: Path, *, seed: int = 0, kind: type = BertModel) -> str:
    """Save a real BERT of two small layers with random weights, as transformers does, and return its folder's name."""
    folder.mkdir(parents=True)
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=save_tokenizer(folder),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        initializer_range=0.5,  # wide enough that texts differ
    )
    kind(config).save_pretrained(folder)
    return str(folder)


def save_model(folder: Path, *, prompts: dict[str, str], seed: int = 0) -> str:
    """Save the same BERT as sentence-transformers does, with prompts, and return its folder's name."""
    transformer = Transformer(save_bert(folder.with_name(f"{folder.name}.bert"), seed=seed))
    pooling = Pooling(transformer.get_embedding_dimension())
    SentenceTransformer(modules=[transformer, pooling], prompts=prompts).save(str(folder))
    return str(folder)


def prompted(folder: str, prompt: str, text: str) -> NDArray[np.float32]:
    """Return the unit vector that the library gives a text behind a prompt."""
    vector: NDArray[np.float32] = SentenceTransformer(folder).encode(prompt + text, normalize_embeddings=True)
    return vector


def test_both_readers_of_the_default_embedder_agree(documents: tuple[Document, ...], embedder: Embedder) -> None:
    """ONNX Runtime alone and SentenceTransformer give equal vectors to 1e-5, for passages and for questions."""
    texts = [chunk.search_text for document in documents for chunk in document.chunks][::4]
    texts += [text for text in ODD_TEXTS if any(character.isalnum() for character in text)]
    assert len(texts) > 100
    model = SentenceTransformer(str(sentence_model_folder()), trust_remote_code=True)
    theirs = model.encode_document(texts, show_progress_bar=False)
    assert np.abs(theirs - embedder.embed_documents(texts)).max() < 1e-5
    assert np.abs(model.encode_query(texts[0]) - embedder.embed_query(texts[0])).max() < 1e-5


@pytest.mark.parametrize("save", [save_bert, lambda folder: save_model(folder, prompts={"query": "問: "})])
def test_a_model_in_a_folder_plugs_in(tmp_path: Path, towns: tuple[Document, ...], save: Callable[[Path], str]) -> None:
    """A folder of transformers and one of sentence-transformers can build an index and answer from it."""
    model = open_model(save(tmp_path / "tiny"))
    assert model.dimensions == 32
    assert 0 <= model.floor < 1
    build_index(towns, tmp_path / "index", embedder=model)
    with Index.open(tmp_path / "index", embedder=model) as index:
        hits = index.retrieve(Query("計画の期間", ("222222",)))
    assert hits[0].chunk.plan_id == "west"
    assert hits[0].dense != 0


def test_its_vectors_are_unit_rows_in_batches(tmp_path: Path) -> None:
    """More texts than a batch, in any order of length, come back in order and normalised."""
    model = open_model(save_bert(tmp_path / "tiny"))
    texts = ["計画の期間" * (number % 7 + 1) for number in range(70)]
    vectors = model.embed_documents(texts)
    assert vectors.shape == (70, 32)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert np.allclose(vectors[69], model.embed_documents([texts[69]])[0], atol=1e-5)
    assert model.embed_documents([]).shape == (0, 32)


def test_odd_texts_have_vectors(tmp_path: Path) -> None:
    """Nothing that can be typed or read from a file stops a model, and the same text has the same vector."""
    model = open_model(save_bert(tmp_path / "tiny"))
    vectors = model.embed_documents(ODD_TEXTS)
    assert np.isfinite(vectors).all()
    assert np.array_equal(vectors, model.embed_documents(ODD_TEXTS))
    assert model.embed_query("\ud800").shape == (32,)


def test_a_plain_folder_has_the_mean_of_its_words(tmp_path: Path) -> None:
    """Where a folder says nothing of pooling, a text's vector is the mean over its pieces."""
    folder = save_bert(tmp_path / "tiny")
    transformer = Transformer(folder)
    features = transformer.preprocess(["計画の期間"])
    with torch.no_grad():
        pieces = transformer(features)["token_embeddings"][0].numpy()
    mean = pieces.mean(axis=0)
    assert np.allclose(open_model(folder).embed_query("計画の期間"), mean / np.linalg.norm(mean), atol=1e-5)


@pytest.mark.parametrize("named", ["document", "passage", "corpus"])
def test_its_own_prompts_are_used(tmp_path: Path, named: str) -> None:
    """Where the model names prompts, they are used, whatever its family's are and however it calls a passage."""
    folder = save_model(tmp_path / "my-e5-small", prompts={"query": "問: ", named: "文: "})
    model = open_model(folder)
    assert np.allclose(model.embed_query("計画"), prompted(folder, "問: ", "計画"), atol=1e-5)
    assert np.allclose(model.embed_documents(["計画"])[0], prompted(folder, "文: ", "計画"), atol=1e-5)
    assert not np.allclose(model.embed_query("計画"), model.embed_documents(["計画"])[0], atol=1e-3)


def test_a_prompt_for_questions_alone_stays_alone(tmp_path: Path) -> None:
    """A model that names a prompt for questions only gets none before passages, even in a family that has one."""
    folder = save_model(tmp_path / "my-e5-small", prompts={"query": "問: "})
    assert np.allclose(open_model(folder).embed_documents(["計画"])[0], prompted(folder, "", "計画"), atol=1e-5)


@pytest.mark.parametrize("save", [save_bert, lambda folder: save_model(folder, prompts={})])
def test_a_model_without_prompts_gets_its_familys(tmp_path: Path, save: Callable[[Path], str]) -> None:
    """A folder called my-e5-small that names no prompts is read as the e5 family asks for."""
    folder = save(tmp_path / "my-e5-small")
    model = open_model(folder)
    assert np.allclose(model.embed_query("計画"), prompted(folder, "query: ", "計画"), atol=1e-5)
    assert np.allclose(model.embed_documents(["計画"])[0], prompted(folder, "passage: ", "計画"), atol=1e-5)


@pytest.mark.parametrize(
    ("name", "query", "document"),
    [
        ("intfloat/multilingual-e5-base", "query: ", "passage: "),
        ("intfloat/multilingual-e5-large-instruct", "Instruct: ", ""),
        ("intfloat/e5-mistral-7b-instruct", "Instruct: ", ""),
        ("models--intfloat--multilingual-e5-small", "query: ", "passage: "),
        ("pkshatech/GLuCoSE-base-ja-v2", "query: ", "passage: "),
        ("pkshatech/GLuCoSE-base-ja", "", ""),
        ("cl-nagoya/ruri-large", "クエリ: ", "文章: "),
        ("cl-nagoya/ruri-base-v2", "クエリ: ", "文章: "),
        ("cl-nagoya/ruri-v3-310m", "検索クエリ: ", "検索文書: "),
        ("sbintuitions/sarashina-embedding-v2-1b", "task: ", "text: "),
        ("sbintuitions/sarashina-embedding-v1-1b", "", ""),
        ("BAAI/bge-m3", "", ""),
        ("some/code5e5f", "", ""),
    ],
)
def test_families_are_told_by_name(name: str, query: str, document: str) -> None:
    """The table knows a family by its name as a word of its own, the narrower family first."""
    prompts = family_prompts(name)
    assert prompts.query.startswith(query)
    assert bool(prompts.query) == bool(query)
    assert prompts.document == document


def test_a_family_is_told_by_what_the_folder_says(tmp_path: Path) -> None:
    """A folder's own name, its place in the cache of Hugging Face, or the name in its configuration tell the family."""
    revision = tmp_path / "models--cl-nagoya--ruri-v3-30m" / "snapshots" / "0123abc"
    revision.mkdir(parents=True)
    assert family_prompts(str(revision)).query == "検索クエリ: "
    linked = tmp_path / "current"
    linked.symlink_to(revision)
    assert family_prompts(str(linked)).query == "検索クエリ: "
    copied = tmp_path / "mine"
    copied.mkdir()
    assert family_prompts(str(copied)).query == ""
    (copied / "config.json").write_text(json.dumps({"_name_or_path": "intfloat/multilingual-e5-small"}), "utf-8")
    assert family_prompts(str(copied)).query == "query: "
    (copied / "config.json").write_text("{", "utf-8")
    assert family_prompts(str(copied)).query == ""


def test_the_digest_is_of_the_weights_words_and_prompts(tmp_path: Path) -> None:
    """Copies agree wherever they lie; other weights, another vocabulary or other prompts are another model."""
    one = save_model(tmp_path / "one", prompts={})
    copy = save_model(tmp_path / "copy", prompts={})
    weights = save_model(tmp_path / "weights", prompts={}, seed=1)
    prompts = save_model(tmp_path / "prompts", prompts={"query": "問: ", "document": ""})
    family = save_model(tmp_path / "my-e5-small", prompts={})
    words = save_model(tmp_path / "words", prompts={})
    tokenizer = Path(words) / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text("utf-8").replace("計", "議"), "utf-8")
    digests = [open_model(folder).digest for folder in (one, copy, weights, prompts, family, words)]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 5


def test_a_layer_that_the_files_leave_out_is_always_the_same(tmp_path: Path) -> None:
    """A model saved for filling gaps has no pooler; the library makes one at random, which must not change the digest."""
    folder = save_bert(tmp_path / "gaps", kind=BertForMaskedLM)
    torch.manual_seed(7)
    state = torch.get_rng_state()
    first = open_model(folder)
    assert torch.equal(state, torch.get_rng_state())
    torch.manual_seed(8)
    assert open_model(folder).digest == first.digest


def test_an_index_refuses_another_model(tmp_path: Path, towns_dir: Path) -> None:
    """Opening an index with a model that did not build it names both and the command that mends it."""
    model = open_model(save_bert(tmp_path / "tiny"))
    with pytest.raises(IndexMismatchError, match=r"埋め込みモデル\(default .*machiplan ingest"):
        Index.open(towns_dir, embedder=model)


def no_files(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def half_the_weights(folder: Path) -> None:
    weights = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(weights[: len(weights) // 2])


def a_config_cut_short(folder: Path) -> None:
    (folder / "config.json").write_text("{", "utf-8")


def weights_of_another_size(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text("utf-8"))
    (folder / "config.json").write_text(json.dumps({**config, "hidden_size": 64}), "utf-8")


def weights_that_are_no_weights(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(b"junk")


def an_empty_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("{}", "utf-8")


@pytest.mark.parametrize(
    "damage",
    [
        no_files,
        half_the_weights,
        a_config_cut_short,
        weights_of_another_size,
        weights_that_are_no_weights,
        an_empty_tokenizer,
    ],
)
def test_a_damaged_folder_is_named(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    """Whatever is wrong with a folder, the error is one Japanese sentence with its name and what to do."""
    folder = Path(save_bert(tmp_path / "tiny"))
    damage(folder)
    with pytest.raises(EmbedderMissingError, match=rf"「{folder}」を読み込めません。フォルダーの中身を.*指定して"):
        open_model(str(folder))


def test_a_model_that_cannot_compute_is_named(tmp_path: Path) -> None:
    """A model whose numbers are NaN is refused when it is opened, not when the index holds them."""
    folder = Path(save_bert(tmp_path / "tiny"))
    model = BertModel.from_pretrained(folder)
    torch.nn.init.constant_(model.embeddings.word_embeddings.weight, float("nan"))
    model.save_pretrained(folder)
    with pytest.raises(EmbedderMissingError, match="計算できませんでした（The model returned NaN"):
        open_model(str(folder))


def test_a_reranker_is_no_embedder(tmp_path: Path) -> None:
    """A cross-encoder given as the embedding model is refused: its vectors would mean nothing."""
    folder = save_bert(tmp_path / "tiny", kind=BertForSequenceClassification)
    with pytest.raises(EmbedderMissingError, match="文をベクトルにするモデルではありません"):
        open_model(folder)


def test_code_that_comes_with_a_model_is_not_run(tmp_path: Path) -> None:
    """A model that needs a program of its own is refused, and the program is not imported."""
    folder = Path(save_bert(tmp_path / "tiny"))
    config = json.loads((folder / "config.json").read_text("utf-8"))
    code = {"model_type": "own", "auto_map": {"AutoConfig": "own.Config", "AutoModel": "own.Model"}}
    (folder / "config.json").write_text(json.dumps({**config, **code}), "utf-8")
    (folder / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", "utf-8")
    with pytest.raises(EmbedderMissingError, match="プログラムは、安全のため実行しません"):
        open_model(str(folder))
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("name", ["{}/none", "nobody/none-such-model", "none-such-model"])
def test_a_missing_model_is_named_at_once(tmp_path: Path, name: str) -> None:
    """A folder or a name that is not there gives one Japanese sentence with its name, without waiting for a network."""
    name = name.format(tmp_path)
    start = time.monotonic()
    with pytest.raises(EmbedderMissingError, match=f"「{name}」を読み込めません。フォルダーの場所かモデルの名前"):
        open_model(name)
    assert time.monotonic() - start < 5


WITHOUT_NETWORK = """
import sys
from index.errors import EmbedderMissingError
from index.sentence_transformer import SentenceTransformerEmbedder
try:
    model = SentenceTransformerEmbedder.open(sys.argv[1])
except EmbedderMissingError as error:
    print(error)
else:
    print(model.prompts.query, model.dimensions, model.embed_query("計画").shape)
"""


def open_without_network(name: str, cache: Path) -> str:
    """Open a model in a process that may use the network and has none, and return what it printed."""
    unreachable = {"HF_HUB_OFFLINE": "0", "HF_ENDPOINT": "http://127.0.0.1:9", "HF_HUB_CACHE": str(cache)}
    command = [sys.executable, "-c", WITHOUT_NETWORK, name]
    done = subprocess.run(
        command, env={**os.environ, **unreachable}, capture_output=True, text=True, check=True, timeout=SECONDS
    )
    return done.stdout


def test_an_unreachable_network_costs_no_minutes(tmp_path: Path) -> None:
    """A name that is not on this machine is given up at the first refusal, not after the library's retries."""
    said = open_without_network("nobody/none-such-model", tmp_path)
    assert "「nobody/none-such-model」を読み込めません。" in said
    assert "ネットワークの接続を確かめてください" in said


def test_a_name_fetched_before_needs_no_network(tmp_path: Path) -> None:
    """A model in the cache of Hugging Face is opened by its name with no network, with its family's prompts."""
    entry = tmp_path / "models--somebody--my-e5-small"
    save_bert(entry / "snapshots" / "0123abc")
    (entry / "refs").mkdir()
    (entry / "refs" / "main").write_text("0123abc", "utf-8")
    assert open_without_network("somebody/my-e5-small", tmp_path) == "query:  32 (32,)\n"


def test_an_unknown_backend_is_named(tmp_path: Path) -> None:
    """A backend that does not exist is named with those that do."""
    with pytest.raises(EmbedderMissingError, match=r"計算方法「tensorrt」はありません。torch、onnx、openvino"):
        open_model(str(tmp_path), "tensorrt")


def is_installed(backend: str) -> bool:
    """Whether a backend's package is there. To import it here would also import what it reports home with."""
    try:
        return bool(version(BACKENDS[backend][2].split("[")[0]))
    except PackageNotFoundError:
        return False


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_backend_without_its_packages_is_named(tmp_path: Path, backend: str) -> None:
    """A backend that is not installed is named with what installs it, and with torch, which needs nothing."""
    package = BACKENDS[backend][2]
    if is_installed(backend):
        pytest.skip(f"{package} is installed; this takes it away: pip uninstall {package.split('[')[0]}")
    expected = (
        re.escape(f"必要なパッケージ {package} がない") + ".*" + re.escape(f"pip install '{package}'") + ".*torch"
    )
    with pytest.raises(EmbedderMissingError, match=expected):
        open_model(save_bert(tmp_path / "tiny"), backend)


COMPUTE = """
import json, sys
from index.sentence_transformer import SentenceTransformerEmbedder
model = SentenceTransformerEmbedder.open(*sys.argv[1:])
vectors = [*model.embed_documents(["計画の期間", "スマホ教室"]), model.embed_query("計画")]
print(json.dumps([model.digest, [vector.tolist() for vector in vectors]]))
"""


def compute(folder: str, backend: str) -> tuple[str, NDArray[np.float32]]:
    """Return the digest and three vectors, computed in a process where the warnings of a backend's packages are no errors."""
    command = [sys.executable, "-c", COMPUTE, folder, backend]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=2 * SECONDS)
    digest, vectors = json.loads(done.stdout.splitlines()[-1])
    return digest, np.array(vectors, np.float32)


@pytest.mark.parametrize("backend", BACKENDS)
def test_another_backend_gives_the_same_vectors(tmp_path: Path, backend: str) -> None:
    """ONNX and OpenVINO agree with torch to 1e-2, and the digest tells by which of them, and of what, a vector is."""
    if not is_installed(backend):
        pytest.skip(
            f"{backend} is not installed (docs/models.md); this enables it: pip install '{BACKENDS[backend][2]}'"
        )
    folder = save_model(tmp_path / "tiny", prompts={"query": "問: "})
    other = save_model(tmp_path / "other", prompts={"query": "問: "}, seed=1)
    plain_digest, plain = compute(folder, "torch")
    digest, vectors = compute(folder, backend)
    assert np.abs(vectors - plain).max() < 1e-2
    assert compute(folder, backend)[0] == digest
    assert len({plain_digest, digest, compute(other, backend)[0]}) == 3
