"""Waiting for something that may never come: it is given up, and stopped, when its time has passed."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Future
from functools import cache
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")

_WAITING: set[Future[Any]] = set()


def in_time(work: Coroutine[Any, Any, T], seconds: float) -> T:
    """Return what ``work`` returns. It runs in a thread of its own, so that it may be asked for from anywhere.

    Raises ``TimeoutError`` after ``seconds``, whatever the work is doing then; its connections are closed.
    """
    waiting = asyncio.run_coroutine_threadsafe(work, _loop())
    _WAITING.add(waiting)
    try:
        return waiting.result(seconds)
    except TimeoutError:
        waiting.cancel()
        raise
    finally:
        _WAITING.discard(waiting)


def give_up() -> None:
    """Stop everything that is being waited for: ``in_time`` raises ``CancelledError`` (of ``concurrent.futures``) at once."""
    for waiting in list(_WAITING):
        waiting.cancel()


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="waits-for-chat-models", daemon=True).start()
    return loop
