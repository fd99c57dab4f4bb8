"""Traces of answered questions, sent to an OpenTelemetry collector; the one door to opentelemetry and openinference.

Each stage of an answer is a span. What a chat model does inside its stage comes from LangChain's callbacks, through
OpenInference, and so has the names that its viewers know. Unless ``questions`` is set, no span holds words that a person
typed, a plan said or a model wrote: inputs and outputs are hidden, and an error is told by its kind alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from openinference.instrumentation import TraceConfig
from openinference.instrumentation.langchain import LangChainInstrumentor
from openinference.semconv.trace import SpanAttributes
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Event, ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import Status, get_current_span

from assistant.watch import Rephrased, Stage
from ui.watch.notes import noted_request

NAME = "machiplan"
SECONDS_TO_SEND = 3.0
"""How long one batch may take to be sent; a stopping server waits for no more."""

KINDS = {Stage.WHOLE: "CHAIN", Stage.RETRIEVE: "RETRIEVER", Stage.GUARD: "GUARDRAIL"}
"""What OpenInference calls a stage; the others are steps of a chain."""


class Traces:
    """Sends a span for each stage, in the background. Safe for threads; a ``Watch`` of the assistant."""

    def __init__(self, url: str, *, chat_model: bool, questions: bool) -> None:
        """Take the address of an OTLP collector (gRPC) and whether a chat model is asked."""
        exporter: SpanExporter = OTLPSpanExporter(endpoint=url, timeout=SECONDS_TO_SEND)
        self._provider = TracerProvider(resource=Resource.create({"service.name": NAME}))
        self._provider.add_span_processor(BatchSpanProcessor(exporter if questions else _WithoutWords(exporter)))
        hidden = not questions
        config = TraceConfig(hide_inputs=hidden, hide_outputs=hidden, hide_prompts=hidden, hide_choices=hidden)
        self._tracer = self._provider.get_tracer(NAME)
        if chat_model:
            LangChainInstrumentor().instrument(tracer_provider=self._provider, config=config)

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[None]:
        """Make a span of a stage; the whole bears the request's number."""
        request = {"machiplan.request_id": noted_request()} if stage is Stage.WHOLE else {}
        attributes = {SpanAttributes.OPENINFERENCE_SPAN_KIND: KINDS.get(stage, "CHAIN"), **request}
        with self._tracer.start_as_current_span(f"{NAME}.{stage}", attributes=attributes):
            yield

    def rephrased(self, outcome: Rephrased) -> None:
        """Note on the whole answer's span what became of the chat model's words."""
        get_current_span().set_attribute("machiplan.chat_model", str(outcome))

    def close(self) -> None:
        """Send what has not been sent yet."""
        self._provider.shutdown()


def _without_words(span: ReadableSpan) -> ReadableSpan:
    """Return a span whose errors are told by their kind alone."""
    kind = "exception.type"
    events = [Event(e.name, {kind: (e.attributes or {}).get(kind, "")}, e.timestamp) for e in span.events]
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=span.attributes,
        events=events,
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


class _WithoutWords(SpanExporter):
    """An exporter that passes spans on without the words of their errors."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._exporter.export([_without_words(span) for span in spans])

    def shutdown(self) -> None:
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._exporter.force_flush(timeout_millis)
