"""What the page shows at a moment of the conversation, as updates of its components."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.answer import Answer
from ui.open import CANNOT_OPEN
from ui.web.alert import alert
from ui.web.chat import citations, turns
from ui.web.chat.conversation import Step
from ui.web.chat.easy import asked_in_kana, render_easy
from ui.web.chat.parts import EDIT, EXAMPLES, SEND, Parts
from ui.web.site import Site

if TYPE_CHECKING:
    from ingest.document import Plan

FOLLOW_UPS = "続けて質問する"
SENDING = "回答中…"
STOP_EDITING = "直すのをやめる"
EDITING = "前のご質問を直しています。送ると、前の回答は新しい回答に替わります。"

Updates = dict[Any, Any]


@dataclass(frozen=True, slots=True)
class Screen:
    """The page's components over what they show."""

    parts: Parts
    site: Site

    def plans(self) -> tuple[Plan, ...]:
        """Return the plans that can be asked about; none while there is no index."""
        try:
            return self.site.assistant().index.plans
        except CANNOT_OPEN:
            return ()

    def step(self, step: Step, *, question: str, prompted: bool = False) -> Updates:
        """Return the updates that show ``step``.

        What was typed leaves the box when its answer begins, and comes back when something goes wrong; a question
        taken from the list leaves the box alone until then.
        """
        parts = self.parts
        if step.asked:
            turn = len(step.answers) + 1
            grown = {parts.pending: turns.render_pending(step.asked, step.so_far, turn=turn)}
            return grown if step.so_far else self._begin(step, prompted) | grown
        if step.problem:
            return self.held(step.answers, question=question, problem=step.problem)
        return self.conversation(step.answers)

    def held(self, answers: tuple[Answer, ...], *, question: str, problem: str = "") -> Updates:
        """Return the updates of a question that was not answered: it is in the box again, and all else is as it was."""
        parts = self.parts
        back = {parts.box: question, parts.prompts: gr.Dataset(visible=True), parts.problem: alert(problem)}
        return self._rest(answers) | back

    def conversation(self, answers: tuple[Answer, ...]) -> Updates:
        """Return the updates that show finished answers and what can be asked next."""
        suggestions = answers[-1].suggestions if answers else ()
        return self._rest(answers) | {
            self.parts.answers: answers,
            self.parts.edit: EDIT,
            self.parts.sources: citations.render_sources(answers),
            self.parts.prompts: prompts(suggestions, FOLLOW_UPS),
        }

    def _rest(self, answers: tuple[Answer, ...]) -> Updates:
        """Return what holds whenever no answer is on its way."""
        parts, any_answer = self.parts, bool(answers)
        kept = self.site.store.days > 0
        return {
            parts.chat: turns.render_conversation(answers, plans=self.plans(), kept=kept),
            parts.pending: "",
            parts.beside: gr.Column(visible=any_answer),
            parts.after: gr.Row(visible=any_answer),
            parts.problem: alert(""),
            parts.stop: gr.Button(visible=False),
            parts.send: gr.Button(SEND, interactive=True),
        }

    def _begin(self, step: Step, prompted: bool) -> Updates:
        """Return what changes once, when a question has been accepted; an answer that it replaces leaves already."""
        parts = self.parts
        kept = self.site.store.days > 0
        updates: Updates = {
            parts.chat: turns.render_conversation(step.answers, plans=self.plans(), kept=kept),
            parts.problem: alert(""),
            parts.prompts: gr.Dataset(visible=False),
            parts.after: gr.Row(visible=False),
            parts.stop: gr.Button(visible=True),
            parts.send: gr.Button(SENDING, interactive=False),
        }
        return updates if prompted else updates | {parts.box: ""}

    def examples(self, town: str) -> gr.Dataset:
        """Return the example questions of a town's code, of every town for ""."""
        try:
            opened = self.site.assistant()
        except CANNOT_OPEN:
            return gr.Dataset(visible=False)
        names = {plan.municipality_code: plan.municipality for plan in opened.index.plans}
        return prompts(opened.examples(names.get(town, "")), EXAMPLES)

    def editing(self, answers: tuple[Answer, ...], *, begin: bool) -> Updates:
        """Return the updates that begin or end the editing of the last question."""
        if not begin or not answers:
            return {self.parts.edit: EDIT, self.parts.problem: alert(""), self.parts.box: ""}
        hint = gr.HTML(f'<p class="hint" role="status">{EDITING}</p>', visible=True)
        box = answers[-1].question
        return {self.parts.edit: STOP_EDITING, self.parts.problem: hint, self.parts.box: box}

    def plain(self, step: Step, easy: bool) -> Updates:
        """Return the updates of the view in plain words: none before the answer stands; a question in kana turns it on."""
        if step.asked or step.problem:
            return {}
        turned_on = not easy and asked_in_kana(step.answers)
        view: Updates = {self.parts.plain: plain_view(step.answers, easy or turned_on)}
        return view | {self.parts.easy: True} if turned_on else view


def prompts(questions: tuple[str, ...], label: str) -> gr.Dataset:
    """Return the list of questions to press; hidden where there is none."""
    return gr.Dataset(samples=[[question] for question in questions], label=label, visible=bool(questions))


def plain_view(answers: tuple[Answer, ...], easy: bool) -> gr.HTML:
    """Return the newest answer in plain words where that is wanted."""
    shown = render_easy(answers, wanted=easy)
    return gr.HTML(shown, visible=bool(shown))
