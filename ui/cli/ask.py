"""``machiplan ask``: one question, one cited answer."""

from __future__ import annotations

from pathlib import Path

import click

from ui.cli.japanese import JapaneseCommand
from ui.cli.opened import assistant_over, index_option, json_option, told_plainly, town_option

HELP = "質問に、計画の原文を引用して答えます。答えが計画にないときは、そう伝えます。"


@click.command(cls=JapaneseCommand, help=HELP, short_help="質問に、計画の引用をつけて答えます。")
@click.argument("question", metavar="質問")
@town_option
@index_option
@json_option
@click.option("--easy", "in_easy", is_flag=True, help="回答のあとに、やさしい日本語での言いかえも出します。")
def ask(question: str, towns: tuple[str, ...], index_dir: Path | None, as_json: bool, in_easy: bool) -> None:
    """Print the answer, or its JSON."""
    from assistant.answer import Question
    from ui.question import read_question

    with told_plainly():
        asked = Question(read_question(question), municipalities=towns)
        answer = assistant_over(index_dir).answer(asked)
    if as_json:
        from ui.api.convert import answer_body, easy_body
        from ui.cli.text import json_text

        body = easy_body(answer) if in_easy else answer_body(answer)
        click.echo(json_text(body.model_dump(mode="json")))
    else:
        from ui.cli.text import answer_text

        click.echo(answer_text(answer, in_easy=in_easy))
