"""What the pages stand on: the open assistant, the settings, and the store of answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from ui.admission import Admission
    from ui.settings import Settings
    from ui.store import AnswerStore
    from ui.watch.questions import PageQuestions

    OpenAssistant = Callable[[], Assistant]


@dataclass(frozen=True, slots=True)
class Site:
    """``assistant()`` gives the assistant of the newest index at each visit and each question."""

    assistant: OpenAssistant
    settings: Settings
    store: AnswerStore
    admission: Admission
    questions: PageQuestions
