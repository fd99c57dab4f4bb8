"""What an extractor gives: the text that is stored and quoted, and where its pages begin."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file. ``pages`` holds the offset at which each page begins, the first 0; empty where the form has none.

    ``extractor`` names what made the text, with its version: another one may give other offsets.
    """

    text: str
    pages: tuple[int, ...]
    extractor: str


class ExtractionError(ValueError):
    """A file's text cannot be had. The message is Japanese: what is wrong with the file, and what to do."""
