"""PDF files drawn by reportlab, with the Japanese fonts that every PDF reader has and that need no file."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

MINCHO, GOTHIC = "HeiseiMin-W3", "HeiseiKakuGo-W5"
WIDTH, HEIGHT = 595.0, 842.0  # A4, points
LEFT, RIGHT = 70.0, 525.0  # the body's margins

Cell = tuple[int, int, int, int, str]  # row, column, rows, columns, words; \n parts lines


class Sheet:
    """A PDF under the pen: positions are points from the top left corner; ``top`` is a line's top."""

    def __init__(self, *, password: str | None = None) -> None:
        """Open an empty file; ``password`` encrypts it."""
        for font in (MINCHO, GOTHIC):
            pdfmetrics.registerFont(UnicodeCIDFont(font))
        self._out = BytesIO()
        self.canvas = Canvas(self._out, pagesize=(WIDTH, HEIGHT), encrypt=password, invariant=1)

    def line(self, x: float, top: float, words: str, size: float = 10.5, font: str = MINCHO) -> float:
        """Write one line and return where it ends."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HEIGHT - top - 0.88 * size, words)
        return x + float(pdfmetrics.stringWidth(words, font, size))

    def raised(self, x: float, top: float, words: str, size: float = 6) -> float:
        """Write a small raised mark, as word processors set it beside a line of 10.5 points at ``top``."""
        return self.line(x, top - 1, words, size)

    def flow(self, words: str, top: float, x: float = LEFT, x1: float = RIGHT, size: float = 10.5) -> float:
        """Write a paragraph, breaking lines wherever the width ends; return the top of the line after it."""
        row = ""
        for letter in words:
            if x + pdfmetrics.stringWidth(row + letter, MINCHO, size) > x1:
                self.line(x, top, row, size)
                row, top = "", top + 1.7 * size
            row += letter
        self.line(x, top, row, size)
        return top + 1.7 * size

    def rule(self, x0: float, y: float, x1: float) -> None:
        """Draw a horizontal line."""
        self.canvas.line(x0, HEIGHT - y, x1, HEIGHT - y)

    def table(
        self, cells: Sequence[Cell], xs: Sequence[float], top: float, height: float = 24, size: float = 9
    ) -> float:
        """Draw a ruled table, each cell framed as far as it reaches; return its bottom."""
        for row, column, rows, columns, words in cells:
            y0, y1 = top + row * height, top + (row + rows) * height
            x0, x1 = xs[column], xs[column + columns]
            self.canvas.rect(x0, HEIGHT - y1, x1 - x0, y1 - y0)
            for i, part in enumerate(words.split("\n")):
                self.line(x0 + 4, y0 + 2 + i * 1.15 * size, part, size)
        return top + height * max(row + rows for row, _, rows, _, _ in cells)

    def page(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()

    def data(self) -> bytes:
        """Return the finished file."""
        self.canvas.save()
        return self._out.getvalue()
