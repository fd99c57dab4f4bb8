"""The index as a LangChain retriever, for any LangChain application."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.index import Index
from index.query import Hit, Query


class PlanRetriever(BaseRetriever):
    """Passages of the plans, best first.

    ``page_content`` is the plan's own text, character for character; ``metadata`` says where it stands: ``plan_id``,
    ``start``, ``end``, ``heading_path`` (a list), ``municipality``, ``municipality_code``, and its ``score``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    municipalities: tuple[str, ...] = ()
    k: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        hits = self.index.retrieve(Query(query, self.municipalities, self.k))
        return [self._document(hit) for hit in hits]

    def _document(self, hit: Hit) -> Document:
        chunk = hit.chunk
        return Document(
            id=chunk.chunk_id,
            page_content=chunk.span.of(self.index.text(chunk.plan_id)),
            metadata={
                "plan_id": chunk.plan_id,
                "start": chunk.span.start,
                "end": chunk.span.end,
                "heading_path": list(chunk.heading_path),
                "municipality": chunk.municipality,
                "municipality_code": chunk.municipality_code,
                "score": hit.score,
            },
        )
