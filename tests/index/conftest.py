"""Small documents made by hand, for tests of the index that need no real plan."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from index.build import build_index
from index.embedder import Embedder
from ingest.document import Chunk, Document, Kind, Plan, Span, Unit

MakeDocument = Callable[..., Document]


@pytest.fixture(scope="session")
def make_document() -> MakeDocument:
    """A function that makes a document from a plan id, a code, a town and its (heading, body) sections."""

    def make(plan_id: str, code: str, town: str, sections: Sequence[tuple[str, str]]) -> Document:
        plan = Plan(plan_id, town, "", code, "", f"{town}の計画", date(2023, 4, 1), None, None, None, "", "")
        text = ""
        chunks = []
        for heading, body in sections:
            text += f"{heading}\n"
            span = Span(len(text), len(text) + len(body))
            text += f"{body}\n"
            chunk_id = hashlib.sha256(f"{plan_id} {span.start} {body}".encode()).hexdigest()[:16]
            unit = Unit(span, body)
            chunks.append(Chunk(chunk_id, plan_id, town, code, Kind.PARAGRAPH, span, (heading,), body, (unit,)))
        return Document(plan, text, hashlib.sha256(text.encode()).hexdigest(), tuple(chunks))

    return make


@pytest.fixture(scope="session")
def towns(make_document: MakeDocument) -> tuple[Document, ...]:
    """Three towns: two plans that say much the same, and a tiny third one."""
    east = make_document(
        "east",
        "111111",
        "東町",
        [
            ("計画の期間", "本計画の期間は、令和5年度から令和8年度までの4年間とします。"),
            ("デジタルデバイド対策", "高齢者を対象に、スマートフォン教室を年に6回開催します。\u2028会場は公民館です。"),
            ("推進体制", "副町長を本部長とする推進本部を設け、情報政策課が事務局を担います。"),
            ("オンライン申請", "転入や転出の届出を、窓口に来なくても済むようにします。"),
        ],
    )
    west = make_document(
        "west",
        "222222",
        "西町",
        [
            ("計画期間", "計画の期間は令和4年度から令和7年度までです。"),
            ("体制", "町長を本部長とする本部を設けます。"),
        ],
    )
    return (east, west, make_document("tiny", "333333", "南町", [("期間", "5年間です。")]))


@pytest.fixture(scope="session")
def towns_dir(towns: tuple[Document, ...], embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the three towns. Tests only read it."""
    directory = tmp_path_factory.mktemp("towns") / "index"
    build_index(towns, directory, embedder=embedder)
    return directory
