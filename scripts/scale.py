"""Prints how the index grows with the number of chunks: time to build, memory, disk, time to answer; draws it if asked.

    python scripts/scale.py                                  # 1,000, 10,000 and 100,000 chunks, 500 of them a town
    python scripts/scale.py --sizes 1000 5000 --folder DIR   # other sizes; the indexes stay in DIR
    python scripts/scale.py --plot docs/plots/scale.svg      # needs matplotlib, which is installed for development
    python scripts/scale.py --sizes 1000000                  # every municipality of the country: an hour and 20 GB of disk

There are 500 chunks a town, and no more towns than the country has: a larger corpus has larger ones.
A chunk is two sentences of the five plans, drawn at random, a number or a word changed in each. Vectors come from a
stand-in, in random directions, under the default model's name: over one town they took a tenth longer to ask than that
model's. What the model itself takes to embed the chunks is measured on a sample. Every size is built in one process and asked
in another, so that each has its own peak memory; then ``machiplan serve`` serves it to clients that ask all its towns. Files
have just been written, so they are read from the system's cache as far as it holds them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import numpy as np
from load import Case, Pace, measure, own_server
from load_clients import topics
from numpy.typing import NDArray

from assistant.answer import Question
from assistant.assistant import Assistant
from evals.read_cases import read_cases
from index.build import building
from index.embedder import open_embedder
from index.index import Index
from index.meanings import embedded_texts
from index.query import Query
from index.tokens import is_content, tokenize
from ingest.document import Chunk, Document, Kind, Plan, Span, Unit
from ingest.municipalities import municipalities
from ingest.read_folder import read_plans

ROOT = Path(__file__).resolve().parent.parent
MB = 1_000_000
TOWN = 500  # chunks of a town, where there are towns enough
UNITS = 2  # sentences of a chunk
PAIRS = 100  # questions to one town that are timed
WHOLE = 10  # questions to all towns that are timed
PATIENCE = 60  # seconds after which no more of them are
OPEN_FILES = 16_384  # as many as a server lets itself have
NEW = 20  # towns that are asked about for the first time
NOW = datetime(2026, 4, 1, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
SAMPLE = 200  # chunks that the default model embeds
SEED = 20260401
CLIENTS = 8  # of the server at once
SERVED = Pace(seconds=60, warm_up=10, seed=SEED, everywhere=True)

HEAD = (
    "| chunks | towns | build s | of processors s | with the model min* | peak MB building | disk MB | open ms | first search of a town ms "
    "| one town, median ms | p95 ms | all towns, first s | then ms | answer of a new town ms | of one asked before ms "
    "| without a town, first s | then ms | peak MB asking | server ready s | answers per s | p50 ms | p99 ms | its MB |\n|"
) + "--:|" * 23

# What is drawn: a panel for every unit, a curve for every figure.
PANELS: dict[str, dict[str, str]] = {
    "seconds": {"worked": "build and check, of processors"},
    "MB": {"building": "memory, building", "server_rss": "memory, serving", "disk": "disk"},
    "milliseconds": {
        "locked": "search of one town",
        "whole": "search, no town named",
        "known": "answer",
        "new": "a town's first answer",
        "unnamed": "answer, no town named",
    },
}


@dataclass(frozen=True, slots=True)
class StandIn:
    """An embedder whose vectors mean nothing: directions at random, the same text always the same one."""

    name: str
    digest: str
    dimensions: int
    floor: float

    @staticmethod
    def of_default() -> StandIn:
        """Return the stand-in of the default model: an index built with it is served like one built with the model."""
        model = open_embedder("default")
        return StandIn(model.name, model.digest, model.dimensions, model.floor)

    def embed_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), d)."""
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a text, shape (d,)."""
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        vector = np.random.default_rng(seed).standard_normal(self.dimensions, np.float32)
        return vector / np.float32(np.linalg.norm(vector))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as its words, and the places of those that carry content."""

    words: tuple[str, ...]
    places: tuple[int, ...]

    @staticmethod
    def of(text: str) -> Sentence:
        """Return a text as its words."""
        tokens = tokenize(text)
        places = (at for at, token in enumerate(tokens) if is_content(token))
        return Sentence(tuple(token.surface for token in tokens), tuple(places))


