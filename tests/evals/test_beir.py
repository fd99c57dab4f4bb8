"""Retrieval over a BEIR folder, with a real index."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from evals.beir import DEPTH, STEPS, Retrieved, chunk_id, index_corpus, search_queries, search_words
from evals.beir_measures import report
from evals.beir_read import BeirDocument, BeirSet, read_beir
from index.index import Index
from index.query import Query
from tests.evals.beir_folder import CORPUS, QUERIES, write_beir

if TYPE_CHECKING:
    from index.embedder import Embedder


def a_set(texts: list[str], queries: dict[str, str], qrels: dict[str, dict[str, int]]) -> BeirSet:
    """Return a set whose documents have no titles and are called d0, d1 and so on."""
    return BeirSet(tuple(BeirDocument(f"d{at}", "", text) for at, text in enumerate(texts)), queries, qrels)


def retrieved(beir: BeirSet, directory: Path, embedder: Embedder) -> Retrieved:
    """Return what is found, without anyone watching."""
    index_corpus(beir.documents, directory, embedder=embedder, step=lambda _: None)
    return search_queries(beir, directory, embedder=embedder, step=lambda _: None)


@pytest.fixture(scope="module")
def beir(tmp_path_factory: pytest.TempPathFactory) -> BeirSet:
    """Twelve documents and six questions."""
    return read_beir(write_beir(tmp_path_factory.mktemp("beir") / "set"))


@pytest.fixture(scope="module")
def directory(beir: BeirSet, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their index."""
    directory = tmp_path_factory.mktemp("beir") / "index"
    index_corpus(beir.documents, directory, embedder=embedder, step=lambda _: None)
    return directory


def test_each_question_finds_its_document_first(beir: BeirSet, directory: Path, embedder: Embedder) -> None:
    """Other words, full-width years of another era, mark-up and a document without a title: the right one leads."""
    found = search_queries(beir, directory, embedder=embedder, step=lambda _: None).rankings
    first = {query: ranking[0] for query, ranking in found.items()}
    assert first == {"q1": "d2", "q2": "d4", "q3": "d6", "q4": "d10", "q5": "d7", "q6": "d1"}
    assert found["q5"][:2] == ("d7", "d2")


def test_the_report_counts_what_was_asked(beir: BeirSet, directory: Path, embedder: Embedder) -> None:
    """Documents, judged queries, and measures that are perfect here; MRR and nDCG are never above 1."""
    told = report(beir, search_queries(beir, directory, embedder=embedder, step=lambda _: None), 1.5)
    assert (told.documents, told.queries, told.build_seconds) == (12, 6, 1.5)
    values = {measured.name: measured.value for measured in told.measures}
    assert values["nDCG@10"] == pytest.approx(1)
    assert values["MRR@10"] == 1
    assert values["Recall@1"] == pytest.approx(5.5 / 6)  # q5 has two documents, and one place
    assert told.queries_per_second == pytest.approx(6 / told.search_seconds)


def test_it_is_the_products_own_retrieval(beir: BeirSet, directory: Path, embedder: Embedder) -> None:
    """A ranking is that of ``Index.retrieve`` over chunks that carry title and text as plans carry theirs."""
    rankings = search_queries(beir, directory, embedder=embedder, step=lambda _: None).rankings
    names = {chunk_id(name): name for name, *_ in CORPUS}
    with Index.open(directory, embedder=embedder) as index:
        for query, text in QUERIES[:6]:
            hits = index.retrieve(Query(search_words(text), k=DEPTH))
            assert rankings[query] == tuple(names[hit.chunk.chunk_id] for hit in hits)
        (plan,) = index.plans
        chunks = {names[chunk.chunk_id]: chunk for chunk in index.chunks(plan.plan_id)}
        text = index.text(plan.plan_id)
    assert chunks["d4"].heading_path == ("新幹線",)
    assert chunks["d4"].search_text == "新幹線 1964年に東京と新大阪の間で営業を始めた。"
    assert chunks["d10"].heading_path == ()
    assert {name: chunk.span.of(text) for name, chunk in chunks.items()} == {name: body for name, _, body in CORPUS}


