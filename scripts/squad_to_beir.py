"""Write a BEIR folder from question-answering data in SQuAD's format (JSQuAD, JaQuAD): every context once, its questions, who holds what.

usage: python scripts/squad_to_beir.py OUT_DIR FILE_OR_FOLDER...

A folder stands for the ``.json`` files in it. A context is a document under the title of its article; one written as
"title [SEP] text" (JSQuAD) is parted there. Questions that their context does not answer (``is_impossible``) are left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SEPARATOR = " [SEP] "


@dataclass
class Beir:
    """What will be written: documents by their content, queries by their ids, and which document answers which query."""

    documents: dict[tuple[str, str], str] = field(default_factory=dict)
    queries: dict[str, str] = field(default_factory=dict)
    qrels: dict[tuple[str, str], None] = field(default_factory=dict)  # in order, each pair once

    def add(self, article: dict[str, Any]) -> None:
        """Take in an article. Raises ``SystemExit`` for a question id that another question has."""
        for paragraph in article["paragraphs"]:
            content = parted(article.get("title", ""), paragraph["context"])
            document = self.documents.setdefault(content, f"d{len(self.documents)}")
            for question in paragraph["qas"]:
                if question.get("is_impossible"):
                    continue
                text = self.queries.setdefault(question["id"], question["question"])
                if text != question["question"]:
                    sys.exit(f"Two questions have the id {question['id']!r}.")
                self.qrels[question["id"], document] = None


def parted(title: str, context: str) -> tuple[str, str]:
    """Return the title and the text of a context.

    >>> parted("梅雨", "梅雨 [SEP] 梅雨は、雨の多い時期である。")
    ('梅雨', '梅雨は、雨の多い時期である。')
    >>> parted("梅雨", "梅雨は、雨の多い時期である。")
    ('梅雨', '梅雨は、雨の多い時期である。')
    """
    before, separator, after = context.partition(SEPARATOR)
    return (before, after) if separator else (title, context)


def files(paths: Sequence[str]) -> Iterator[Path]:
    """Yield the files named, those of a folder in the order of their names."""
    for path in map(Path, paths):
        if path.is_dir():
            yield from sorted(path.glob("*.json"))
        else:
            yield path


def write(beir: Beir, out: Path) -> None:
    """Write the three files."""
    (out / "qrels").mkdir(parents=True, exist_ok=True)
    documents = ({"_id": name, "title": title, "text": text} for (title, text), name in beir.documents.items())
    (out / "corpus.jsonl").write_text(json_lines(documents), encoding="utf-8")
    queries = ({"_id": name, "text": text} for name, text in beir.queries.items())
    (out / "queries.jsonl").write_text(json_lines(queries), encoding="utf-8")
    rows = [("query-id", "corpus-id", "score"), *((query, document, "1") for query, document in beir.qrels)]
    (out / "qrels" / "test.tsv").write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


def json_lines(rows: Iterable[dict[str, str]]) -> str:
    """Return one JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def main(arguments: Sequence[str]) -> None:
    """Read every file and write the folder."""
    if len(arguments) < 2:
        sys.exit((__doc__ or "").strip())
    beir = Beir()
    for path in files(arguments[1:]):
        for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
            beir.add(article)
    write(beir, Path(arguments[0]))
    print(f"{len(beir.documents)} documents, {len(beir.queries)} queries in {arguments[0]}")


if __name__ == "__main__":
    main(sys.argv[1:])