@dataclass(frozen=True, slots=True)
class Model:
    """What towns are made of: sentences, their content words, and headings."""

    sentences: tuple[Sentence, ...]
    words: tuple[str, ...]
    headings: tuple[tuple[str, ...], ...]

    @staticmethod
    def read() -> Model:
        """Return the model that the five plans are."""
        chunks = [chunk for document in read_plans([ROOT / "plans"]).documents for chunk in document.chunks]
        texts = [unit.search_text for chunk in chunks for unit in chunk.units if unit.search_text.endswith("。")]
        sentences = tuple(sentence for sentence in map(Sentence.of, texts) if sentence.places)
        words = {sentence.words[at] for sentence in sentences for at in sentence.places}
        return Model(sentences, tuple(sorted(words)), tuple(chunk.heading_path for chunk in chunks))

    def sentence(self, chance: random.Random) -> str:
        """Return a sentence with one content word changed to another, a number to another number."""
        sentence = chance.choice(self.sentences)
        at = chance.choice(sentence.places)
        number = sentence.words[at].isdecimal()
        other = str(chance.randrange(10_000)) if number else chance.choice(self.words)
        return "".join((*sentence.words[:at], other, *sentence.words[at + 1 :]))

    def town(self, number: int, chunks_of_it: int = TOWN) -> Document:
        """Return the only plan of a town, the same one for the same number and size."""
        chance = random.Random(f"{SEED} {number}")
        town = municipalities()[number]
        plan_id = f"town-{number}"
        text = ""
        chunks = []
        for at in range(chunks_of_it):
            start = len(text)
            units = []
            for _ in range(UNITS):
                sentence = self.sentence(chance)
                units.append(Unit(Span(len(text), len(text) + len(sentence)), sentence))
                text += sentence
            span, headings = Span(start, len(text)), chance.choice(self.headings)
            ids = (f"{plan_id}-{at}", plan_id, town.name, town.code)
            chunks.append(Chunk(*ids, Kind.PARAGRAPH, span, headings, text[start:], tuple(units)))
        named = (plan_id, town.name, town.reading, town.code, town.prefecture, "計画")
        plan = Plan(*named, None, None, None, None, source="", rights="")
        return Document(plan, text, hashlib.sha256(text.encode()).hexdigest(), tuple(chunks))


def questions() -> list[str]:
    """Return the development questions."""
    return [case.question for case in read_cases([ROOT / "evals" / "questions" / "dev.jsonl"])]


def sizes(chunks: int) -> list[int]:
    """Return how many chunks each town has in a corpus of so many."""
    towns = min(len(municipalities()), -(-chunks // TOWN))
    return [chunks * (number + 1) // towns - chunks * number // towns for number in range(towns)]


def build(chunks: int, directory: Path) -> dict[str, float]:
    """Build an index and return its seconds, those of processors, its MB on disk, and the peak MB of the larger process.

    Another process checks the shards that this one writes.
    """
    model = Model.read()
    spent = worked = 0.0
    with building(directory, embedder=StandIn.of_default()) as written:
        for number, size in enumerate(sizes(chunks)):
            document = model.town(number, size)
            start, began = time.perf_counter(), processor()
            written.add(document)
            spent, worked = spent + time.perf_counter() - start, worked + processor() - began
        start, began = time.perf_counter(), processor()
        written.publish()
        spent, worked = spent + time.perf_counter() - start, worked + processor() - began
    return {
        "build": spent,
        "worked": worked,
        "building": max(map(peak, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))),
        "disk": sum(path.stat().st_size for path in directory.rglob("*") if path.is_file()) / MB,
    }


def ask(directory: Path) -> dict[str, float]:
    """Ask an index and return its times, and the peak MB of this process."""
    texts = questions()
    chance = random.Random(SEED)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, OPEN_FILES), hard))
    start = time.perf_counter()
    with Index.open(directory, embedder=StandIn.of_default()) as index:
        opened = time.perf_counter() - start
        codes = index.codes

        def searched(*locked: str) -> float:
            query = Query(chance.choice(texts), locked)
            return seconds(lambda: index.retrieve(query)) * 1000

        searched(codes[0])  # the process's first question loads Chroma and the dictionary
        first = [searched(code) for code in codes[1 : PAIRS + 1]]
        locked = [searched(chance.choice(codes[: PAIRS + 1])) for _ in range(PAIRS)]
        all_first = searched()
        end = time.perf_counter() + PATIENCE
        whole = [searched(), *(searched() for _ in range(WHOLE - 1) if time.perf_counter() < end)]
        return {
            "open": opened * 1000,
            "first": median(first),
            "locked": median(locked),
            "p95": quantiles(locked, n=20)[-1],
            "all_first": all_first / 1000,
            "whole": median(whole),
            **answers(index, chance),
            "asking": peak(resource.RUSAGE_SELF),
        }


