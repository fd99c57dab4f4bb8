"""Scores of what ingestion finds of metadata, headings, notes, lists and cut sentences; with tables, of a whole plan."""

from __future__ import annotations

import re
from datetime import date

from inventory_found import Entry, Found, Score, inside, plain
from inventory_tables import score_cards, score_grids, score_tables

from ingest.commitments.find import commitments
from ingest.document import Chunk, Document, Kind, Unit


def score_headings(gold: Entry, found: Found, scores: dict[str, Score]) -> None:
    """Score headings by their words, and by their words and path."""
    kept = [h for h in gold["headings"] if not h.get("optional")]
    by_words, by_path = scores["headings"], scores["headings with path"]
    seen = {path for path in (_without_optional(p, gold) for p in found.paths()) if path}
    words = {path[-1] for path in seen}
    accepted: set[tuple[str, ...]] = set()
    for heading in kept:
        ways = {
            tuple(map(plain, (*under, heading["text"]))) for under in (heading["under"], *heading.get("or_under", []))
        }
        accepted |= ways
        in_words = plain(heading["text"]) in words
        by_words.add(heading["text"], right=in_words, answered=False)
        by_path.add(heading["text"], right=bool(ways & seen), answered=False)
    for word in sorted(words - {plain(h["text"]) for h in kept}):
        by_words.false(word)
    for path in sorted(seen - accepted):
        by_path.false(" > ".join(path))


def _without_optional(path: tuple[str, ...], gold: Entry) -> tuple[str, ...]:
    """Return a path without titles at its top, optional labels, and names of cards, their fields, notes and grids."""
    titles = {plain(h["text"]) for h in gold["headings"] if h.get("kind") == "title"}
    free = {plain(h["text"]) for h in gold["headings"] if h.get("optional")} - titles
    for card in gold["cards"]:
        free |= {
            plain(card["title"]),
            plain(card["number"] + card["title"]),
            *(plain(f["name"]) for f in card["fields"]),
        }
        free.add("工程")
    free |= {plain(note["term"]) for note in gold["footnotes"]}
    free |= {plain(table["title"]) for table in gold["tables"] if "title" in table}
    free -= {plain(h["text"]) for h in gold["headings"] if not h.get("optional")}
    kept: list[str] = []
    for word in map(plain, path):
        if word not in free and (kept or word not in titles):
            kept.append(word)
    return tuple(kept)


def score_notes(gold: Entry, found: Found, scores: dict[str, Score]) -> None:
    """Score footnotes and glossary entries: the term, and the definition that begins as written."""
    entries = {found.first(chunk): chunk for chunk in found.of(Kind.ENTRY)}
    for note in gold["footnotes"]:
        chunk = entries.pop(note["line"], None)
        right = chunk is not None and plain(chunk.term) == plain(note["term"])
        begins = chunk is not None and plain(note["starts"]) in plain(chunk.span.of(found.document.text))[:80]
        scores["notes"].add(note["term"], right=right and begins, answered=chunk is not None)
    for line, chunk in entries.items():
        scores["notes"].false(f"{line} {chunk.term}")


def score_lists(gold: Entry, found: Found, scores: dict[str, Score]) -> None:
    """Score lists: found where the first item stands, and with the stated number of items."""
    grids = [part for table in gold["tables"] if table.get("grid") for part in table["parts"]]
    chunks = [c for c in found.of(Kind.LIST) if not inside(found.first(c), grids)]
    known: list[Chunk] = []
    for entry in gold["lists"]:
        at = found.start(entry["line"])
        mine = [c for c in chunks if c.span.start <= at + 9 and at < c.span.end]
        known += mine
        if entry.get("optional"):
            continue
        counts = [sum(unit.span.start >= at for unit in c.units) for c in mine]
        scores["lists"].add(f"list at {entry['line']}", right=bool(mine), answered=False)
        right = entry["items"] in counts
        scores["lists with item count"].add(
            f"{entry['line']}: {counts} for {entry['items']}", right=right, answered=bool(mine)
        )
    for chunk in chunks:
        if chunk not in known:
            scores["lists"].false(f"at {found.first(chunk)}")


