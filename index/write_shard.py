"""Write a shard: the documents of one municipality, as files, words and vectors."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from index.chroma import CHROMA, save_vectors
from index.embedder import Embedder
from index.lexical import LEXICAL_VERSION, build_lexical
from index.meanings import embedded_texts, save_meanings
from index.plan_words import PlanWords
from index.shard import CHUNK_LINES, CHUNKS, LEXICAL, MEANINGS, TEXT_LINES, TEXTS, WORD_LINES, WORDS, Text, seal
from index.tokens import tokens_version
from ingest.document import Document

SHARD_VERSION = "4"  # change it whenever the same documents would give other files

# Bytes of one record never hold a line break: JSON writes it as \n.
_BREAK = b"\n"


def shard_digest(documents: Iterable[str], embedder: Embedder) -> str:
    """Return the digest of everything that decides a shard's content: the documents' digests, the rules and the model."""
    digest = hashlib.sha256()
    for part in (SHARD_VERSION, LEXICAL_VERSION, tokens_version(), embedder.digest, *documents):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()[:32]


def write_shard(documents: Sequence[Document], folder: Path, *, embedder: Embedder) -> None:
    """Write the shard of ``documents`` into ``folder``, which must be new; the folder it lies in is there."""
    folder.mkdir()
    chunks = [chunk for document in documents for chunk in document.chunks]
    (folder / TEXTS).write_bytes(b"".join(TEXT_LINES.dump_json(_text(document)) + _BREAK for document in documents))
    (folder / CHUNKS).write_bytes(b"".join(CHUNK_LINES.dump_json(chunk) + _BREAK for chunk in chunks))
    words = (WORD_LINES.dump_json(PlanWords.of(document)) + _BREAK for document in documents)
    (folder / WORDS).write_bytes(b"".join(words))
    build_lexical(
        [chunk.search_text for chunk in chunks], [" ".join(chunk.heading_path) for chunk in chunks], folder / LEXICAL
    )
    texts = [list(embedded_texts(chunk)) for chunk in chunks]
    vectors = embedder.embed_documents([text for several in texts for text in several])
    save_meanings(vectors, [len(several) for several in texts], folder / MEANINGS)
    save_vectors(vectors, folder / CHROMA)
    seal(folder)


def _text(document: Document) -> Text:
    return Text(document.plan, document.text, document.pages)
