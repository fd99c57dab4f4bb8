"""``machiplan eval judge``: what a chat model thinks of a run's answers."""

from __future__ import annotations

from pathlib import Path

import click

from ui.cli.eval.opened import run_at, run_folder, told_evaluation
from ui.cli.japanese import JapaneseCommand
from ui.cli.opened import settings_with
from ui.cli.progress import progress

HELP = """チャットモデルに、回答の自然さと過不足を評価させます（採点には使いません）。

\b
モデルは設定 MACHIPLAN_CHAT_MODEL と MACHIPLAN_CHAT_BASE_URL のものです。
結果は記録のフォルダーの judge.jsonl に書き、正解との一致の度合いを表示します。
"""
FILE = "judge.jsonl"


@click.command(cls=JapaneseCommand, help=HELP, short_help="チャットモデルに回答を評価させます。")
@click.argument("record", metavar="記録", type=click.Path(path_type=Path))
def judge(record: Path) -> None:
    """Print the mean marks and how far they agree with the key; exit with 1 when the model gave no usable opinion."""
    from pydantic import TypeAdapter

    from evals.chat_judge import Opinion, Silence, agreement, ask_judge
    from ui.open import chat_model

    with told_evaluation():
        run = run_at(record)
        model = chat_model(settings_with(None))
        if model is None:
            raise click.ClickException("MACHIPLAN_CHAT_MODEL と MACHIPLAN_CHAT_BASE_URL を設定してください。")
        with progress(len(run.outcomes), "評価中") as bar:
            replies = list(ask_judge(model, run.outcomes, on_done=lambda: bar.update(1)))
    lines = TypeAdapter(Opinion | Silence)
    text = "".join(lines.dump_json(reply, ensure_ascii=False).decode() + "\n" for reply in replies)
    (run_folder(record) / FILE).write_text(text, "utf-8")
    opinions = [reply for reply in replies if isinstance(reply, Opinion)]
    silent = [reply for reply in replies if isinstance(reply, Silence)]
    if not opinions:
        raise click.ClickException(
            f"モデルから評価が得られませんでした（{silent[0].error if silent else '回答がありません'}）。"
        )
    agreed = agreement(opinions, run.outcomes)
    click.echo(f"自然さの平均 {sum(o.fluency for o in opinions) / len(opinions):.2f}（5点満点、{len(opinions)}問）")
    click.echo(f"過不足のなさの平均 {sum(o.completeness for o in opinions) / len(opinions):.2f}")
    click.echo(f"正解との一致 {100 * agreed.share:.1f}%（カッパ係数 {agreed.kappa:.2f}）")
    if silent:
        click.echo(f"評価が得られなかった回答 {len(silent)}問（{silent[0].error}）", err=True)
