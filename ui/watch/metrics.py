"""The numbers of a running server, as Prometheus reads them; the one door to prometheus_client.

No label has a value that a request could make up, and none names a town: who asks about which town is nobody's graph.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from assistant.watch import Rephrased, Stage
from ui.watch.outcome import Face, Outcome
from ui.watch.state import ReadState

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4

STAGE_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)
"""Upper bounds; a search takes milliseconds, a chat model is waited for 20 seconds at most."""

REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

Kind = Literal["api", "page", "probe"]
"""Of a request: to the API, to the pages, or from a machine that watches the server."""

STORE = "store"  # a stage that is not the assistant's: an answer is written to the disk


class Metrics:
    """The metrics of one application, in a registry of their own. Safe for threads; a ``Watch`` of the assistant."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each counter, which tells what a fall to 0 tells anyway
        self._registry = own = CollectorRegistry()
        self._questions = Counter(
            "machiplan_questions",
            "Questions put to the server, by how they came and what came of them.",
            ["face", "mode", "outcome", "reason"],
            registry=own,
        )
        self._stages = Histogram(
            "machiplan_stage_seconds",
            "Seconds of one stage of answering; whole holds the others but store, look_up holds retrieve.",
            ["stage"],
            buckets=STAGE_SECONDS,
            registry=own,
        )
        self._timers = {stage: self._stages.labels(stage) for stage in (*Stage, STORE)}
        self._answering = Gauge(
            "machiplan_answers_in_progress", "Questions that the assistant works on at this moment.", registry=own
        )
        self._rephrased = Counter(
            "machiplan_chat_model_replies", "What became of a chat model's replies.", ["outcome"], registry=own
        )
        self._requests = Counter(
            "machiplan_http_requests", "Requests that were answered.", ["method", "route", "status"], registry=own
        )
        self._request_seconds = Histogram(
            "machiplan_http_request_seconds",
            "Seconds from a request's arrival to the end of its response.",
            ["route"],
            buckets=REQUEST_SECONDS,
            registry=own,
        )
        self._in_progress = Gauge(
            "machiplan_http_requests_in_progress",
            "Requests not yet answered: of the API, of the pages (each open page holds one), or of who watches.",
            ["kind"],
            registry=own,
        )
        self._feedback = Counter(
            "machiplan_feedback", "What people said of answers: helpful or not.", ["helpful"], registry=own
        )
        ProcessCollector(registry=own)
        GCCollector(registry=own)
        self._begin_at_zero()

    def add_state(self, read_state: ReadState) -> None:
        """Ask ``read_state`` at each reading for what is true at that moment."""
        self._registry.register(_Now(read_state))

    def _begin_at_zero(self) -> None:
        """Show what has not happened yet as 0, so that its first time is seen as a rise."""
        for outcome in Rephrased:
            self._rephrased.labels(outcome)
        for helpful in ("true", "false"):
            self._feedback.labels(helpful)
        for kind in get_args(Kind):
            self._in_progress.labels(kind)

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[None]:
        """Measure a stage of answering."""
        whole = stage is Stage.WHOLE
        if whole:
            self._answering.inc()
        started = time.perf_counter()
        try:
            yield
        finally:
            self._timers[stage].observe(time.perf_counter() - started)
            if whole:
                self._answering.dec()

    @contextmanager
    def storing(self) -> Iterator[None]:
        """Measure how long an answer takes to be kept."""
        with self._timers[STORE].time():
            yield

    def rephrased(self, outcome: Rephrased) -> None:
        """Count what became of a chat model's words."""
        self._rephrased.labels(outcome).inc()

    def asked(self, face: Face, outcome: Outcome) -> None:
        """Count a question."""
        self._questions.labels(face, outcome.mode, outcome.kind, outcome.reason).inc()

    def arrived(self, kind: Kind) -> None:
        """Count a request that is to be answered; ``left`` must follow."""
        self._in_progress.labels(kind).inc()

    def left(self, method: str, route: str, status: int, seconds: float, kind: Kind) -> None:
        """Count a request whose response has ended."""
        self._in_progress.labels(kind).dec()
        self._requests.labels(method, route, status).inc()
        self._request_seconds.labels(route).observe(seconds)

    def said(self, *, helpful: bool) -> None:
        """Count what was said of an answer."""
        self._feedback.labels(str(helpful).lower()).inc()

    def text(self) -> bytes:
        """Return everything in Prometheus's text format, version 0.0.4 (``CONTENT_TYPE``)."""
        return generate_latest(self._registry)


class _Now(Collector):
    """What is read at the moment of asking instead of being counted."""

    def __init__(self, read_state: ReadState) -> None:
        self._read_state = read_state

    def describe(self) -> list[Metric]:
        """Name nothing: to describe would be to read."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield the state as metrics; what there is none of is left out."""
        now = self._read_state()
        yield _gauge("machiplan_ready", "1 when a question can be answered, as /readyz says.", float(now.ready))
        yield _gauge("machiplan_questions_waiting", "Questions and searches that wait for their turn.", now.waiting)
        yield _gauge("machiplan_ingestion_in_progress", "1 while the plans are being changed.", float(now.ingesting))
        yield _gauge("machiplan_evaluation_in_progress", "1 while a question set is being run.", float(now.evaluating))
        if (index := now.index) is not None:
            told = {"generation": index.generation, "embedder": index.embedder}
            yield InfoMetricFamily("machiplan_index", "The generation of the index that answers.", told)
            loaded = "When this generation was opened, in seconds since 1970."
            yield _gauge("machiplan_index_loaded_timestamp_seconds", loaded, index.loaded)
            yield _gauge("machiplan_index_plans", "Plans in the index.", index.plans)
            yield _gauge("machiplan_index_expired_plans", "Plans in it whose period has ended.", index.expired)
            yield _gauge("machiplan_index_chunks", "Chunks in the index.", index.chunks)
            if index.chroma_up is not None:
                failures = "Searches of this generation that the Chroma server failed."
                yield _gauge("machiplan_chroma_up", "1 when the Chroma server answered last.", float(index.chroma_up))
                yield _gauge("machiplan_chroma_failures", failures, index.chroma_failures)
        if (answers := now.answers) is not None:
            yield _gauge("machiplan_answers_kept", "Answers in the answers file whose days are not over.", answers.kept)
            yield _gauge("machiplan_answers_file_bytes", "Size of the answers file and its log.", answers.size)


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value)
