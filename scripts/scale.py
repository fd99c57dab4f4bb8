"""Prints how the index grows with the number of chunks: time to build, memory, disk, time to answer; draws it if asked.

    python scripts/scale.py                                  # 1,000, 10,000 and 100,000 chunks, 500 of them a town
    python scripts/scale.py --sizes 1000 5000 --folder DIR   # other sizes; the indexes stay in DIR
    python scripts/scale.py --plot docs/plots/scale.svg      # needs matplotlib, which is installed for development

A chunk is two sentences of the five plans, drawn at random, a number or a word changed in each. Vectors come from a
stand-in, in random directions: over one town they took a tenth longer to ask than the default model's. What that model itself
takes is measured on a sample. Every size is built in one process and asked in another, so that each has its own peak
memory. Files have just been written, so they are read from the system's cache. A town that has been asked keeps some 22
files open: 200 towns need a limit of 5,000 (``ulimit -n 5000``).
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
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

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
TOWN = 500  # chunks of a town
UNITS = 2  # sentences of a chunk
PAIRS = 100  # questions to one town that are timed
WHOLE = 10  # questions to all towns that are timed: each asks every shard
SAMPLE = 200  # chunks that the default model embeds
SEED = 20260401

HEAD = (
    "| chunks | towns | build s | with the model min* | peak MB building | disk MB | open ms "
    "| first question of a town ms | one town, median ms | p95 ms | all towns ms | peak MB asking |\n|"
) + "--:|" * 12

# What is drawn: a panel for every unit, a curve for every figure.
PANELS: dict[str, dict[str, str]] = {
    "seconds": {"build": "build and check"},
    "MB": {"building": "memory, building", "asking": "memory, all towns open", "disk": "disk"},
    "milliseconds": {"first": "first question of a town", "locked": "one town", "whole": "all towns"},
}


@dataclass(frozen=True, slots=True)
class StandIn:
    """An embedder whose vectors mean nothing: directions at random, the same text always the same one."""

    name: str = "stand-in"
    digest: str = "stand-in"
    dimensions: int = 384
    floor: float = 0.0

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

    def town(self, number: int) -> Document:
        """Return the only plan of a town, the same one for the same number."""
        chance = random.Random(f"{SEED} {number}")
        town = municipalities()[number]
        plan_id = f"town-{number}"
        text = ""
        chunks = []
        for at in range(TOWN):
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


def build(towns: int, directory: Path) -> dict[str, float]:
    """Build an index and return its seconds, its MB on disk, and the peak MB of the larger process: this one or the checking one."""
    model = Model.read()
    spent = 0.0
    with building(directory, embedder=StandIn()) as written:
        for number in range(towns):
            document = model.town(number)
            start = time.perf_counter()
            written.add(document)
            spent += time.perf_counter() - start
        start = time.perf_counter()
        written.publish()
        spent += time.perf_counter() - start
    return {
        "build": spent,
        "building": max(map(peak, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))),
        "disk": sum(path.stat().st_size for path in directory.rglob("*") if path.is_file()) / MB,
    }


def ask(directory: Path) -> dict[str, float]:
    """Ask an index and return milliseconds, and the peak MB of this process, which ends with every town opened."""
    texts = questions()
    chance = random.Random(SEED)
    start = time.perf_counter()
    with Index.open(directory, embedder=StandIn()) as index:
        opened = time.perf_counter() - start
        codes = [plan.municipality_code for plan in index.plans]

        def asked(*locked: str) -> float:
            query = Query(chance.choice(texts), locked)
            return seconds(lambda: index.retrieve(query)) * 1000

        asked(codes[0])  # the process's first question loads Chroma and the dictionary
        first = [asked(code) for code in codes[1:]]
        locked = [asked(chance.choice(codes)) for _ in range(PAIRS)]
        whole = [asked() for _ in range(WHOLE)]
    return {
        "open": opened * 1000,
        "first": median(first),
        "locked": median(locked),
        "p95": quantiles(locked, n=20)[-1],
        "whole": median(whole),
        "asking": peak(resource.RUSAGE_SELF),
    }


def sample() -> dict[str, float]:
    """Return the seconds that a chunk takes to embed, with the default model and with the stand-in, and a question."""
    texts = [text for chunk in Model.read().town(0).chunks[:SAMPLE] for text in embedded_texts(chunk)]
    default, stand_in = open_embedder("default"), StandIn()
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
        f"| {row['chunks']:,} | {row['chunks'] // TOWN} | {row['build']:.1f} | {minutes:.1f} | {row['building']:.0f} "
        f"| {row['disk']:.0f} | {row['open']:.1f} | {row['first']:.1f} | {row['locked']:.2f} "
        f"| {row['p95']:.2f} | {row['whole']:.1f} | {row['asking']:.0f} |"
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
    figure = Figure(figsize=(11, 3.4), layout="constrained", facecolor="white")
    for axes, (unit, curves) in zip(figure.subplots(1, len(PANELS)), PANELS.items(), strict=True):
        for marker, (name, label) in zip("os^", curves.items(), strict=False):
            axes.loglog([row["chunks"] for row in rows], [row[name] for row in rows], marker=marker, label=label)
        axes.set(xlabel=f"chunks, {TOWN} a town", ylabel=unit)
        axes.grid(alpha=0.3)
        axes.legend(fontsize="small")
    figure.savefig(path, metadata={"Date": None})


def main() -> int:
    """Print the report, or some figures as JSON for the process that asked; return the exit code."""
    match sys.argv[1:]:
        case ["build", towns, path]:
            print(json.dumps(build(int(towns), Path(path))))
            return 0
        case ["ask", path]:
            print(json.dumps(ask(Path(path))))
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
            built = in_own_process("build", size // TOWN, directory)
            rows.append({"chunks": size} | built | in_own_process("ask", directory))
            print(line(rows[-1], model), flush=True)
    print("\n".join(remarks(rows, model)))
    if given.plot:
        draw(rows, given.plot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
