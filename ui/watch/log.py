"""The log of a server: one line an entry, as text or JSON, on standard error; the one door to structlog.

Everything is logged with the standard library; structlog writes the lines. What people type stays out of them: unless
``questions`` is set, an entry has no question, an exception has its kind and its place but not its words, and a library
that is not known to keep its words to itself has the first line of its message without the values.
"""

from __future__ import annotations

import io
import logging
import re
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from typing import Literal, TextIO

import structlog
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name
from structlog.types import EventDict, Processor

from ui.watch.notes import noted_request

OWN = ("machiplan", "assistant", "index", "ingest", "evals", "ui")
OPEN = (*OWN, "uvicorn", "opentelemetry")
"""Loggers whose messages hold nothing that a person typed. The others are heard from ``warning`` on."""

HIDDEN = ("question",)
"""Fields of an entry that hold what a person typed."""

SAID_TWICE = ("color_message", "message")
"""Fields in which uvicorn, and a formatter that came before, have put the whole message again."""

WARNINGS = "py.warnings"  # each begins with a file, a line and a category, and goes on with words
_CATEGORY = re.compile(r".*?:[0-9]+: \w+")

TOLD = "_told_to_the_log"
LOGGER = logging.getLogger("machiplan.printed")


@contextmanager
def log_written(*, level: str, form: Literal["text", "json"], questions: bool) -> Iterator[None]:
    """Write the log of this process until the block ends; what libraries print to standard error goes into it.

    ``level`` is a name of ``logging`` in any case.
    """
    logging.captureWarnings(capture=True)
    wanted: int = getattr(logging, level.upper())
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(form, questions=questions, colours=sys.stderr.isatty()))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(wanted if questions else max(wanted, logging.WARNING))
    for name in (*OWN, "uvicorn"):
        logging.getLogger(name).setLevel(wanted)
    with redirect_stderr(Printed(sys.stderr, questions=questions)):
        yield


def formatter(form: Literal["text", "json"], *, questions: bool, colours: bool = False) -> logging.Formatter:
    """Return what turns a record into a line: JSON, or text for a terminal (where a traceback follows on its own lines)."""

    def leave_out(logger: object, method: str, entry: EventDict) -> EventDict:
        return entry if questions else _without_words(entry)

    def trace(logger: object, method: str, entry: EventDict) -> EventDict:
        for name in SAID_TWICE:
            entry.pop(name, None)
        if number := noted_request():
            entry.setdefault("request_id", number)
        error = entry.pop("exc_info", None)
        error = error[1] if isinstance(error, tuple) else error
        if error:
            entry["exception"] = traceback_of(error, words=questions)
        return entry

    before: list[Processor] = [add_log_level, add_logger_name, ExtraAdder(), structlog.processors.TimeStamper("iso")]
    last: list[Processor] = [structlog.processors.JSONRenderer(ensure_ascii=False, default=str)]
    if form == "text":
        last = [structlog.dev.ConsoleRenderer(colors=colours)]
    return ProcessorFormatter(
        foreign_pre_chain=before, processors=[leave_out, trace, ProcessorFormatter.remove_processors_meta, *last]
    )


def traceback_of(error: BaseException, *, words: bool) -> str:
    """Return where an exception and those before it rose, and of what kind they are; with ``words``, also what they say.

    What the system and SQLite say is always told: "No space left on device", without a path.
    """
    return "\n".join(_told(one, words=words) for one in _chain(error))


class Printed(io.TextIOBase):
    """Stands in for standard error: what a library prints there goes to the log, and an exception it prints as one entry.

    Gradio prints the exceptions of its events; each may hold what a person typed. Other text is told only with
    ``questions``.
    """

    def __init__(self, terminal: TextIO, *, questions: bool) -> None:
        """Take what was standard error; the log itself goes on writing there."""
        super().__init__()
        self._terminal = terminal
        self._questions = questions

    def write(self, text: str) -> int:
        """Log the exception that is being handled, once, or the text."""
        error = sys.exc_info()[1]
        if error is not None:
            if not getattr(error, TOLD, False):  # it is printed in many pieces
                setattr(error, TOLD, True)
                LOGGER.error("A library printed an exception.", exc_info=error)
        elif self._questions and text.strip():
            LOGGER.warning("%s", text.strip())
        return len(text)

    def isatty(self) -> bool:
        """Return whether the terminal is one."""
        return self._terminal.isatty()

    def fileno(self) -> int:
        """Return the terminal's descriptor, which child processes inherit."""
        return self._terminal.fileno()


def _without_words(entry: EventDict) -> EventDict:
    """Return an entry without what a person may have typed."""
    record: logging.LogRecord = entry["_record"]
    if record.name.partition(".")[0] not in OPEN:
        template = str(record.msg).strip().partition("\n")[0]
        place = _CATEGORY.match(template) if record.name == WARNINGS else None
        entry["event"] = place[0] if place else template
    return {key: value for key, value in entry.items() if key not in HIDDEN}


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception after those that led to it, and those of a group after the group."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _chain(before)
    yield error
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _chain(one)


def _told(error: BaseException, *, words: bool) -> str:
    said = str(error) if words or isinstance(error, sqlite3.Error) else ""
    if isinstance(error, OSError) and not words:
        said = error.strerror or ""
    where = "".join(traceback.format_tb(error.__traceback__))
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return f"Traceback (most recent call last):\n{where}{name}{': ' if said else ''}{said}"
