"""``machiplan eval mutants``: whether the suite notices an assistant that was broken on purpose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.cli.eval.opened import clock_option, opened_subject, read_sets, set_option, told_evaluation, url_option
from ui.cli.japanese import JapaneseCommand
from ui.cli.opened import index_option
from ui.cli.progress import progress

if TYPE_CHECKING:
    from evals.mutants import Trial

HELP = """わざと壊した回答に、評価が気づくかを確かめます。

\b
壊し方ごとに、気づくべき指標が有意に悪くなれば ○ です。×があれば、
その質問セットではその壊れ方を見つけられません（終了コード 1）。
"""


@click.command(cls=JapaneseCommand, help=HELP, short_help="わざと壊した回答に気づくかを確かめます。")
@set_option
@url_option
@clock_option
@click.option("--markdown", is_flag=True, help="壊し方と指標の表を Markdown で出力します。")
@index_option
def mutants(sets: tuple[str, ...], url: str | None, clock: str | None, markdown: bool, index_dir: Path | None) -> None:
    """Print what each fault did to the metrics; exit with 1 when one went unnoticed."""
    from evals.mutants import FAULTS, Remembered, try_fault
    from evals.run import run_sets
    from evals.tables import mutant_table

    with told_evaluation():
        question_sets = read_sets(sets)
        cases = [case for question_set in question_sets for case in question_set.cases]
        with opened_subject(url, index_dir, clock) as opened:
            subject = Remembered(opened)
            honest = run_sets(question_sets, subject, started="", revision="")
            trials: list[Trial] = []
            with progress(len(FAULTS), "壊し方") as bar:
                for fault in FAULTS:
                    trials.append(try_fault(fault, cases, subject, honest))
                    bar.update(1)
    if markdown:
        click.echo(mutant_table(trials))
    else:
        for trial in trials:
            click.echo(_line(trial))
    if missed := [trial.fault.name for trial in trials if not trial.caught]:
        raise click.ClickException(f"気づけなかった壊れ方: {'、'.join(missed)}")


def _line(trial: Trial) -> str:
    from evals.gate import ERRORS
    from evals.metrics import BY_NAME
    from ui.cli.eval.text import number

    fault = trial.fault
    mark = "○" if trial.caught else "×"
    if fault.metric == ERRORS:
        return f"{mark} {fault.name:26}{ERRORS:20} 応答なし {trial.failures}問  {fault.breaks}"
    metric = BY_NAME[fault.metric]
    meant = next(d for d in trial.differences if d.metric == fault.metric)
    change = f"{number(metric, meant.first.value)} →{number(metric, meant.second.value)} p={meant.p:.3f}"
    return f"{mark} {fault.name:26}{fault.metric:20}{change}  {fault.breaks}"
