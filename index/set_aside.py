"""Documents as files of their own, for as long as a build needs them: a corpus may be larger than memory."""

from __future__ import annotations

import hashlib
from pathlib import Path

from index.shard import CHUNK_LINES, TEXT_LINES, Text, stored_document
from ingest.document import Document


def set_aside(document: Document, path: Path) -> str:
    """Write a document to ``path`` and return the digest of all that it holds: metadata, text, pages and chunks.

    Raises:
        ValueError: two of its chunks have the same id.
    """
    ids = [chunk.chunk_id for chunk in document.chunks]
    if len(set(ids)) < len(ids):
        twice = next(chunk_id for chunk_id in ids if ids.count(chunk_id) > 1)
        raise ValueError(
            f"Two chunks of {document.plan.plan_id!r} have the id {twice!r}; every id must stand for one chunk."
        )
    digest = hashlib.sha256(document.digest.encode())
    with path.open("wb") as file:
        text = Text(document.plan, document.text, document.pages)
        for line in (TEXT_LINES.dump_json(text), *map(CHUNK_LINES.dump_json, document.chunks)):
            digest.update(b"\0" + line)
            file.write(line + b"\n")
    return digest.hexdigest()


def read_document(path: Path) -> Document:
    """Return the document that was set aside at ``path``."""
    text, *chunks = path.read_bytes().splitlines()
    return stored_document(TEXT_LINES.validate_json(text), map(CHUNK_LINES.validate_json, chunks))
