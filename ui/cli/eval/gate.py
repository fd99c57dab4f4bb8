"""``machiplan eval gate``: whether a run may go live."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.cli.eval.opened import run_at, told_evaluation
from ui.cli.japanese import JapaneseCommand
from ui.cli.opened import json_option

if TYPE_CHECKING:
    from pydantic import JsonValue

HELP = """記録が規則を守っているかを確かめます。1つでも破っていれば、終了コード 1 を返します。"""
RULES = Path(__file__).resolve().parents[3] / "evals" / "gate.toml"


@click.command(cls=JapaneseCommand, help=HELP, short_help="公開してよいかを、規則で判定します。")
@click.argument("record", metavar="記録", type=click.Path(path_type=Path))
@click.option("--baseline", metavar="記録", type=click.Path(path_type=Path), help="比べる相手の記録。")
@click.option(
    "--rules",
    metavar="ファイル",
    type=click.Path(path_type=Path),
    default=RULES,
    help="規則の TOML ファイル。指定がなければ付属の evals/gate.toml。",
)
@json_option
def gate(record: Path, baseline: Path | None, rules: Path, as_json: bool) -> None:
    """Print every rule with what was measured; exit with 1 when one is broken."""
    from evals.gate import check, read_rules

    with told_evaluation():
        checks = check(run_at(record), read_rules(rules), run_at(baseline) if baseline else None)
    broken = [c for c in checks if not c.kept]
    if as_json:
        from ui.cli.text import json_text

        rows: list[JsonValue] = [
            {"metric": c.rule.metric, "type": c.rule.type, "kept": c.kept, "sentence": c.sentence} for c in checks
        ]
        click.echo(json_text({"passed": not broken, "checks": rows}))
    else:
        for c in checks:
            click.echo(f"{'○' if c.kept else '×'} {c.sentence}")
    if broken:
        told = " ".join(c.sentence for c in broken)
        raise click.ClickException(f"この版は公開できません（{len(checks)} 件の規則のうち {len(broken)} 件）。{told}")
