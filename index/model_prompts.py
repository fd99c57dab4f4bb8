"""What embedding models were trained to see before a question and before a passage."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Prompts:
    """What a model was trained to see before a question and before a passage."""

    query: str
    document: str


NO_PROMPTS = Prompts("", "")

# What the cards of model families ask for, for models that do not say it in their configuration. The first that fits a
# name counts, so the narrower one stands first. A family that is not here needs none (bge-m3) or is not known.
FAMILY_PROMPTS = (
    (
        "e5-(.+-)?instruct",  # multilingual-e5-large-instruct, e5-mistral-7b-instruct: the question alone is told
        Prompts("Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: ", ""),
    ),
    ("e5", Prompts("query: ", "passage: ")),
    ("glucose-base-ja-v2", Prompts("query: ", "passage: ")),
    ("ruri-v3", Prompts("検索クエリ: ", "検索文書: ")),
    ("ruri", Prompts("クエリ: ", "文章: ")),  # v1 and v2
    (
        "sarashina-embedding-v2",
        Prompts(
            "task: クエリを与えるので、与えられたWeb検索クエリに答える関連文章を検索してください。\nquery: ", "text: "
        ),
    ),
)


def family_prompts(name: str) -> Prompts:
    """Return the prompts of the family that a model's name, its folder's or the one in its configuration tells.

    >>> family_prompts("intfloat/multilingual-e5-small").query
    'query: '
    >>> family_prompts("cl-nagoya/ruri-v3-30m").document
    '検索文書: '
    >>> family_prompts("BAAI/bge-m3")
    Prompts(query='', document='')
    """
    for known_as in _names(name):
        for family, prompts in FAMILY_PROMPTS:
            if re.search(rf"(?<![a-z0-9])({family})(?![a-z0-9])", known_as.lower()):
                return prompts
    return NO_PROMPTS


def _names(name: str) -> Iterator[str]:
    """Yield what a model is known as, the surest first."""
    yield Path(name).name
    if not Path(name).is_dir():
        return
    folder = Path(name).resolve()
    yield folder.name
    if folder.parent.name == "snapshots":  # Hugging Face's cache: models--organisation--model/snapshots/revision
        yield folder.parent.parent.name
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
    except (OSError, ValueError):
        return
    yield Path(str(config.get("_name_or_path", ""))).name


def own_prompts(named: Mapping[str, str | None]) -> Prompts:
    """Return the prompts that a configuration names.

    The library fills in a blank ``document``, which would hide a ``passage``: whatever is blank counts as not named.
    """
    documents = (named.get(key) for key in ("document", "passage", "corpus"))
    return Prompts(named.get("query") or "", next(filter(None, documents), ""))
