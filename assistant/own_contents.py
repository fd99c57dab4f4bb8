"""A question for what the plan as a whole is about: the headings that stand right below its title tell."""

from __future__ import annotations

from assistant.definitions import topic_nouns
from assistant.own_wording import OWN_CONTENTS
from assistant.understand import Understanding
from assistant.wording import FACTS
from ingest.document import Chunk, Kind


def asks_contents(asked: Understanding) -> bool:
    """Return whether a question asks what a plan is about, and names nothing in it. What was spoken of before is no part of it."""
    found = OWN_CONTENTS.search(asked.focus)
    if found is None or asked.wanted & FACTS:
        return False
    return all(word.surface in found[0] for word in topic_nouns(asked))


def is_contents(chunk: Chunk) -> bool:
    """Return whether a chunk holds a plan's outermost headings."""
    return chunk.kind is Kind.OUTLINE and not chunk.heading_path
