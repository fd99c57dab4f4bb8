"""Batches of questions and the passages that answer them, for ``train_sentence_model.py``."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.document import Span
from ingest.sentences import split_sentences

THEMES = 2  # of a batch of plans: some 16 passages each, which serve as each other's wrong answers
JOINED = 0.25  # of the passages are joined by one or two that follow, as in a chunk of a plan
HEADLESS = 0.15  # of the passages come without their headings

ARTICLES = 2  # of a batch of an encyclopaedia, and so many paragraphs of each
PARAGRAPHS = 10
WHOLE = 0.5  # of the paragraphs are one passage; the sentences of the others are one each
SHOWN = 230  # characters of a paragraph; sentences that begin later are left out with their questions


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or two under their headings, and what is asked about them."""

    headings: tuple[str, ...]
    text: str
    questions: tuple[str, ...]


Paragraph = list[Passage]


@dataclass(frozen=True, slots=True)
class Batch:
    """Questions, and the place of each one's answer among the passages."""

    passages: list[str]
    questions: list[str]
    answers: list[int]

    def add(self, passages: Sequence[Passage], *, headed: bool = True) -> None:
        """Add passages that follow each other as one, as a shard embeds it (``index.meanings``)."""
        headings = passages[0].headings if headed else ()
        questions = [question for one in passages for question in one.questions]
        self.questions.extend(questions)
        self.answers.extend([len(self.passages)] * len(questions))
        self.passages.append("\n".join((*headings, "".join(one.text for one in passages))))


def read_themes(path: Path) -> dict[str, list[Passage]]:
    """Return the passages of each theme of a ``.jsonl`` file, in order: ``theme``, ``heading``, ``passage``, ``questions``."""
    themes: dict[str, list[Passage]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        passage = Passage(tuple(row["heading"].split(" > ")), row["passage"], tuple(row["questions"]))
        themes.setdefault(row["theme"], []).append(passage)
    return themes


def read_articles(folder: Path) -> list[list[Paragraph]]:
    """Return the paragraphs of each article of the ``.json`` files of a folder, in SQuAD's format."""
    files = sorted(folder.glob("*.json"))
    articles = [article for path in files for article in json.loads(path.read_text("utf-8"))["data"]]
    return [
        [list(_sentences(article["title"], paragraph)) for paragraph in article["paragraphs"]] for article in articles
    ]


def _sentences(title: str, paragraph: dict[str, Any]) -> Iterator[Passage]:
    """Yield the sentences of a paragraph, each with the questions whose answer begins in it."""
    text = paragraph["context"]
    asked = [(qa["answers"][0]["answer_start"], qa["question"]) for qa in paragraph["qas"]]
    for span in split_sentences(text, Span(0, len(text))):
        if span.start < SHOWN:
            questions = tuple(question for at, question in asked if span.start <= at < span.end)
            yield Passage((title,), text[span.start : span.end], questions)


def plan_batch(themes: Sequence[Sequence[Passage]], draw: random.Random) -> Batch:
    """Return all passages of some themes, drawn at random, with all their questions."""
    batch = Batch([], [], [])
    for passages in draw.sample(themes, THEMES):
        start = 0
        while start < len(passages):
            joined = passages[start : start + (draw.choice((2, 2, 3)) if draw.random() < JOINED else 1)]
            batch.add(joined, headed=draw.random() >= HEADLESS)
            start += len(joined)
    return batch


def article_batch(articles: Sequence[Sequence[Paragraph]], draw: random.Random) -> Batch:
    """Return paragraphs that follow each other in some articles, drawn at random, with their questions."""
    batch = Batch([], [], [])
    for paragraphs in draw.sample(articles, ARTICLES):
        start = draw.randrange(max(1, len(paragraphs) - PARAGRAPHS))
        for sentences in paragraphs[start : start + PARAGRAPHS]:
            whole = draw.random() < WHOLE
            for passages in [sentences] if whole else [[one] for one in sentences]:
                batch.add(passages)
    return batch
