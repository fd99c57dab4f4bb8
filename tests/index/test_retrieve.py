"""Ranked hits."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from langchain_core.retrievers import BaseRetriever

from index.build import build_index
from index.embedder import Embedder
from index.index import Index
from index.meanings import embedded_texts
from index.query import Query
from index.retrieve import POOL, fuse
from index.retriever import PlanRetriever
from ingest.document import Chunk, Document


@pytest.fixture(scope="module")
def index(towns_dir: Path, embedder: Embedder) -> Index:
    """The index of the three towns."""
    return Index.open(towns_dir, embedder=embedder)


@pytest.fixture(scope="module")
def plans(index_dir: Path, embedder: Embedder) -> Index:
    """The index of the five real plans."""
    return Index.open(index_dir, embedder=embedder)


@pytest.mark.parametrize(
    ("text", "code", "body"),
    [
        ("計画の期間は何年度から何年度までか", "111111", "令和5年度から令和8年度"),
        ("計画の期間は何年度から何年度までか", "222222", "令和4年度から令和7年度"),
        ("本部長は誰か", "111111", "副町長を本部長"),
        ("お年寄りのスマホ講座", "111111", "スマートフォン教室"),
        ("デジタルデバインド", "111111", "スマートフォン教室"),
        ("引っ越しの手続き", "111111", "転入や転出"),
    ],
)
def test_the_passage_that_answers_comes_first(index: Index, text: str, code: str, body: str) -> None:
    """Same words, other words for the same thing, and a misspelling all find the town's own passage first."""
    assert body in index.retrieve(Query(text, (code,)))[0].chunk.search_text


def test_only_the_asked_towns_answer(plans: Index) -> None:
    """Whatever is asked, each hit is of an asked municipality, alone or among several."""
    codes = [plan.municipality_code for plan in plans.plans]
    for text in ("計画の期間", "推進体制の本部長", "スマホ教室", "zxqwv 計画"):
        for asked in [*((code,) for code in codes), tuple(codes[1:4])]:
            hits = plans.retrieve(Query(text, asked, 50))
            assert hits
            assert {hit.chunk.municipality_code for hit in hits} <= set(asked)


def test_a_locked_question_opens_its_town_alone(towns_dir: Path, tmp_path: Path, embedder: Embedder) -> None:
    """With every other shard emptied, a locked question is answered as before; one without a lock is not."""
    directory = Path(shutil.copytree(towns_dir, tmp_path / "index"))
    with Index.open(towns_dir, embedder=embedder) as whole:
        expected = whole.retrieve(Query("計画の期間", ("222222",)))
    for path in (directory / "shards").rglob("chunks.jsonl"):
        if "西町" not in path.read_text("utf-8"):
            shutil.rmtree(path.parent)
            path.parent.mkdir()
    with Index.open(directory, embedder=embedder) as index:
        assert index.retrieve(Query("計画の期間", ("222222",))) == expected
        with pytest.raises(RuntimeError):
            index.retrieve(Query("計画の期間"))


def test_an_unknown_town_finds_nothing(index: Index) -> None:
    """A code that the index does not hold contributes no hit."""
    assert index.retrieve(Query("計画の期間", ("999999",))) == []


@pytest.mark.parametrize("text", ["", "。", "は", "👍🏽", "\ud800"])
def test_a_question_without_content_finds_nothing(index: Index, text: str) -> None:
    """Nothing to look for gives no hit, and no error."""
    assert index.retrieve(Query(text)) == []


def test_hits_are_sorted_and_at_most_k(plans: Index) -> None:
    """The best come first and no chunk twice; a smaller k gives the beginning of a larger one."""
    hits = plans.retrieve(Query("DX推進の体制", k=60))
    assert len(hits) == 60
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.chunk.chunk_id for hit in hits}) == 60
    assert plans.retrieve(Query("DX推進の体制", k=7)) == hits[:7]


def test_a_hit_scores_the_same_in_any_company(plans: Index) -> None:
    """Scores are comparable over towns: a passage's score does not depend on which other towns are asked."""
    everything = sum(plans.chunk_count(plan.plan_id) for plan in plans.plans)
    together = plans.retrieve(Query("計画の期間", k=everything))
    for plan in plans.plans:
        code = plan.municipality_code
        alone = plans.retrieve(Query("計画の期間", (code,), everything))
        assert alone == [hit for hit in together if hit.chunk.municipality_code == code]


