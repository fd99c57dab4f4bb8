"""A query to ranked hits: words and meaning of the asked shards, put on one scale.

For every shard the best chunks by words and the nearest by meaning become candidates, and each candidate gets both
scores. The lexical score is the share of the question's rarity that a chunk covers. The dense one is how near it is in
meaning, counted from the embedder's floor, at which texts have nothing in common: half the nearness of the whole chunk,
half that of its best unit, because a question is about a sentence in a context. Both mean the same in every shard, so the
hits of several municipalities are merged by one sum, with no normalisation that would depend on what else was found::

    score = LEXICAL_WEIGHT * lexical + DENSE_WEIGHT * dense

A reranker, where one is configured, has half a say on the first ``RERANKED`` hits (see ``index.reranker``)::

    score = (1 - RERANKER_WEIGHT) * score + RERANKER_WEIGHT * reranked      reranked is 0 for all others
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.embedder import Embedder
from index.lexical import Asked
from index.meanings import embedded_texts
from index.query import Hit, Query
from index.reranker import Reranker
from index.shard import Shard, VectorHome

# Tuned on development questions; on encyclopaedia questions and a town's FAQ the same weights are within .005 of the best.
LEXICAL_WEIGHT = 0.6
DENSE_WEIGHT = 0.4

# Candidates of a shard by words, and vectors looked at by meaning, at least.
POOL = 100

RERANKED = 50
RERANKER_WEIGHT = 0.5  # not tuned: no such model comes with the project


def retrieve(
    query: Query, shards: Iterable[Shard], embedder: Embedder, home: VectorHome, reranker: Reranker | None = None
) -> list[Hit]:
    """Return at most ``query.k`` hits of ``shards``, best first; equal scores keep the order of the plans.

    A query without a content word finds nothing.
    """
    asked = Asked.of(query.text)
    if not asked.words:
        return []
    vector = embedder.embed_query(query.text)
    count = query.k if reranker is None else max(query.k, RERANKED)
    hits = [hit for shard in shards for hit in _hits(count, asked, vector, embedder.floor, shard, home)]
    hits.sort(key=lambda hit: -hit.score)
    if reranker is not None:
        hits = _reranked(query.text, hits, reranker)
    return hits[: query.k]


def fuse(lexical: float, dense: float) -> float:
    """Return the score of a chunk from its two parts.

    >>> fuse(1.0, 1.0), fuse(0.0, 0.0)
    (1.0, 0.0)
    """
    return LEXICAL_WEIGHT * lexical + DENSE_WEIGHT * dense


def _hits(
    count: int, asked: Asked, vector: NDArray[np.float32], floor: float, shard: Shard, home: VectorHome
) -> list[Hit]:
    """Return the ``count`` best hits of a shard, in the order of its chunks."""
    if not shard.chunks:
        return []
    lexical = shard.lexical.scores(asked)
    pool = max(POOL, count)
    by_words = np.argsort(-lexical, kind="stable")[:pool]
    found = {int(at) for at in by_words if lexical[at] > 0}
    if vector.any():
        rows = shard.vectors(home).nearest(vector, pool)
        found.update(map(int, shard.meanings.chunks_of(rows)))
    candidates = np.array(sorted(found), np.intp)
    near = shard.meanings.near(candidates, vector)
    dense = (_nearness(near.wholes, floor) + _nearness(near.best_units, floor)) / 2
    best = np.argsort(-(LEXICAL_WEIGHT * lexical[candidates] + DENSE_WEIGHT * dense), kind="stable")[:count]
    hits = []
    for place in sorted(best.tolist()):
        at = int(candidates[place])
        parts = float(lexical[at]), float(dense[place])
        chunk, units = shard.chunks[at], _nearness(near.units(place), floor).tolist()
        hits.append(Hit(chunk, fuse(*parts), *parts, tuple(units) or (parts[1],) * len(chunk.units)))
    return hits


def _nearness(cosines: NDArray[np.float32], floor: float) -> NDArray[np.float32]:
    return (cosines - np.float32(floor)) / np.float32(1 - floor)


def _reranked(question: str, hits: Sequence[Hit], reranker: Reranker) -> list[Hit]:
    scores = reranker.scores(question, [next(embedded_texts(hit.chunk)) for hit in hits[:RERANKED]]).tolist()
    scores += [0.0] * (len(hits) - len(scores))
    blended = [
        replace(hit, score=(1 - RERANKER_WEIGHT) * hit.score + RERANKER_WEIGHT * score, reranked=score)
        for hit, score in zip(hits, scores, strict=True)
    ]
    return sorted(blended, key=lambda hit: -hit.score)
