"""Who may see the questions of a set one by one: the shipped set is open, all others are for those who administer.

Sets that were sent, and the cases made of feedback, hold what people asked. Totals over them tell nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Callable

from evals.run import is_sealed
from ui.evaluations.sets import OPEN

MaySee = Callable[[str], bool]
"""Says of a set's name whether its questions may be shown one by one."""


def everybody(set_name: str) -> bool:
    """Return whether everybody may see them.

    >>> everybody("dev"), everybody("feedback"), everybody("test")
    (True, False, False)
    """
    return set_name == OPEN


def administrators(set_name: str) -> bool:
    """Return whether those who hold the token may see them.

    >>> administrators("dev"), administrators("feedback"), administrators("test")
    (True, True, False)
    """
    return not is_sealed(set_name)
