"""Whether a run may go live: rules about its metrics, and about what it lost against a baseline."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, ValidationError

from evals.compare import difference
from evals.metrics import BY_NAME, Better, Metric, Unit
from evals.outcome import Outcome
from evals.run import Run
from evals.score import Score, score

SHARED = 0.5  # of the questions that both runs must have asked, under the same key, for a comparison to say something
ERRORS = "errors"  # the share of questions that got no answer; it is no metric, because nothing was scored


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition on a metric (or on ``errors``), over all questions or over those of one ``type``.

    ``at_least`` and ``at_most`` bound its value. ``loss`` is a level of significance: the rule is broken when the metric is
    worse than the baseline's and chance explains that with a smaller probability.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    metric: str
    type: str = ""
    at_least: float | None = None
    at_most: float | None = None
    loss: float | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A rule applied to a run. ``sentence`` says in Japanese what was measured, and what is wrong where it was broken."""

    rule: Rule
    kept: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class _Rules:
    __pydantic_config__ = ConfigDict(extra="forbid")

    rule: tuple[Rule, ...]


class RulesError(ValueError):
    """The file of rules cannot be used. The message is Japanese and says where and why."""


def read_rules(path: Path) -> tuple[Rule, ...]:
    """Return the rules of a TOML file, one ``[[rule]]`` each.

    Raises:
        RulesError: the file is not there, or holds something that is no rule.
    """
    try:
        rules = TypeAdapter(_Rules).validate_python(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise RulesError(f"規則のファイル {path} を読めません（{error.strerror}）。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesError(f"規則のファイル {path} は TOML として読めません: {error}") from error
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(map(str, fault["loc"]))
        raise RulesError(f"規則のファイル {path} の {place} が正しくありません: {fault['msg']}") from error
    for rule in rules.rule:
        if message := _unusable(rule):
            raise RulesError(f"規則のファイル {path}: {message}")
    if not rules.rule:
        raise RulesError(f"規則のファイル {path} に規則がありません。")
    return rules.rule


def _unusable(rule: Rule) -> str:
    """Return what is wrong with a rule, or ""."""
    if rule.metric not in BY_NAME and rule.metric != ERRORS:
        return f"指標「{rule.metric}」はありません。使える指標: {'、'.join([*BY_NAME, ERRORS])}"
    if rule.at_least is None and rule.at_most is None and rule.loss is None:
        return f"「{rule.metric}」に at_least・at_most・loss のどれもありません。"
    if any(bound is not None and math.isnan(bound) for bound in (rule.at_least, rule.at_most)):
        return f"「{rule.metric}」の at_least・at_most には数を書いてください。"
    if rule.metric == ERRORS and (rule.at_most is None or rule.at_least is not None):
        return f"「{rule.metric}」に使えるのは at_most だけです。"
    if rule.loss is not None and (rule.metric == ERRORS or BY_NAME[rule.metric].better is Better.NEITHER):
        return f"「{rule.metric}」に loss は使えません。"
    if rule.loss is not None and not 0 < rule.loss < 1:
        return f"「{rule.metric}」の loss は、0 と 1 の間の有意水準（例: 0.05）です。"
    return ""


def check(run: Run, rules: Sequence[Rule], baseline: Run | None) -> list[Check]:
    """Return every rule with whether ``run`` keeps it.

    A rule that compares is broken without a baseline, and when it finds no question to compare: what was not looked at is
    not good. So is a rule about a type that was not asked.
    """
    return [_check(run, rule, baseline) for rule in rules]


def _check(run: Run, rule: Rule, baseline: Run | None) -> Check:
    if rule.metric == ERRORS:
        return _check_errors(run, rule)
    metric = BY_NAME[rule.metric]
    outcomes = _of_type(run, rule)
    measured = score(metric, outcomes)
    where = f"（{rule.type}）" if rule.type else ""
    told = f"{metric.label}{where}は {_shown(metric, measured)}"
    if not measured.n:
        return Check(rule, False, f"{metric.label}{where}を測れる質問がありません。")
    if rule.at_least is not None and measured.value < rule.at_least:
        return Check(rule, False, f"{told}で、下限の {_number(metric, rule.at_least)} に届きません。")
    if rule.at_most is not None and measured.value > rule.at_most:
        return Check(rule, False, f"{told}で、上限の {_number(metric, rule.at_most)} を超えています。")
    if rule.loss is not None:
        return _check_loss(metric, outcomes, rule, baseline, told)
    return Check(rule, True, f"{told}で、基準を満たしています。")


def _check_errors(run: Run, rule: Rule) -> Check:
    failures = [failure for failure in run.failures if rule.type in ("", failure.case.type)]
    asked = len(failures) + len(_of_type(run, rule))
    where = f"（{rule.type}）" if rule.type else ""
    told = f"回答が返らなかった質問{where}は {asked} 件のうち {len(failures)} 件"
    kept = asked > 0 and len(failures) / asked <= (rule.at_most or 0.0)
    first = f" 最初のもの: {failures[0].case.id}（{failures[0].error}）" if failures else ""
    return Check(rule, kept, f"{told}で、基準を満たしています。" if kept else f"{told}です。{first}")


def _check_loss(metric: Metric, outcomes: Sequence[Outcome], rule: Rule, baseline: Run | None, told: str) -> Check:
    assert rule.loss is not None
    if baseline is None:
        return Check(rule, False, f"{told}ですが、比べる記録（--baseline）がありません。")
    now = {outcome.case.id: outcome for outcome in outcomes}
    before = _of_type(baseline, rule)
    pairs = [(old, now[old.case.id]) for old in before if old.case.id in now and now[old.case.id].case == old.case]
    if len(pairs) < SHARED * max(len(before), len(outcomes)) or not pairs:
        few = f"比べる記録と共通する質問が {len(pairs)} 件しかありません（{max(len(before), len(outcomes))} 件のうち）"
        return Check(rule, False, f"{told}ですが、{few}。同じ質問セットの記録と比べてください。")
    change = difference(metric, [old for old, _ in pairs], [new for _, new in pairs])
    worse = change.value < 0 if metric.better is Better.HIGHER else change.value > 0
    compared = (
        f"共通する {len(pairs)} 件で {_number(metric, change.first.value)} から {_number(metric, change.second.value)} へ"
        f"（p = {change.p:.3f}）"
    )
    if worse and change.p < rule.loss:
        return Check(rule, False, f"{metric.label}が有意に悪くなりました: {compared}。")
    return Check(rule, True, f"{told}、{compared}で、有意な悪化はありません。")


def _of_type(run: Run, rule: Rule) -> list[Outcome]:
    return [outcome for outcome in run.outcomes if rule.type in ("", outcome.case.type)]


def _shown(metric: Metric, measured: Score) -> str:
    low, high = _number(metric, measured.low), _number(metric, measured.high)
    return f"{_number(metric, measured.value)}（95％区間 {low}〜{high}、{measured.n}件）"


def _number(metric: Metric, value: float) -> str:
    if metric.unit is Unit.SHARE:
        return f"{100 * value:.1f}%"
    return f"{value:.0f}文字" if metric.unit is Unit.CHARACTERS else f"{1000 * value:.0f}ミリ秒"
