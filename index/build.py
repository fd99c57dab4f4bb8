"""Documents to a published index: shards are written aside, checked in a fresh process, and swapped in together.

The index that was there goes on answering until the last step, and at whatever point a build dies. Documents are set aside on
disk as they come, and shards are written one municipality after another: memory holds one municipality, not the corpus.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from index.build_report import BuildReport, report
from index.chroma_server import ChromaServer
from index.embedder import Embedder
from index.errors import IndexUnusableError, IndexWriteError, told_of_writing
from index.generation import (
    ASIDE,
    FORMAT,
    SHARDS,
    Manifest,
    PlanEntry,
    become_owner,
    publish,
    read_manifest,
    read_pointer,
)
from index.lock import locked
from index.set_aside import read_document, set_aside
from index.shard import Shard, stored_document
from index.sweep import remove_unused, sweep_unfinished
from index.tokens import tokens_version
from index.write_shard import shard_digest
from index.write_towns import Town, write_towns
from ingest.chunk import CHUNKER_VERSION, chunk
from ingest.document import Document
from ingest.workers import ONE_PROCESS, Workers


def build_index(
    documents: Iterable[Document], directory: Path, *, embedder: Embedder, chroma_url: str | None = None
) -> BuildReport:
    """Make ``directory`` an index of exactly these documents and return what changed.

    Shards whose documents, rules and model are unchanged are reused; damaged ones are written again.

    Raises:
        ValueError: two documents have the same plan id, or two chunks of one the same chunk id.
        IndexBusyError: another process is building the same index.
        IndexWriteError: the folder does not take it, or a new shard could not be read back; the old index still stands.
    """
    with building(directory, embedder=embedder, chroma_url=chroma_url) as build:
        for document in documents:
            build.add(document)
        return build.publish()


@contextmanager
def building(directory: Path, *, embedder: Embedder, chroma_url: str | None = None) -> Iterator[Build]:
    """Give a new generation of the index in ``directory`` to be filled and published; nobody else builds meanwhile.

    With ``chroma_url`` the Chroma server there is brought the vectors before the generation is published.

    Raises:
        IndexBusyError: another process is building the same index.
        IndexWriteError: nothing can be written into the folder.
    """
    with ExitStack() as held:
        with told_of_writing(directory):
            directory.mkdir(parents=True, exist_ok=True)
            held.enter_context(locked(directory))
            sweep_unfinished(directory)
            # What cannot be removed now is swept by the next build.
            aside = TemporaryDirectory(prefix=ASIDE, dir=directory, ignore_cleanup_errors=True)
            held.enter_context(aside)
        before = {entry.plan.plan_id: entry for entry in _manifest_plans(directory)}
        yield Build(directory, Path(aside.name), embedder, before, chroma_url)


@dataclass(frozen=True)
class Build:
    """A generation in the making: plans that were added, and those of the current generation that stay.

    ``before`` holds the plans of the current generation by their ids; none where it cannot be read.
    """

    directory: Path
    aside: Path
    embedder: Embedder
    before: Mapping[str, PlanEntry]
    chroma_url: str | None = None
    _added: dict[str, PlanEntry] = field(default_factory=dict)
    _read_whole: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def keepable(self) -> Mapping[str, PlanEntry]:
        """Those plans of ``intact`` that the same model and rules stored."""
        try:
            read_manifest(self.directory, read_pointer(self.directory).generation).require(self.embedder)
        except IndexUnusableError:
            return {}
        return self.intact

    @cached_property
    def intact(self) -> Mapping[str, PlanEntry]:
        """Those plans of the current generation whose files are what was written."""
        shards = {entry.shard for entry in self.before.values()}
        intact = {shard for shard in shards if self._intact(shard)}
        return {plan_id: entry for plan_id, entry in self.before.items() if entry.shard in intact}

    def stored(self, plan_id: str) -> Document:
        """Return one of the plans ``intact``, whatever model stored it; chunks that other rules made are made anew."""
        shard = Shard(self._stored(self.intact[plan_id].shard))
        if read_manifest(self.directory, read_pointer(self.directory).generation).chunker == CHUNKER_VERSION:
            return shard.document(plan_id)
        text = shard.stored(plan_id)
        return stored_document(text, chunk(text.plan, text.text))

    def add(self, document: Document) -> None:
        """Take a document into the new generation, in the place of the plan that has its id.

        Raises:
            ValueError: a document with its plan id was added before, or two of its chunks have the same id.
            IndexWriteError: there is no room for it.
        """
        plan_id = document.plan.plan_id
        if plan_id in self._added:
            raise ValueError(f"Two documents bring the plan id {plan_id!r}; every id must stand for one plan.")
        with told_of_writing(self.directory):
            digest = set_aside(document, self._read(plan_id))
        self._added[plan_id] = PlanEntry(
            document.plan, shard="", digest=digest, chunks=len(document.chunks), characters=len(document.text)
        )

    def publish(
        self,
        keep: Collection[str] = (),
        *,
        on_town: Callable[[int, int], None] = lambda done, total: None,
        workers: Workers = ONE_PROCESS,
    ) -> BuildReport:
        """Publish the added documents, and of ``keepable`` those named in ``keep``; return what changed.

        ``workers`` write the municipalities; ``on_town`` is told how many are written, of how many.

        Raises:
            WorkersError: the workers are gone; the old index still stands.
            IndexWriteError: the folder does not take it, or a new shard could not be read back; the old index still
                stands.
            ChromaServerError: the Chroma server cannot be reached or does not take the vectors; the old index still stands.
        """
        shards, unwritten = self._shards(keep), set[str]()
        while lost := self._write_missing(shards, on_town, workers):
            unwritten |= self._given_up(entry for shard in lost for entry in shards[shard])
            shards = self._shards(keep)
        entries = tuple(
            sorted(
                (replace(entry, shard=shard) for shard in shards for entry in shards[shard]),
                key=lambda entry: entry.plan.plan_id,
            )
        )
        manifest = Manifest(
            FORMAT, self.embedder.name, self.embedder.digest, tokens_version(), CHUNKER_VERSION, entries
        )
        with self._brought(manifest.shards) as server:
            with told_of_writing(self.directory):
                generation = self._make_current(manifest)
                remove_unused(self.directory)
                stored = [path.name for path in (self.directory / SHARDS).glob("*")]
            if server is not None:
                server.drop_others(stored)
        return report(generation, self.before, entries, unwritten)

    @contextmanager
    def _brought(self, shards: Collection[str]) -> Iterator[ChromaServer | None]:
        """Give the Chroma server after bringing it what it lacks of the shards; ``None`` where none is used."""
        if self.chroma_url is None:
            yield None
            return
        with told_of_writing(self.directory):
            owner = become_owner(self.directory)
        with closing(ChromaServer(self.chroma_url, owner)) as server:
            server.bring(Shard(self._stored(shard)) for shard in shards)
            yield server

    def _shards(self, keep: Collection[str]) -> dict[str, list[PlanEntry]]:
        """Return the plans of each shard of the new generation."""
        kept = {plan_id: self.keepable[plan_id] for plan_id in keep if plan_id not in self._added}
        towns: dict[str, list[PlanEntry]] = {}
        for _, entry in sorted((kept | self._added).items()):
            towns.setdefault(entry.plan.municipality_code, []).append(entry)
        return {shard_digest([entry.digest for entry in town], self.embedder): town for town in towns.values()}

    def _given_up(self, entries: Iterable[PlanEntry]) -> set[str]:
        """Add those plans no more that cannot be written, and return them."""
        given_up = {entry.plan.plan_id for entry in entries} & set(self._added)
        for plan_id in given_up:
            del self._added[plan_id]
        if not given_up or not (self._added or self.before):
            raise IndexWriteError(
                self.directory, "索引を作る処理が、やり直しても途中で止まります", "メモリーを増やして"
            )
        return given_up

    def _make_current(self, manifest: Manifest) -> str:
        """Publish a manifest unless it is the current one, and return its generation."""
        try:
            generation = read_pointer(self.directory).generation
            if read_manifest(self.directory, generation) == manifest:
                return generation
        except IndexUnusableError:
            pass  # there is none yet, or it has to be replaced
        return publish(self.directory, manifest)

    def _write_missing(
        self, shards: Mapping[str, list[PlanEntry]], on_town: Callable[[int, int], None], workers: Workers
    ) -> list[str]:
        """Write the shards that are not there, or not intact, and move them in place once a fresh process has read them.

        Return those over which whoever wrote them died.
        """
        towns = [self._town(digest, shards[digest]) for digest in shards if not self._intact(digest)]
        written = write_towns(towns, self.aside, self.embedder, workers=workers, on_town=on_town)
        with told_of_writing(self.directory):
            (self.directory / SHARDS).mkdir(exist_ok=True)
            for shard, folder in ((one.shard, one.folder) for one in written):
                if self._stored(shard).exists():
                    self._stored(shard).replace(self.aside / f"damaged-{shard}")
                folder.replace(self._stored(shard))
                self._read_whole[shard] = True
        on_town(len(towns), len(towns))
        return [town.shard for town in towns if not self._read_whole[town.shard]]

    def _town(self, shard: str, entries: Sequence[PlanEntry]) -> Town:
        return Town(shard, tuple(entry.digest for entry in entries), tuple(map(self._reader, entries)))

    def _intact(self, shard: str) -> bool:
        """Return whether a shard is stored as it was sealed; its files are read once in a build."""
        if shard not in self._read_whole:
            self._read_whole[shard] = _intact(self._stored(shard))
        return self._read_whole[shard]

    def _reader(self, entry: PlanEntry) -> Callable[[], Document]:
        """Return what reads an added document, or one that stays, from the shard that holds it."""
        plan_id = entry.plan.plan_id
        if plan_id in self._added:
            return partial(read_document, self._read(plan_id))
        return partial(_stored_document, self._stored(entry.shard), plan_id)

    def _read(self, plan_id: str) -> Path:
        # A plan id may be as long as a file's name.
        return self.aside / f"{hashlib.sha256(plan_id.encode()).hexdigest()}.document"

    def _stored(self, shard: str) -> Path:
        return self.directory / SHARDS / shard


def _stored_document(folder: Path, plan_id: str) -> Document:
    return Shard(folder).document(plan_id)


def _intact(folder: Path) -> bool:
    if not folder.exists():
        return False
    try:
        Shard(folder).check()
    except IndexUnusableError:
        return False
    return True


def _manifest_plans(directory: Path) -> tuple[PlanEntry, ...]:
    """Return the plans of the current generation; none where it cannot be read."""
    try:
        return read_manifest(directory, read_pointer(directory).generation).plans
    except IndexUnusableError:
        return ()
