"""A question-answering service as tutorials build it, to measure beside this one: FastAPI, LangChain, Chroma, no chat model.

Pieces of 500 characters that overlap by 50, the same sentence model, one Chroma collection, the four nearest as the answer. It looks
at no municipality, history or words, cites no place, never abstains, keeps nothing. Two usual packages are not pinned here:
``langchain-chroma`` (``Chroma`` below takes its calls) and ``langchain-text-splitters`` (so pieces end at any character).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Self

import chromadb
import uvicorn
from chromadb.config import Settings
from fastapi import FastAPI
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore
from pydantic import BaseModel
from sentence_transformers import SentenceTransformer

ROOT, SIZE, OVERLAP, BEST = Path(__file__).resolve().parent.parent, 500, 50, 4


class Model(Embeddings):
    def __init__(self, folder: Path) -> None:
        self._model = SentenceTransformer(str(folder), trust_remote_code=True)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in vector] for vector in self._model.encode(texts, prompt_name="document")]

    def embed_query(self, text: str) -> list[float]:
        return [float(x) for x in self._model.encode(text, prompt_name="query")]


class Chroma(VectorStore):
    def __init__(self, embedding: Embeddings) -> None:
        self._embedding = embedding
        client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
        self._collection = client.create_collection("plans", embedding_function=None)

    @classmethod
    def from_texts(cls, texts: list[str], embedding: Embeddings, *_: Any, **__: Any) -> Self:
        store = cls(embedding)
        vectors: Any = embedding.embed_documents(texts)
        store._collection.add(ids=[str(at) for at in range(len(texts))], documents=texts, embeddings=vectors)
        return store

    def similarity_search(self, query: str, k: int = BEST, **_: Any) -> list[Document]:
        vectors: Any = [self._embedding.embed_query(query)]
        found = self._collection.query(query_embeddings=vectors, n_results=k)
        return [Document(text) for text in (found["documents"] or [[]])[0]]


class Ask(BaseModel):
    question: str


def split(text: str) -> list[str]:
    return [text[at : at + SIZE] for at in range(0, len(text), SIZE - OVERLAP)]


def main() -> None:
    texts = [piece for file in sorted((ROOT / "plans").glob("*.txt")) for piece in split(file.read_text("utf-8"))]
    retriever = Chroma.from_texts(texts, Model(ROOT / "index" / "sentence_model")).as_retriever()
    app = FastAPI()

    @app.post("/api/ask")
    def ask(body: Ask) -> dict[str, str]:
        return {"answer": "\n\n".join(document.page_content for document in retriever.invoke(body.question))}

    app.get("/readyz")(lambda: "ok")
    uvicorn.run(app, port=int(sys.argv[1]), log_level="warning")


if __name__ == "__main__":
    main()