def test_the_score_is_the_documented_sum(plans: Index) -> None:
    """Every hit's score is the weighted sum of its two parts; lexical lies in [0, 1), dense is at most 1."""
    for hit in plans.retrieve(Query("マイナンバーカードの普及", k=100)):
        assert hit.score == fuse(hit.lexical, hit.dense)
        assert 0 <= hit.lexical < 1
        assert hit.dense <= 1.001


def nearness(chunk: Chunk, question: str, embedder: Embedder) -> list[float]:
    """Return how near the texts of a chunk are to a question, counted from the embedder's floor."""
    cosines = embedder.embed_documents(list(embedded_texts(chunk))) @ embedder.embed_query(question)
    return [(float(cosine) - embedder.floor) / (1 - embedder.floor) for cosine in cosines]


def test_the_dense_score_is_that_of_the_whole_and_of_its_best_unit(plans: Index, embedder: Embedder) -> None:
    """Every hit's dense score is the mean of the whole chunk's nearness and its best unit's; units carry theirs."""
    question = "マイナンバーカードの普及とスマホ教室を令和5年度に実施"
    hits = plans.retrieve(Query(question, (plans.plans[0].municipality_code,), 100))
    assert any(len(hit.units) > 1 for hit in hits)
    for hit in hits:
        whole, *units = nearness(hit.chunk, question, embedder)
        assert hit.dense == pytest.approx((whole + max(units, default=whole)) / 2, abs=5e-3)
        assert len(hit.units) == len(hit.chunk.units)
        assert list(hit.units) == pytest.approx(units or [whole] * len(hit.units), abs=5e-3)


def test_a_hit_found_by_its_words_alone_has_its_nearness_too(
    make_document: Callable[..., Document], tmp_path: Path, embedder: Embedder
) -> None:
    """A chunk too far away to be among the nearest, but holding the question's rare word, is found with both scores."""
    near = [("期間", f"計画の期間は{number}年間です。") for number in range(POOL + 50)]
    far = ("味噌汁", "畑の大根と人参を収穫し、味噌汁を作り、夜空のオーロラを眺めます。")
    build_index([make_document("many", "111111", "東町", [*near, far])], tmp_path / "index", embedder=embedder)
    question = "計画の期間のオーロラ"
    with Index.open(tmp_path / "index", embedder=embedder) as index:
        (hit,) = [hit for hit in index.retrieve(Query(question, k=200)) if "オーロラ" in hit.chunk.search_text]
    assert hit.lexical > 0
    assert hit.dense == pytest.approx(nearness(hit.chunk, question, embedder)[0], abs=5e-3)


def test_asking_for_no_hit_is_refused() -> None:
    """The number of hits must be at least 1; the message quotes it."""
    with pytest.raises(ValueError, match="not 0"):
        Query("計画", k=0)


def test_threads_get_the_same_hits(index_dir: Path, embedder: Embedder) -> None:
    """Several threads may ask a freshly opened index at once."""
    questions = [Query(text, k=5) for text in ("計画の期間", "本部長", "スマホ教室", "BPR", "個人情報")] * 8
    with Index.open(index_dir, embedder=embedder) as index, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(index.retrieve, questions))
        assert answers == [index.retrieve(question) for question in questions]


def test_the_retriever_gives_exact_plan_text(plans: Index, documents: tuple[Document, ...]) -> None:
    """As a LangChain retriever the index returns the plan's own characters and where they stand."""
    texts = {document.plan.plan_id: document.text for document in documents}
    code = plans.plans[0].municipality_code
    retriever = PlanRetriever(index=plans, municipalities=(code,), k=4)
    assert isinstance(retriever, BaseRetriever)
    found = retriever.invoke("計画の期間")
    assert len(found) == 4
    for passage in found:
        at = passage.metadata
        assert passage.page_content == texts[at["plan_id"]][at["start"] : at["end"]]
        assert at["municipality_code"] == code
        assert at["municipality"] == plans.plans[0].municipality
        assert isinstance(at["heading_path"], list)
    assert found[0].metadata["score"] >= found[-1].metadata["score"]
