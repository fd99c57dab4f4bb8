"""Prints what each part of retrieval brings: the same questions again and again, with one part switched off at a time.

    python scripts/ablation.py --set dev --set generated.jsonl --beir FOLDER --beir FOLDER

A set of the project is asked over an index of the five plans: evidence found first and among the first five by questions
that one passage answers, all evidence among the first ten by the others, as the assistant ranks. A BEIR folder is asked as
``machiplan eval retrieval`` asks it: nDCG@10 and Recall@1. The weights of what is left are not fitted again.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from unittest.mock import patch

import index.lexical
import index.retrieve
from assistant import evidence
from assistant.answer import Question
from assistant.assistant import Assistant
from evals.beir import index_corpus, search_queries
from evals.beir_measures import measure
from evals.beir_read import BeirSet, read_beir
from evals.case import Case
from evals.corpus import Corpus
from evals.ranking import DEPTH, rank
from evals.read_cases import read_cases
from evals.subject import Passage
from index.build import build_index
from index.embedder import Embedder, open_embedder
from index.index import Index
from index.meanings import Near
from index.query import Hit
from ingest.read_folder import read_plans

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 6, 1, 9, tzinfo=timezone(timedelta(hours=9)))

Switch = tuple[object, str, object]
"""What is replaced: an object, the name of its attribute, and the value it gets."""


PARTS: dict[str, Sequence[Switch]] = {
    "everything": [],
    "no words": [(index.lexical, "WORDS_WEIGHT", 0.0), (index.lexical, "PAIRS_WEIGHT", 1.0)],
    "no character pairs": [(index.lexical, "WORDS_WEIGHT", 1.0), (index.lexical, "PAIRS_WEIGHT", 0.0)],
    "no thesaurus": [(index.lexical, "alternatives", lambda words: ())],
    "no headings field": [(index.lexical, "HEADING_WEIGHT", 0.0), (index.lexical, "BODY_WEIGHT", 1.0)],
    "no meaning": [(index.retrieve, "DENSE_WEIGHT", 0.0)],
    "meaning of whole chunks alone": [(Near, "best_units", Near.wholes)],
    "meaning of units alone": [(Near, "wholes", Near.best_units)],
    "meaning alone": [(index.retrieve, "LEXICAL_WEIGHT", 0.0)],
}


def passages(cases: Sequence[Case], search: Callable[[Question], Sequence[Hit]], corpus: Corpus) -> str:
    """Return evidence@1 and @5 of questions with one passage, and all evidence@10 of the others."""
    ranked = []
    for case in cases:
        found = [Passage(hit.chunk.plan_id, hit.chunk.span) for hit in search(case.asked)]
        ranked.append((case.all_evidence and len(case.evidence) > 1, rank(case, found, corpus)))
    single = [ranking for several, ranking in ranked if not several]
    several = [ranking for several, ranking in ranked if several]
    first, five = fmean(r.recall_1 for r in single), fmean(r.recall_5 for r in single)
    whole = f"{fmean(r.recall_10 == 1 for r in several):.3f}" if several else "-"
    return f"{first:.3f} / {five:.3f} / {whole}"


def documents(beir: BeirSet, directory: Path, embedder: Embedder) -> str:
    """Return nDCG@10 and Recall@1 of a BEIR set."""
    rankings = search_queries(beir, directory, embedder=embedder, step=lambda _: None).rankings
    means = {measured.name: measured.value for measured in measure(beir.qrels, rankings)}
    return f"{means['nDCG@10']:.3f} / {means['Recall@1']:.3f}"


def rows(sets: Sequence[Path], beirs: Sequence[Path], folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each part's name and its figures: every set by the assistant's ranking and by the index's own, every BEIR folder."""
    embedder = open_embedder("default")
    build_index(read_plans([ROOT / "plans"]).documents, folder / "plans", embedder=embedder)
    folders = [(read_beir(path), folder / f"beir-{at}") for at, path in enumerate(beirs)]
    for beir, directory in folders:
        index_corpus(beir.documents, directory, embedder=embedder, step=lambda _: None)
    asked = [[case for case in read_cases([path]) if case.evidence] for path in sets]
    with Index.open(folder / "plans", embedder=embedder) as opened:
        assistant, corpus = Assistant(opened, clock=lambda: NOW), Corpus.of(opened)
        for name, switches in PARTS.items():
            with ExitStack() as switched:
                for target, attribute, value in switches:
                    switched.enter_context(patch.object(target, attribute, value))
                figures = []
                for cases in asked:
                    figures.append(passages(cases, lambda question: assistant.retrieve(question, DEPTH), corpus))
                    with patch.object(evidence, "WEIGHTS", as_found()):
                        figures.append(passages(cases, lambda question: assistant.retrieve(question, DEPTH), corpus))
                yield name, figures + [documents(beir, directory, embedder) for beir, directory in folders]


def as_found() -> dict[str, float]:
    """Return weights of the assistant's signals that leave the order of the index's own ranking."""
    scale = {"lexical": index.retrieve.LEXICAL_WEIGHT, "dense": index.retrieve.DENSE_WEIGHT}
    return {name: scale.get(name, 0.0) for name in evidence.WEIGHTS}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", default=[], type=Path, help="a question set of the project's format")
    parser.add_argument("--beir", action="append", default=[], type=Path, help="a BEIR folder")
    options = parser.parse_args()
    names = [name for path in options.set for name in (path.stem, f"{path.stem}, index alone")]
    names += [path.name for path in options.beir]
    print(f"| | {' | '.join(names)} |\n|---|{'---|' * len(names)}")
    with TemporaryDirectory() as folder:
        for part, figures in rows(options.set, options.beir, Path(folder)):
            print(f"| {part} | {' | '.join(figures)} |", flush=True)


if __name__ == "__main__":
    main()
