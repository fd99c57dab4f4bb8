"""A query to ranked hits: words and vectors of the asked shards, put on one scale.

For every shard the best chunks by words and the best by vectors become candidates, and each candidate gets both
scores. The lexical score is the share of the question's rarity that a chunk covers, the dense one a cosine: both mean
the same in every shard, so the hits of several municipalities are merged by one sum, with no normalisation that would
depend on what else was found::

    score = LEXICAL_WEIGHT * lexical + DENSE_WEIGHT * max(0, dense)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.embedder import Embedder
from index.private_copy import PrivateCopies
from index.query import Hit, Query
from index.shard import Shard

# Word vectors tell the topic, words tell the fact: the exact word counts for more.
LEXICAL_WEIGHT = 0.8
DENSE_WEIGHT = 0.2

# Candidates of a shard by each of the two ways, at least.
POOL = 100


def retrieve(query: Query, shards: Sequence[Shard], embedder: Embedder, copies: PrivateCopies) -> list[Hit]:
    """Return at most ``query.k`` hits of ``shards``, best first; equal scores keep the order of the plans.

    A query without any known word finds nothing.
    """
    vector = embedder.embed_query(query.text)
    hits = [hit for shard in shards for hit in _hits(query, vector, shard, copies)]
    return sorted(hits, key=lambda hit: -hit.score)[: query.k]


def fuse(lexical: float, dense: float) -> float:
    """Return the score of a chunk from its two parts.

    >>> fuse(1.0, 1.0), fuse(0.0, -0.5)
    (1.0, 0.0)
    """
    return LEXICAL_WEIGHT * lexical + DENSE_WEIGHT * max(0.0, dense)


def _hits(query: Query, vector: NDArray[np.float32], shard: Shard, copies: PrivateCopies) -> list[Hit]:
    """Return one shard's candidates that match at all, in the order of its chunks."""
    if not shard.chunks:
        return []
    pool = min(len(shard.chunks), max(POOL, query.k))
    lexical = shard.lexical.scores(query.text)
    by_words = [int(at) for at in np.argsort(-lexical, kind="stable")[:pool] if lexical[at] > 0]
    dense = _cosines(vector, [shard.chunks[at].chunk_id for at in by_words], shard, copies, pool)
    candidates = sorted({*by_words, *(shard.position[name] for name in dense)})
    scored = [(at, float(lexical[at]), dense.get(shard.chunks[at].chunk_id, 0.0)) for at in candidates]
    return [
        Hit(shard.chunks[at], fuse(words, cosine), words, cosine) for at, words, cosine in scored if fuse(words, cosine)
    ]


def _cosines(
    vector: NDArray[np.float32], names: Sequence[str], shard: Shard, copies: PrivateCopies, pool: int
) -> dict[str, float]:
    """Return the cosines of the ``pool`` nearest chunks and of those named, by chunk id; none for a zero vector."""
    if not vector.any():
        return {}
    vectors = shard.vectors(copies)
    cosines = vectors.nearest(vector, pool)
    others = vectors.vectors([name for name in names if name not in cosines])
    return cosines | {name: float(other @ vector) for name, other in others.items()}