def answers(index: Index, chance: random.Random) -> dict[str, float]:
    """Return how long whole answers take: of towns nobody asked about before, of one asked before, and where none is named."""
    assistant = Assistant(index, clock=lambda: NOW)
    texts = topics()

    def answered(town: str) -> float:
        question = Question(chance.choice(texts), (town,) if town else ())
        return seconds(lambda: assistant.answer(question)) * 1000

    answered(index.codes[0])  # loads the words' vectors
    new = [answered(code) for code in chance.sample(index.codes, min(NEW, len(index.codes)))]
    known = [answered(index.codes[0]) for _ in range(PAIRS)]
    unnamed = [answered("") for _ in range(WHOLE + 1)]
    return {
        "new": median(new),
        "known": median(known),
        "unnamed_first": unnamed[0] / 1000,
        "unnamed": median(unnamed[1:]),
    }


def serve(directory: Path) -> dict[str, float]:
    """Serve an index and return the seconds until it is ready, and what clients that ask all its towns get from it."""
    with TemporaryDirectory() as folder:
        start = time.perf_counter()
        with own_server(directory, {}, Path(folder)) as server:
            ready = time.perf_counter() - start
            level = measure(Case("machiplan", server), CLIENTS, SERVED)
    if level["errors"]:
        raise RuntimeError(f"Questions failed: {level['errors']}")
    figures = {name: float(str(level[name])) for name in ("per_second", "p50", "p99", "server_rss")}
    return {"ready": ready} | figures


def sample() -> dict[str, float]:
    """Return the seconds that a chunk takes to embed, with the default model and with the stand-in, and a question."""
    texts = [text for chunk in Model.read().town(0).chunks[:SAMPLE] for text in embedded_texts(chunk)]
    default, stand_in = open_embedder("default"), StandIn.of_default()
    asked = questions()[:SAMPLE]
    default.embed_query(asked[0])
    return {
        "chunk": seconds(lambda: default.embed_documents(texts)) / SAMPLE,
        "stand-in": seconds(lambda: stand_in.embed_documents(texts)) / SAMPLE,
        "question": median(seconds(partial(default.embed_query, text)) for text in asked),
    }


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def processor() -> float:
    """Return the processor seconds of this process and of its children that have ended."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def peak(whose: int) -> float:
    """Return the most memory that this process, or the largest of its children, has had, in MB."""
    return resource.getrusage(whose).ru_maxrss / (MB if sys.platform == "darwin" else 1000)


def in_own_process(*verb: object) -> dict[str, float]:
    """Return what this script prints when it is asked for some figures in a process of its own."""
    command = [sys.executable, __file__, *map(str, verb)]
    return dict(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))


def line(row: Mapping[str, float], model: Mapping[str, float]) -> str:
    """Return a size's line of the table."""
    minutes = (row["build"] + row["chunks"] * (model["chunk"] - model["stand-in"])) / 60
    return (
        f"| {row['chunks']:,} | {len(sizes(round(row['chunks'])))} | {row['build']:.1f} | {row['worked']:.1f} "
        f"| {minutes:.1f} | {row['building']:.0f} | {row['disk']:,.0f} | {row['open']:.1f} | {row['first']:.1f} "
        f"| {row['locked']:.2f} | {row['p95']:.2f} | {row['all_first']:.2f} | {row['whole']:.1f} | {row['new']:.0f} | {row['known']:.0f} "
        f"| {row['unnamed_first']:.2f} | {row['unnamed']:.0f} | {row['asking']:.0f} "
        f"| {row['ready']:.0f} | {row['per_second']:.1f} | {row['p50']:,.0f} | {row['p99']:,.0f} | {row['server_rss']:.0f} |"
    )


