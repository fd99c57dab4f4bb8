"""What training has changed of the default embedder: a factor for the scale of each block of 32 weights.

The weights of 4 bits stay as they are, and with them the size of the encoder and its speed. How the factors were found is
told in ``scripts/train_sentence_model.py``, which also writes the file.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

STEPS = ".step"  # after the name of a matrix: how much one step of its factors is
LARGEST = 127  # steps that 8 bits hold in either direction


def tuning_file() -> Path:
    """Return the file that comes with the project."""
    return Path(__file__).parent / "sentence_tuning.npz"


def read_tuning(data: bytes) -> dict[str, NDArray[np.float32]]:
    """Return the factors of each matrix by its name, shape (outputs * blocks,), in the order of its scales."""
    with np.load(io.BytesIO(data)) as saved:
        names = [name for name in saved.files if not name.endswith(STEPS)]
        return {name: 1 + saved[name].astype(np.float32) * np.float32(saved[name + STEPS]) for name in names}


def write_tuning(factors: Mapping[str, NDArray[np.float32]], path: Path) -> None:
    """Write factors, each rounded to a 127th of the largest change in its matrix."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for name, values in factors.items():
        changes = values.reshape(-1) - 1
        step = np.float32(float(np.abs(changes).max()) / LARGEST or 1)
        arrays[name] = np.rint(changes / step).astype(np.int8)
        arrays[name + STEPS] = np.asarray(step)
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
