"""A verb in the form that another verb has in a text."""

from __future__ import annotations

from assistant.easy_verbs import Verb, ends
from index.tokens import Token


def conjugated(verb: Verb, like: Token, follows: Token | None) -> tuple[str, int] | None:
    """Return ``verb`` in the form of ``like`` and how many words after it are taken in, or ``None`` for a rare form.

    >>> from index.tokens import tokenize
    >>> hangs, te = tokenize("図って")
    >>> conjugated(Verb("読む", "五段-マ行"), hangs, te)
    ('読んで', 1)
    """
    form = like.form[1]
    if ends(like):
        return verb.base, 0
    if form.startswith("連用形"):
        if follows is not None and follows.base in ("て", "た", "たり", "たら") and follows.surface[0] in "てでただ":
            te = verb.te
            voiced = {"て": te[-1], "た": "た" if te[-1] == "て" else "だ"}[follows.base[0]]
            return te[:-1] + voiced + follows.surface[1:], 1
        return verb.stem, 0
    if follows is None:
        return None
    if follows.base in ("れる", "られる"):
        passive = verb.passive.base
        return passive[:-1] + follows.surface.removeprefix("ら")[1:], 1
    if form.startswith("未然形") and follows.base in ("ない", "ず", "ぬ"):
        return ("せ" if follows.surface == "ず" and verb.base.endswith("する") else "") or verb.before_nai, 0
    if form.startswith("仮定形"):
        return verb.conditional, 0
    return None
