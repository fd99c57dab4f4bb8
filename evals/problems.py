"""What is wrong with a question set, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the file, its line (1 is the first), the field where one is to blame (else ""), and a Japanese sentence."""

    file: Path
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        """Return the problem as editors and terminals understand it.

        >>> print(Problem(Path("dev.jsonl"), 3, "id", "id が重なっています。"))
        dev.jsonl:3: id: id が重なっています。
        """
        field = f"{self.field}: " if self.field else ""
        return f"{self.file}:{self.line}: {field}{self.message}"


class CasesError(ValueError):
    """A question set cannot be used. ``problems`` holds every fault found, not just the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
