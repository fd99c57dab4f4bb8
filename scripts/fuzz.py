"""Fuzz the parsers, led by coverage: ``python scripts/fuzz.py TARGET --seconds 3600 --corpus DIR``.

Targets: text, growth (a piece of text repeated: finds time that is not linear), html, docx, pdf. Needs ``pip install
atheris`` (3.0 or newer; development only). DIR keeps what was learnt and, under ``crashes/``, each input that broke a
promise of ``fuzz_properties``. ``--once FILE`` runs one input again and shows what breaks.
"""

from __future__ import annotations

import argparse
import sys
import zipfile
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from pathlib import Path
from random import Random
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
FORMS = ROOT / "tests" / "ingest" / "forms"
_PIECE = 1_500  # bytes of a seed; short inputs are tried more often
# What the parsers look for. libFuzzer puts these in whole, where it would have to guess their bytes.
WORDS = (
    *"# |## |■|□|●|○|【|】|「|」|（|）|。|、|：|・|- |* |**|第1章 |第2節 |1. |1-1 |(1) |①|ア |※1 |[※1]|^{*1}".split(
        "|"
    ),
    *"目次|……|用語の解説|脚注|計画の期間|令和5年度|令和|から|合計|小計|〃|→|担当課|見本町|、手続を減らします。".split(
        "|"
    ),
    *"No|取組事項|現況と課題|取組の概要|\t|\n|\n\n|\r\n|\f|\u3000|\u202e|<sup>※1</sup>|<table>|<tr>|<td rowspan=2>".split(
        "|"
    ),
    *"<th colspan=3>|</table>|<li>|<ol start=3>|<p>|<h1>|<br>|<a href=#a>1</a>|<p id=a>|<dt>|<dd>|&amp;".split("|"),
    *("|", "|---|"),
)
_HOLE = "\x00"  # in the growth target: head, piece and tail are parted by it


def main() -> None:
    """Run the fuzzer until its time is over; exit code 77 where an input broke a promise."""
    options = _options()
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["ingest"]):
        properties = import_module("fuzz_properties")
    check = _target(options.target, properties)
    if options.once:
        check(options.once.read_bytes())
        return
    corpus = options.corpus / options.target
    crashes = options.corpus / "crashes"
    for folder in (corpus, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    _write_seeds(options.target, corpus)
    words = options.corpus / "words.dict"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in WORDS), encoding="ascii")
    bound = 3_000 if options.target in ("text", "growth") else 200_000
    limits = [f"-max_total_time={options.seconds}", f"-max_len={bound}", "-timeout=60", "-rss_limit_mb=3072"]
    mutate = _mutate_docx if options.target == "docx" else None
    arguments = [sys.argv[0], str(corpus), f"-dict={words}", f"-artifact_prefix={crashes}/{options.target}-", *limits]
    more = {"custom_mutator": mutate} if mutate else {}
    atheris.Setup([*arguments, "-print_final_stats=1"], check, **more)
    atheris.Fuzz()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=("text", "growth", "html", "docx", "pdf"))
    parser.add_argument("--seconds", type=int, default=3_600)
    parser.add_argument("--corpus", type=Path, default=ROOT / "var" / "fuzz")
    parser.add_argument("--once", type=Path)
    return parser.parse_args()


def _target(name: str, properties: ModuleType) -> Callable[[bytes], None]:
    """Return what is done with one input."""

    def text(data: bytes) -> None:
        properties.check_text(data.decode("utf-8", "ignore"))

    def growth(data: bytes) -> None:
        head, piece, tail = [*data.decode("utf-8", "ignore").split(_HOLE, 2), "", ""][:3]
        properties.check_growth(head[:500], piece[:40], tail[:500])

    given: Callable[[bytes], None] = getattr(properties, f"check_{name}", text)
    return {"text": text, "growth": growth}.get(name, given)


def _write_seeds(name: str, folder: Path) -> None:
    """Write the inputs to begin with: stretches of the plans and the test plans in their forms."""
    if name in ("text", "growth"):
        for plan in sorted((ROOT / "plans").glob("*.txt")):
            text = plan.read_text(encoding="utf-8")
            for at in range(0, len(text), _PIECE // 3):
                piece = text[at : at + _PIECE // 3]
                lines = piece.splitlines(keepends=True)
                third = max(len(lines) // 3, 1)
                parts = ("".join(lines[:third]), "".join(lines[third : 2 * third]), "".join(lines[2 * third :]))
                seed = piece if name == "text" else _HOLE.join(parts)
                (folder / f"seed-{plan.stem}-{at}").write_bytes(seed.encode())
        return
    for file in FORMS.glob(f"*.{name}"):
        (folder / f"seed-{file.stem}").write_bytes(file.read_bytes())


def _mutate_docx(data: bytes, max_size: int, seed: int) -> bytes:
    """Return a Word file with one of its parts mutated: a change in a packed byte would only break its checksum."""
    mutate = import_module("atheris").Mutate
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return bytes(mutate(data, max_size))
    chosen = Random(seed).choice(sorted(name for name in parts if name.endswith((".xml", ".rels"))) or sorted(parts))
    parts[chosen] = mutate(parts[chosen], max(len(parts[chosen]) * 2, 1_000))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()[:max_size]


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


if __name__ == "__main__":
    main()