def score_splits(gold: Entry, found: Found, scores: dict[str, Score]) -> None:
    """Score sentences that a page cut in two: one unit holds both halves, or goes on in its ``rest``."""
    units = [unit for chunk in found.document.chunks for unit in chunk.units]
    ends: list[int] = []
    for split in gold["split_paragraphs"]:
        first, second = (found.start(line) for line in split["lines"])
        line_end = found.document.text.index("\n", first)
        joined = [u for u in units if u.span.start < line_end and first < u.span.end and _reaches(u, second)]
        ends += [second for unit in joined if unit.rest]
        scores["cut sentences"].add(split["second"][:12], right=bool(joined), answered=False)
    for unit in units:
        if unit.rest and unit.rest.start not in ends:
            scores["cut sentences"].false(f"at {found.line(unit.rest.start)}")


def _reaches(unit: Unit, offset: int) -> bool:
    return unit.span.start <= offset < unit.span.end or (unit.rest is not None and unit.rest.start == offset)


def score_metadata(gold: Entry, found: Found, scores: dict[str, Score]) -> None:
    """Score what the text states of the plan: title, municipality, dates, period."""
    stated = {entry["key"]: entry for entry in gold["metadata"]}
    plan, score = found.document.plan, scores["metadata"]
    for key in ("title", "municipality"):
        if stated[key].get("stated", True):
            score.add(key, right=plain(getattr(plan, key)).startswith(plain(stated[key]["value"])))
    pairs: list[tuple[str, date | None, date | None]] = [
        ("established", plan.established, stated["established"].get("date")),
        ("revised", plan.revised, stated["revised"].get("date")),
        ("valid_from", plan.valid_from, stated["period"].get("begins_date")),
        ("valid_to", plan.valid_to, stated["period"].get("ends_date")),
    ]
    for key, held, told in pairs:
        if told is not None:
            score.add(key, right=held == told, answered=held is not None)
        elif held is not None:
            score.false(f"{key}: {held}")


def score_figures(gold: Entry, found: Found, scores: dict[str, Score]) -> None:
    """Score figures and captioned tables: caption and source can be quoted, those of a figure from one chunk."""
    text = found.document.text
    for figure in gold.get("figures", []):
        chunks = [[plain(span.of(text)) for u in chunk.units for span in u.spans] for chunk in found.document.chunks]
        if figure.get("kind") == "table":
            chunks = [[words for units in chunks for words in units]]
        wanted = [plain(figure[key]) for key in ("caption", "source") if figure.get(key)]
        held = any(all(any(words.startswith(want[:20]) for words in units) for want in wanted) for units in chunks)
        scores["figures"].add(str(figure.get("caption", figure.get("source"))), right=held, answered=False)


def score_measures(gold: Entry, found: Found, scores: dict[str, Score]) -> None:
    """Score the commitments by their titles; what the inventory lists without content of its own may be missing or there."""
    listed = gold["cards"] if gold["measures"] == "cards" else gold["measures"]
    document = found.document
    titles = [plain(record.title.text) for record in commitments(document.plan, document.chunks, document.text)]
    for measure in listed:
        words = _measure(measure.get("reads", measure["title"]))
        same = next((title for title in titles if _measure(title) == words), None)
        scores["measures"].add(measure["title"], right=same is not None, answered=False)
        if same is not None:
            titles.remove(same)
    for title in titles:
        scores["measures"].false(title)


def _measure(title: str) -> str:
    """Return a measure's title without its number and what stands behind it in brackets."""
    return re.sub(r"^[\d①-⑳().\-アイウ]+|[\[【(（][^】)）\]]*[】)）\]]$|(新規|継続|拡充)$", "", plain(title))


SCORERS = (
    (score_metadata, ("metadata",)),
    (score_headings, ("headings", "headings with path")),
    (score_tables, ("tables", "columns", "rows", "total rows", "row labels", "cells")),
    (score_grids, ("grids",)),
    (score_cards, ("cards", "card fields", "card schedules")),
    (score_notes, ("notes",)),
    (score_lists, ("lists", "lists with item count")),
    (score_splits, ("cut sentences",)),
    (score_figures, ("figures",)),
    (score_measures, ("measures",)),
)


def score(gold: Entry, document: Document) -> dict[str, Score]:
    """Return the scores of one plan by kind, in the order in which they are printed."""
    scores = {kind: Score() for _, kinds in SCORERS for kind in kinds}
    found = Found(document)
    for scorer, _ in SCORERS:
        scorer(gold, found, scores)
    return scores
