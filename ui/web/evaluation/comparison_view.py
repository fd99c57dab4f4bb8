"""Two runs side by side: what changed, whether chance explains it, and which questions got better or worse."""

from __future__ import annotations

from evals.compare import Change, Comparison, Difference, Pair
from evals.metrics import BY_NAME, Better
from evals.report.figures import figure, value_of
from ui.web.evaluation.readers import MaySee
from ui.web.evaluation.table import shown, table

MOST_PAIRS = 50
"""Questions of one kind of change that are shown; the rest is counted."""

P_VALUE = (
    "p 値は、同じ質問どうしを入れ替える検定（並べ替え検定）によります。0.05 未満のとき、偶然では説明しにくい差です。"
)

_CHANGES = (
    (Change.WORSE, "悪くなった質問", True),
    (Change.BETTER, "良くなった質問", True),
    (Change.OTHER, "答えが変わった質問（正誤は同じ）", False),
)


def render_comparison(before: str, after: str, comparison: Comparison, may_see: MaySee) -> str:
    """Return the section that compares the run called ``after`` with the one called ``before``; what may not be seen is counted."""
    apart = f"比べられない質問が {len(comparison.unshared):,} 問あります。" if comparison.unshared else ""
    counts = {change: sum(pair.change is change for pair in comparison.pairs) for change in Change}
    lists = "".join(_list(comparison, change, heading, opened, may_see) for change, heading, opened in _CHANGES)
    return (
        '<section aria-labelledby="compare-title"><h2 id="compare-title" tabindex="-1">2つの評価の比較</h2>'
        f"<p>前：{shown(before)}　今：{shown(after)}</p>"
        f"<p>共通する {comparison.shared:,} 問のうち、<b>良くなった {counts[Change.BETTER]:,} 問</b>、"
        f"<b>悪くなった {counts[Change.WORSE]:,} 問</b>です。{apart}</p>"
        f"{_differences(comparison)}"
        f'<p class="office-soft">{P_VALUE}</p>'
        f"{lists}</section>"
    )


def judged(difference: Difference) -> str:
    """Return in words what a difference means."""
    better = BY_NAME[difference.metric].better
    if not difference.significant:
        return "差があるとは言えません"
    if better is Better.NEITHER:
        return "変わりました"
    return "良くなりました" if (difference.value > 0) is (better is Better.HIGHER) else "悪くなりました"


def _differences(comparison: Comparison) -> str:
    rows = [
        (
            shown(BY_NAME[one.metric].label),
            value_of(one.first),
            value_of(one.second),
            f"{_signed(one, one.value)}（{_signed(one, one.low)}～{_signed(one, one.high)}）",
            "0.001 未満" if one.p < 0.001 else f"{one.p:.3f}",
            f"<b>{judged(one)}</b>" if one.significant else judged(one),
        )
        for one in comparison.differences
        if one.first.n and one.second.n
    ]
    columns = ("指標", "前", "今", "差（95%区間）", "p 値", "判定")
    return table("指標の差", columns, rows, numbers=(1, 2, 3, 4))


def _signed(difference: Difference, value: float) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return sign + figure(difference.metric, abs(value))


def _list(comparison: Comparison, change: Change, heading: str, opened: bool, may_see: MaySee) -> str:
    pairs = [pair for pair in comparison.pairs if pair.change is change]
    listed = [pair for pair in pairs if may_see(pair.second.set_name)]
    items = "".join(_pair(pair) for pair in listed[:MOST_PAIRS])
    rest = len(pairs) - min(len(listed), MOST_PAIRS)
    more = f"<p>このほかに {rest:,} 問あります。</p>" if rest else ""
    return (
        f"<details{' open' if opened and pairs else ''}><summary>{heading}（{len(pairs):,} 問）</summary>"
        f"{items}{more}</details>"
    )


def _pair(pair: Pair) -> str:
    case = pair.second.case
    return (
        f'<details class="office-card eval-case"><summary>{shown(case.question)}</summary>'
        f'<p class="office-soft">{shown(case.id)}</p>'
        f'<p class="eval-answer">前：{shown(pair.first.answer.answer)}</p>'
        f'<p class="eval-answer">今：{shown(pair.second.answer.answer)}</p></details>'
    )
