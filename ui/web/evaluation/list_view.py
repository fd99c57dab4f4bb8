"""The recorded runs: a plot a question set, a table, and the form that chooses what to look at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from evals.report.figures import interval_of, value_of
from evals.score import Score
from ui.web.evaluation.address import Wanted, link
from ui.web.evaluation.plot import plot
from ui.web.evaluation.runs import BASELINE, Headline
from ui.web.evaluation.table import shown, table

COLUMNS = ("評価", "質問セット", "質問数", "正答率（95%区間）", "誤答率", "誤った断り", "応答エラー", "版")
NOTHING = "<p>記録された評価は、まだありません。下の「評価を実行する」から始められます。</p>"


def render_list(headlines: Sequence[Headline]) -> str:
    """Return the section of past runs; ``headlines`` are the newest first."""
    if not headlines:
        return f'<section aria-labelledby="runs-title"><h2 id="runs-title">これまでの評価</h2>{NOTHING}</section>'
    rows = [_row(headline) for headline in headlines]
    past = table(f"これまでの評価（{len(rows)} 件）", COLUMNS, rows, numbers=(2, 3, 4, 5, 6))
    return (
        '<section aria-labelledby="runs-title"><h2 id="runs-title">これまでの評価</h2>'
        f"{_plots(headlines)}{past}</section>"
    )


def label_of(headline: Headline) -> str:
    """Return what a run is called: when it began, or that it came with the program."""
    name = headline.entry.name
    if headline.info is None:
        return name
    started = moment(headline.info.started)
    return f"{started}（同梱の基準）" if name == BASELINE else started


def moment(started: str) -> str:
    """Return when a run began, as people write it.

    >>> moment("2026-06-01T09:05:00+09:00")
    '2026/06/01 09:05'
    """
    try:
        return f"{datetime.fromisoformat(started):%Y/%m/%d %H:%M}"
    except ValueError:
        return started


def _row(headline: Headline) -> Sequence[str]:
    name, info = headline.entry.name, headline.info
    if info is None:
        return (shown(name), f'<span class="office-problem">{shown(headline.problem)}</span>', *[""] * 6)
    right, wrong, refused = headline.scores
    return (
        f'<a href="{link(name)}#run-title">{shown(label_of(headline))}</a>',
        shown("、".join(part.name for part in info.sets)),
        f"{sum(part.cases for part in info.sets):,}",
        _with_interval(right),
        value_of(wrong),
        value_of(refused),
        f"{headline.errors:,}",
        shown(info.revision or "不明"),
    )


def _with_interval(score: Score) -> str:
    return f"{value_of(score)}（{interval_of(score)}）" if score.n else value_of(score)


def _plots(headlines: Sequence[Headline]) -> str:
    """Return a plot for each question set; runs of other questions have no place on the same line."""
    groups: dict[str, list[tuple[str, Score]]] = {}
    for headline in sorted(headlines, key=_started):
        if headline.info is not None and headline.scores[0].n:
            sets = "、".join(f"{part.name}（{part.cases:,}問）" for part in headline.info.sets)
            groups.setdefault(sets, []).append((label_of(headline), headline.scores[0]))
    return "".join(plot(f"正答率の移り変わり：{name}", points) for name, points in groups.items())


def _started(headline: Headline) -> str:
    return headline.info.started if headline.info else ""


def render_chooser(headlines: Sequence[Headline], wanted: Wanted) -> str:
    """Return the form that chooses a run and another to compare it with; "" where there is none."""
    readable = [headline for headline in headlines if headline.info is not None]

    def options(chosen: str) -> str:
        return "".join(
            f'<option value="{shown(one.entry.name)}"{" selected" if one.entry.name == chosen else ""}>'
            f"{shown(f'{label_of(one)}　{one.entry.name}')}</option>"
            for one in readable
        )

    if not readable:
        return ""
    return (
        '<form action="/evaluation" method="get" aria-label="見る評価を選ぶ"><div class="office-row">'
        '<div class="office-field"><label for="eval-run">見る評価</label>'
        f'<select id="eval-run" name="run">{options(wanted.run)}</select></div>'
        '<div class="office-field"><label for="eval-with">比べる相手（前の評価）</label>'
        f'<select id="eval-with" name="with"><option value="">比べない</option>{options(wanted.other)}</select></div>'
        '<button class="office-main">表示する</button></div></form>'
    )
