"""A control for choosing files, as HTML: the browser's own, under Japanese words (browsers speak their own language)."""

from __future__ import annotations

CHOOSE = "ファイルを選ぶ"
NONE_CHOSEN = "まだ選ばれていません"


def file_control(name: str, accept: str, *, many: bool = False, note: str = "") -> str:
    """Return the control ``name`` for files that end in ``accept``; ``note`` is the id of what describes it.

    The browser's control lies unseen over the words: it is what a click, a dropped file, the keyboard and a screen reader
    meet. What is chosen is written by static/15-office.js.

    >>> 'aria-describedby="a-note"' in file_control("a", ".csv", note="a-note")
    True
    """
    several = " multiple" if many else ""
    described = f' aria-describedby="{note}"' if note else ""
    return (
        f'<span class="office-file"><input id="{name}" type="file" accept="{accept}"{several}{described}>'
        f'<span class="office-file-choose" aria-hidden="true">{CHOOSE}</span>'
        f'<span class="office-file-name" aria-hidden="true" data-none="{NONE_CHOSEN}">{NONE_CHOSEN}</span></span>'
    )
