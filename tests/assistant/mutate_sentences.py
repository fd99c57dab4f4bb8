"""Makes ``guard_mutations.jsonl``: sentences of the five plans as they stand, and with one fact changed.

``python -m tests.assistant.mutate_sentences`` writes it anew. A third is sealed: scored, never read while the guard is made.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

from ingest.document import Kind
from ingest.read_folder import read_plans
from ingest.search_text import readable

ROOT = Path(__file__).resolve().parents[2]
FILE = Path(__file__).with_name("guard_mutations.jsonl")
EACH = 16  # sentences for each kind of change
AS_IT_STANDS = "unchanged"
TOWNS = ("平生町", "上毛町", "上里町", "上郡町", "鏡野町")
# kind of change: what is looked for, and what is put for it. Each makes another fact of whatever sentence it fits.
CHANGES: dict[str, tuple[tuple[str, str], ...]] = {
    "digit": ((r"(?<=[0-9])0(?=[年件人歳%％業手])", "1"), (r"[1-7](?=(?:年度|年|月|つ|点|件|人|手続|業務|割))", "8")),
    "era": (("令和", "平成"), ("平成", "昭和")),
    "unit": (
        ("年度", "年"),
        (r"(?<=[0-9])[%％]", "割"),
        (r"(?<=[0-9])件", "人"),
        (r"(?<=[0-9]) ?人", "世帯"),
        (r"(?<=[0-9])業務", "手続"),
    ),
    "negation": (
        (r"しています。$", "していません。"),
        (r"します。$", "しません。"),
        (r"(?<=[いえきみり])ます。$", "ません。"),
        (r"ていません。$", "ています。"),
    ),
    "hedge": (
        (r"の(実現|構築|向上|解決)を目指します。$", r"を\1します。"),
        (r"を?検討します。$", "を行います。"),
        (r"(?<=を)(?:して|進めて)いく必要があります。$", "進めました。"),
        (r"する必要があります。$", "しました。"),
        (r"に努めます。$", "を行いました。"),
        (r"すると?見込まれています。$", "します。"),
        (r"することが求められ(?:ています|る)。$", "しています。"),
        (r"に取り組み?(?:んでいき)?ます。$", "を完了しました。"),
        (r"を図ります。$", "を実現しました。"),
    ),
    "comparator": (
        ("以上", "未満"),
        (r"以下(?=と|で|に)", "以上"),
        ("以降", "以前"),
        ("増加", "減少"),
        ("減少", "増加"),
        ("高い", "低い"),
        (r"(?<=年度)から", "まで"),
        (r"(?<=年度)末までに", "末から"),
        ("拡大", "縮小"),
    ),
    "swap": (
        (r"(?<![0-9])([0-9]+)(年度?)(.{2,40}?)(?<![0-9])(?!\1)([0-9]+)\2", r"\4\2\3\1\2"),
        (r"(?<![0-9.,])([0-9.,]+)([%％人件])(.{2,40}?)(?<![0-9.,])(?!\1)([0-9.,]+)\2", r"\4\2\3\1\2"),
    ),
}


def sentences() -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    """Yield plan, municipality, headings and quote of every sentence of prose in the five plans that is not long."""
    for document in read_plans([ROOT / "plans"]).documents:
        for chunk in document.chunks:
            if chunk.kind is not Kind.PARAGRAPH:
                continue
            for unit in chunk.units:
                quote = unit.span.of(document.text)
                if 20 <= len(quote) <= 160 and quote.endswith("。"):
                    yield document.plan.plan_id, document.plan.municipality, chunk.heading_path, quote


def changed(said: str, town: str) -> Iterator[tuple[str, str]]:
    """Yield what changes make of a sentence, each with its kind."""
    yield AS_IT_STANDS, said
    other = TOWNS[(TOWNS.index(town) + 1) % len(TOWNS)]
    yield "town", said.replace("本町", other, 1) if "本町" in said else f"{other}では、{said}"
    for kind, rules in CHANGES.items():
        for pattern, put in rules:
            new = re.sub(pattern, put, said, count=1)
            if new != said:
                yield kind, new
                break


def order(text: str) -> int:
    """Return a number that depends on the text alone and is otherwise as good as drawn."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6])


def main() -> None:
    """Write the file."""
    made: dict[str, list[dict[str, object]]] = {}
    seen: set[str] = set()
    for plan, town, headings, quote in sentences():
        for kind, said in changed(readable(quote), town):
            if said in seen:
                continue
            seen.add(said)
            record = {"kind": kind, "sealed": order(said) % 3 == 0, "plan": plan, "heading": headings, "quote": quote}
            made.setdefault(kind, []).append(record | {"said": said.removesuffix("。") + "。[1]"})
    with FILE.open("w", encoding="utf-8") as file:
        for kind, records in made.items():
            most = 3 * EACH if kind == AS_IT_STANDS else EACH
            for record in sorted(records, key=lambda r: order(str(r["said"])))[:most]:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