def test_the_same_set_gives_the_same_rankings(
    beir: BeirSet, directory: Path, tmp_path: Path, embedder: Embedder
) -> None:
    """Building and asking again changes nothing."""
    first = search_queries(beir, directory, embedder=embedder, step=lambda _: None).rankings
    assert retrieved(beir, tmp_path / "again", embedder).rankings == first


def test_rankings_reach_a_hundred(tmp_path: Path, embedder: Embedder) -> None:
    """Recall@100 needs a hundred documents where that many match; there are never more."""
    texts = [f"{number}番目の鯨が海で泳ぐ。" for number in range(DEPTH + 30)]
    beir = a_set(texts, {"q": "鯨の海"}, {"q": {"d0": 1}})
    (ranking,) = retrieved(beir, tmp_path / "index", embedder).rankings.values()
    assert len(ranking) == len(set(ranking)) == DEPTH


def test_awkward_texts_are_indexed(tmp_path: Path, embedder: Embedder) -> None:
    """Empty texts, control characters, marks alone and a very long text; empty questions find nothing."""
    long = "鯨が泳ぐ。" * 500 + "灯台守が手紙を書いた。"
    texts = ["", " \n\t", "\x00\x1b[31m富士山\x07の雪", "！？…", long, "\ufffd\u202e山", "鯨"]
    queries = {"q1": "灯台守の手紙", "q2": "富士山の雪", "q3": "", "q4": "\x00", "q5": "？"}
    found = retrieved(a_set(texts, queries, {q: {"d0": 1} for q in queries}), tmp_path / "index", embedder).rankings
    assert found["q1"][0] == "d4"
    assert found["q2"][0] == "d2"
    assert found["q3"] == found["q4"] == found["q5"] == ()


def test_equal_texts_are_documents_of_their_own(tmp_path: Path, embedder: Embedder) -> None:
    """Two documents with the same words are both found, in the order of the corpus."""
    beir = a_set(["鯨が泳ぐ", "富士山", "鯨が泳ぐ"], {"q": "鯨"}, {"q": {"d2": 1}})
    assert retrieved(beir, tmp_path / "index", embedder).rankings["q"][:2] == ("d0", "d2")


def test_a_query_that_is_a_document_does_not_find_itself(tmp_path: Path, embedder: Embedder) -> None:
    """Where queries are documents of the corpus, the query's own document is no hit, and the ranking is still full."""
    texts = [f"{number}番目の鯨が海で泳ぐ。" for number in range(DEPTH + 30)]
    found = retrieved(a_set(texts, {"d5": texts[5]}, {"d5": {"d6": 1}}), tmp_path / "a", embedder).rankings["d5"]
    assert "d5" not in found
    assert len(found) == DEPTH
    sought = retrieved(a_set(texts, {"d5": texts[5]}, {"d5": {"d5": 1}}), tmp_path / "b", embedder)
    assert sought.rankings["d5"][0] == "d5"


def test_an_id_that_query_and_document_share_by_chance_changes_nothing(tmp_path: Path, embedder: Embedder) -> None:
    """Queries and documents may both be numbered from 1; only the same text makes them the same."""
    beir = a_set(["鯨が泳ぐ", "富士山の雪"], {"d0": "泳ぐ鯨"}, {"d0": {"d0": 1}})
    assert retrieved(beir, tmp_path / "index", embedder).rankings["d0"][0] == "d0"


def test_progress_tells_of_every_document_and_query(beir: BeirSet, tmp_path: Path, embedder: Embedder) -> None:
    """The steps add up to the documents, then to the queries."""
    steps: list[int] = []
    index_corpus(beir.documents, tmp_path / "index", embedder=embedder, step=steps.append)
    assert sum(steps) == 12 * STEPS
    steps.clear()
    search_queries(beir, tmp_path / "index", embedder=embedder, step=steps.append)
    assert sum(steps) == 6


def test_all_documents_share_one_word_statistic(beir: BeirSet, directory: Path) -> None:
    """The corpus is one shard, so that the rarity of a word is counted over all of it."""
    (shard,) = (directory / "shards").iterdir()
    with sqlite3.connect(f"file:{shard}/chroma/chroma.sqlite3?mode=ro", uri=True) as database:
        assert database.execute("select count(*) from embeddings").fetchone() == (len(beir.documents),)