def remarks(rows: Sequence[Mapping[str, float]], model: Mapping[str, float]) -> Iterator[str]:
    """Yield what the table does not say."""
    yield (
        f"\n*: computed: the build, and the default model's time for every chunk. On {SAMPLE} chunks and questions it took "
        f"{model['chunk'] * 1000:.1f} ms a chunk and {model['question'] * 1000:.1f} ms a question, which no other column "
        f"includes; the stand-in took {model['stand-in'] * 1000:.2f} ms a chunk, which the build includes."
    )
    for smaller, larger in pairwise(rows):
        ratio = larger["locked"] / smaller["locked"]
        yield f"A question to one town takes {ratio:.2f} times as long in {larger['chunks']:,} chunks as in {smaller['chunks']:,}."


def draw(rows: Sequence[Mapping[str, float]], path: Path) -> None:
    """Draw the table, the same file for the same figures."""
    import matplotlib as mpl  # noqa: PLC0415 (only installed for development, and heavy)
    from matplotlib.figure import Figure  # noqa: PLC0415

    path.parent.mkdir(parents=True, exist_ok=True)
    mpl.rcParams["svg.hashsalt"] = "scale"
    figure = Figure(figsize=(11, 4.6), layout="constrained", facecolor="white")
    for axes, (unit, curves) in zip(figure.subplots(1, len(PANELS)), PANELS.items(), strict=True):
        for marker, (name, label) in zip("os^dv", curves.items(), strict=False):
            axes.loglog([row["chunks"] for row in rows], [row[name] for row in rows], marker=marker, label=label)
        axes.set(xlabel="chunks", ylabel=unit)
        axes.grid(alpha=0.3)
        axes.legend(fontsize="small", loc="upper center", bbox_to_anchor=(0.5, -0.15))
    figure.savefig(path, metadata={"Date": None})


def main() -> int:
    """Print the report, or some figures as JSON for the process that asked; return the exit code."""
    match sys.argv[1:]:
        case ["build", chunks, path]:
            print(json.dumps(build(int(chunks), Path(path))))
            return 0
        case ["ask", path]:
            print(json.dumps(ask(Path(path))))
            return 0
        case ["serve", path]:
            print(json.dumps(serve(Path(path))))
            return 0
        case ["sample"]:
            print(json.dumps(sample()))
            return 0
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--sizes", nargs="+", type=int, default=[1_000, 10_000, 100_000], metavar="CHUNKS")
    arguments.add_argument("--folder", type=Path, help="where the indexes stay; a temporary folder without it")
    arguments.add_argument("--plot", type=Path, help="the SVG file to draw", metavar="FILE")
    given = arguments.parse_args()
    rows: list[dict[str, float]] = []
    with TemporaryDirectory() as temporary:
        model = in_own_process("sample")
        print(HEAD, flush=True)
        for size in given.sizes:
            directory = (given.folder or Path(temporary)) / str(size)
            built = in_own_process("build", size, directory)
            asked = in_own_process("ask", directory)
            rows.append({"chunks": size} | built | asked | in_own_process("serve", directory))
            print(line(rows[-1], model), flush=True)
    print("\n".join(remarks(rows, model)))
    if given.plot:
        draw(rows, given.plot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
