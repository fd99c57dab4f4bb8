"""Prints how ingestion grows with the corpus: time, memory and where the time goes, over synthetic corpora of several sizes.

    python scripts/growth.py                     # 1, 10 and 100 MB: about half an hour on two cores
    python scripts/growth.py 1 4 --folder DIR    # other sizes, in MB; the corpora and indexes stay in DIR
    python scripts/growth.py --embedder words    # another embedder than the default one

A corpus is the five plans over and over, each time as another municipality's. Every size is ingested by ``machiplan ingest``'s
own code in a process of its own, so that its peak memory is its own. Beside it, in the same run, LangChain's text loader
and recursive splitter read the same files, where ``langchain-community`` and ``langchain-text-splitters`` are installed.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from index.embedder import DEFAULT, open_embedder
from index.lexical import build_lexical
from index.meanings import embedded_texts
from ingest.document import Document
from ingest.municipalities import municipalities
from ingest.read_folder import read_plan, read_plans
from ui.refresh import Progress, refresh_index

PLANS = Path(__file__).resolve().parent.parent / "plans"
MB = 1_000_000
SAMPLE = 10  # plans whose reading, tokenising and embedding are timed apart


def write_corpus(folder: Path, size: int) -> None:
    """Write plan files of ``size`` bytes in all: the five plans in turn, under the names of ever other municipalities."""
    models = read_plans([PLANS]).documents
    names = [town.name for town in municipalities()]
    written = 0
    towns = [town for town in municipalities() if names.count(town.name) == 1 and len(town.name) > 2]
    for number, (town, model) in enumerate(zip(cycle(towns), cycle(models), strict=False)):
        text = model.text.replace(model.plan.municipality, town.name).replace(model.plan.prefecture, town.prefecture)
        data = text.encode()[: size - written]
        (folder / f"{town.code}-{number}.txt").write_text(data.decode(errors="ignore"), encoding="utf-8")
        written += len(data)
        if written >= size:
            return


def ingest(name: str, plans: Path, directory: Path) -> dict[str, float]:
    """Ingest a folder with the embedder ``name`` and return seconds by phase, peak memory in MB, and what there is then."""
    embedder = open_embedder(name)
    marks: list[float] = [time.perf_counter()]

    def on_town(done: int, total: int) -> None:
        if done in (0, total):
            marks.append(time.perf_counter())

    refreshed = refresh_index([plans], directory, embedder=embedder, progress=Progress(on_town=on_town))
    marks.append(time.perf_counter())
    start, read, written, published = marks[0], marks[1], marks[-2], marks[-1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (MB if sys.platform == "darwin" else 1000)
    return {
        "plans": len(refreshed.read),
        "chunks": refreshed.built.chunks if refreshed.built else 0,
        "read": read - start,
        "write": written - read,
        "publish": published - written,
        "peak": peak,
        "index": sum(path.stat().st_size for path in directory.rglob("*") if path.is_file()) / MB,
    }


def shares(name: str, plans: Path) -> dict[str, float]:
    """Return the seconds that reading, tokenising and embedding take for a few plans of a folder."""
    embedder = open_embedder(name)
    files = sorted(plans.glob("*.txt"))[:SAMPLE]
    read_plan(files[0])
    start = time.perf_counter()
    documents = [read_plan(path) for path in files]
    parsed = time.perf_counter()
    with TemporaryDirectory() as folder:
        for at, document in enumerate(documents):
            _tokenise(document, Path(folder) / str(at))
    tokenised = time.perf_counter()
    for document in documents:
        embedder.embed_documents([text for chunk in document.chunks for text in embedded_texts(chunk)])
    embedded = time.perf_counter()
    return {"parse": parsed - start, "tokenise": tokenised - parsed, "embed": embedded - tokenised} | _langchain(files)


def _tokenise(document: Document, folder: Path) -> None:
    chunks = document.chunks
    build_lexical([chunk.search_text for chunk in chunks], [" ".join(chunk.heading_path) for chunk in chunks], folder)


def _langchain(files: list[Path]) -> dict[str, float]:
    """Return the seconds that LangChain's loader and splitter take for the same files; empty where it is not installed."""
    if not (find_spec("langchain_community") and find_spec("langchain_text_splitters")):
        return {}
    loaders, splitters = (
        import_module("langchain_community.document_loaders"),
        import_module("langchain_text_splitters"),
    )
    splitter = splitters.RecursiveCharacterTextSplitter(chunk_size=300, chunk_overlap=50)
    start = time.perf_counter()
    for path in files:
        splitter.split_documents(loaders.TextLoader(path, encoding="utf-8").load())
    return {"LangChain's loader and splitter": time.perf_counter() - start}


def in_own_process(verb: str, embedder: str, *paths: Path) -> dict[str, float]:
    """Return what this script prints when it is asked for one figure in a process of its own."""
    command = [sys.executable, __file__, verb, embedder, *map(str, paths)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def table(sizes: list[float], folder: Path, embedder: str) -> Iterator[str]:
    """Yield the lines of the report."""
    yield "| MB | plans | chunks | read s | write, check s | publish s | s per MB | again s | peak MB | index MB |"
    yield "|--:|" + "--:|" * 9
    for size in sizes:
        plans, directory = folder / f"{size:g}", folder / f"{size:g}-index"
        plans.mkdir(parents=True)
        write_corpus(plans, round(size * MB))
        first = in_own_process("ingest", embedder, plans, directory)
        again = in_own_process("ingest", embedder, plans, directory)
        whole = first["read"] + first["write"] + first["publish"]
        repeat = again["read"] + again["write"] + again["publish"]
        yield (
            f"| {size:g} | {first['plans']} | {first['chunks']:,} | {first['read']:.1f} | {first['write']:.1f} "
            f"| {first['publish']:.1f} | {whole / size:.2f} | {repeat:.1f} | {first['peak']:.0f} | {first['index']:.0f} |"
        )
    timed = in_own_process("shares", embedder, folder / f"{sizes[-1]:g}")
    yield f"\n{SAMPLE} plans: " + ", ".join(f"{name} {spent:.2f} s" for name, spent in timed.items())


def main() -> int:
    """Print the report, or one figure as JSON for the process that asked; return the exit code."""
    if sys.argv[1:2] in (["ingest"], ["shares"]):
        verb, embedder, *paths = sys.argv[1:]
        print(json.dumps((ingest if verb == "ingest" else shares)(embedder, *map(Path, paths))))
        return 0
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("sizes", nargs="*", type=float, default=[1, 10, 100], metavar="MB")
    arguments.add_argument("--folder", type=Path, help="where corpora and indexes stay; a temporary folder without it")
    arguments.add_argument("--embedder", default=DEFAULT, metavar="NAME", help="as MACHIPLAN_EMBEDDING_MODEL names it")
    given = arguments.parse_args()
    with TemporaryDirectory() as temporary:
        for line in table(given.sizes, given.folder or Path(temporary), given.embedder):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
