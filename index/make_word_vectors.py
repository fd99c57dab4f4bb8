"""Derive the word vectors from those that ja-ginza carries: ``python -m index.make_word_vectors``.

The rows of ja-ginza's vectors stand in order of word frequency, so Zipf's law of the row number stands in for the
counts, and smooth inverse frequency (Arora et al. 2017, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings")
needs no corpus: word weight a / (a + p(word)), then the direction that all texts share is removed. Both are folded into
the saved vectors. Nothing is tuned.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.derive import CONFIG, derive, download, read_members, write_json
from index.static_embedder import KEYS, ROWS, VECTORS, word_vectors_folder

PACKAGE = "ja-ginza==5.3.0"
VOCAB = "ja_ginza/ja_ginza-5.3.0/vocab/"
SHA256 = {
    "vectors": "8c16f062e90069d86fc58df57af9c9c948aae9b0033684332c99538fbdcff4bf",
    "key2row": "dee5b86de2f94dac1f48db1115ad21a94755e370debb78b5cc46dbcf3950cad0",
}
SIF_A = 1e-3  # Arora et al. use 1e-3 to 1e-4
ZIPF_SHIFT = 2.7  # Mandelbrot's shift of the rank: p(r) = 1 / ((r + 2.7) H)
VERSION = 2  # change it whenever the same source would give other vectors

logger = logging.getLogger(__name__)


def make_word_vectors(folder: Path, *, wheel: Path | None = None) -> bool:
    """Derive the word vectors into ``folder`` and return whether there was anything to do.

    ``wheel`` is the ja-ginza wheel where it is already at hand; without it pip fetches it from its registry.

    Raises:
        ValueError: the wheel is not the one that this version was written for.
        subprocess.CalledProcessError: pip could not fetch it.
    """
    return derive(folder, source_digest(), _write, lambda aside: wheel or download(PACKAGE, aside))


def source_digest() -> str:
    """Return the digest of what decides the vectors: the source files and these rules."""
    return hashlib.sha256(json.dumps([SHA256, SIF_A, ZIPF_SHIFT, VERSION]).encode()).hexdigest()


def sif_vectors(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return word vectors with their weight folded in and the common direction removed, the same shape (words, d).

    The rows must stand in order of word frequency, the most frequent first.
    """
    probability = 1.0 / (np.arange(len(vectors)) + ZIPF_SHIFT)
    probability /= probability.sum()
    weighted = (SIF_A / (SIF_A + probability))[:, None] * vectors.astype(np.float64)
    # The first principal direction of running text: every word counts as often as it is met.
    met = weighted * np.sqrt(probability)[:, None]
    _, directions = np.linalg.eigh(met.T @ met)
    common = directions[:, -1]
    return (weighted - np.outer(weighted @ common, common)).astype(np.float32)


def _write(wheel: Path, folder: Path) -> None:
    import ormsgpack

    found = read_members(wheel, {VOCAB + name: digest for name, digest in SHA256.items()}, PACKAGE)
    members = {name: found[VOCAB + name] for name in SHA256}
    rows_of = ormsgpack.unpackb(members["key2row"], option=ormsgpack.OPT_NON_STR_KEYS)
    keys = np.fromiter(rows_of.keys(), np.uint64, len(rows_of))
    rows = np.fromiter(rows_of.values(), np.uint16, len(rows_of))
    order = np.argsort(keys)
    vectors = sif_vectors(np.load(io.BytesIO(members["vectors"])))
    np.save(folder / VECTORS, vectors)
    np.save(folder / KEYS, keys[order])
    np.save(folder / ROWS, rows[order])
    config = {
        "digest": source_digest(),
        "dimensions": int(vectors.shape[1]),
        "source": PACKAGE,
        "licence": "MIT (ja-ginza, Megagon Labs); word vectors: chiVe, Apache-2.0 (Works Applications)",
    }
    write_json(folder / CONFIG, config)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the word vectors where ``index.static_embedder`` looks for it, and log what was done."""
    parser = argparse.ArgumentParser(prog="python -m index.make_word_vectors", description=__doc__)
    parser.add_argument("--wheel", type=Path, help=f"the {PACKAGE} wheel, where it is already at hand")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    folder = word_vectors_folder()
    made = make_word_vectors(folder, wheel=options.wheel)
    logger.info("%s: %s", folder, "made" if made else "up to date")


if __name__ == "__main__":
    main()
