"""The default embedder's encoder in torch, with a factor for every scale of its 4-bit blocks that training may change."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from index.make_sentence_model import PACKED, Source, unpack
from index.sentence_embedder import BLOCK

LENGTHS = 8  # sequences are padded to a multiple of it: fewer shapes for torch to prepare
MIDDLE = 8  # the weight of 4 bits that stands for zero


class TunedProduct(nn.Module):
    """A 4-bit matrix and its bias, both frozen; ``factors`` (outputs, blocks) are what is trained."""

    weights: Tensor
    bias: Tensor

    def __init__(self, source: Source, at: str, outputs: int) -> None:
        """Take the matrix ``at``.w and the bias ``at``.b."""
        super().__init__()
        packed = np.frombuffer(source.tensors[f"{at}.w"], np.uint8).reshape(-1, PACKED)
        scales = packed[:, :2].copy().view("<f2").astype(np.float32)
        weights = (unpack(packed[:, 2:]).astype(np.float32) - MIDDLE) * scales
        self.register_buffer("weights", torch.from_numpy(weights).view(outputs, -1, BLOCK))
        self.register_buffer("bias", torch.from_numpy(source.floats(f"{at}.b")))
        self.factors = nn.Parameter(torch.ones(outputs, self.weights.shape[1]))

    def forward(self, state: Tensor) -> Tensor:
        """Return the product, shape (..., inputs) to (..., outputs)."""
        return functional.linear(state, (self.weights * self.factors[..., None]).flatten(1), self.bias)


class TunedEncoder(nn.Module):
    """What ``index.make_sentence_model.encoder`` writes for ONNX Runtime, the mean over the pieces and the unit length added."""

    def __init__(self, source: Source) -> None:
        """Take all matrices, biases and norms of a source."""
        super().__init__()
        self.source = source
        sizes = dict.fromkeys("q k v ao fi fo".split(), source.width) | {"fi": source.inner}
        names = [(f"l{layer}.{part}", size) for layer in range(source.layers) for part, size in sizes.items()]
        self.products = nn.ModuleDict({name.replace(".", "_"): TunedProduct(source, name, n) for name, n in names})
        self.names = [name for name, _ in names]

    def forward(self, state: Tensor, pieces: Tensor) -> Tensor:
        """Return unit vectors, shape (texts, width).

        ``state`` holds the embeddings of word pieces and places, shape (texts, longest, width), and ``pieces`` says which
        places are filled, shape (texts, longest).
        """
        state = self._norm(state, "emb.ln")
        for layer in range(self.source.layers):
            state = self._layer(state, pieces, f"l{layer}.")
        filled = pieces[..., None].to(state.dtype)
        return functional.normalize((state * filled).sum(dim=1).float(), dim=-1)

    def factors(self) -> dict[str, NDArray[np.float32]]:
        """Return the factors of every matrix by its name in the source, shape (outputs, blocks)."""
        return {f"{name}.w": self._product(name).factors.detach().numpy() for name in self.names}

    def _layer(self, state: Tensor, pieces: Tensor, at: str) -> Tensor:
        texts, longest, width = state.shape
        heads = (texts, longest, self.source.heads, -1)
        query, key, value = (self._product(at + part)(state).view(heads).transpose(1, 2) for part in "qkv")
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=pieces[:, None, None, :])
        out = self._product(at + "ao")(seen.transpose(1, 2).reshape(texts, longest, width))
        state = self._norm(state + out, f"{at}aln")
        inner = functional.gelu(self._product(at + "fi")(state))
        return self._norm(state + self._product(at + "fo")(inner), f"{at}oln")

    def _product(self, name: str) -> TunedProduct:
        product = self.products[name.replace(".", "_")]
        assert isinstance(product, TunedProduct)
        return product

    def _norm(self, state: Tensor, name: str) -> Tensor:
        weight, bias = (torch.from_numpy(self.source.floats(f"{name}.{part}")) for part in "wb")
        return functional.layer_norm(state, state.shape[-1:], weight, bias, self.source.epsilon)


def padded(rows: Sequence[NDArray[np.float32]]) -> tuple[Tensor, Tensor]:
    """Return texts of different lengths as one batch: what ``TunedEncoder`` takes.

    >>> state, pieces = padded([np.ones((3, 4), np.float32), np.ones((9, 4), np.float32)])
    >>> state.shape, pieces.sum(dim=1).tolist()
    (torch.Size([2, 16, 4]), [3, 9])
    """
    longest = -(-max(map(len, rows)) // LENGTHS) * LENGTHS
    state = torch.zeros(len(rows), longest, rows[0].shape[1])
    pieces = torch.zeros(len(rows), longest, dtype=torch.bool)
    for at, row in enumerate(rows):
        state[at, : len(row)] = torch.from_numpy(row)
        pieces[at, : len(row)] = True
    return state, pieces
