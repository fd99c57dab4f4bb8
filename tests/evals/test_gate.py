"""Rules that a run keeps or breaks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evals.gate import Check, Rule, RulesError, check, read_rules
from evals.outcome import Failure
from evals.run import Run
from tests.evals.making import PERIOD, RIGHT, a_case, a_run, an_answer, cite, outcome, outcomes

SHIPPED = Path(__file__).resolve().parents[2] / "evals" / "gate.toml"
GOOD, HALF = a_run(outcomes([True] * 20)), a_run(outcomes([at < 10 for at in range(20)]))
FAILED = Failure(a_case(id="f-1", type="table"), "503 Service Unavailable", 1.0)


def only(run: Run, rule: Rule, baseline: Run | None = None) -> Check:
    """Return the one check of one rule."""
    (found,) = check(run, [rule], baseline)
    assert found.rule is rule
    return found


def rules(folder: Path, text: str) -> tuple[Rule, ...]:
    """Return the rules of a file with this text."""
    (path := folder / "gate.toml").write_text(text, "utf-8")
    return read_rules(path)


@pytest.mark.parametrize(
    ("rule", "kept", "told"),
    [
        (Rule("right", at_least=0.5), True, "正答率は 50.0%（95％区間 29.9%〜70.1%、20件）で、基準を満たしています。"),
        (Rule("right", at_least=0.51), False, "下限の 51.0% に届きません。"),
        (Rule("false_refusals", at_most=0.5), True, "基準を満たしています。"),
        (Rule("false_refusals", at_most=0.49), False, "誤った断りは 50.0%"),
        (Rule("answer_characters", at_most=10), False, "回答の長さは 20文字"),
        (Rule("seconds_p95", at_most=0.05), False, "上限の 50ミリ秒 を超えています。"),
        (Rule("right", type="fact", at_least=0.5), True, "正答率（fact）は"),
        (Rule("right", type="glossary", at_least=0.0), False, "正答率（glossary）を測れる質問がありません。"),
        (Rule("abstention_recall", at_least=0.0), False, "断りの再現率を測れる質問がありません。"),
    ],
)
def test_a_bound_is_kept_or_broken(rule: Rule, kept: bool, told: str) -> None:
    """The sentence says what was measured; what could not be measured is not good."""
    found = only(HALF, rule)
    assert found.kept == kept
    assert told in found.sentence


def test_a_loss_breaks_a_rule_when_chance_does_not_explain_it() -> None:
    """Ten lost of twenty do, one does not, and neither does a gain."""
    rule = Rule("right", loss=0.05)
    lost = only(HALF, rule, GOOD)
    assert not lost.kept
    assert lost.sentence.startswith("正答率が有意に悪くなりました: 共通する 20 件で 100.0% から 50.0% へ（p = 0.00")
    assert only(a_run(outcomes([at > 0 for at in range(20)])), rule, GOOD).kept
    assert only(GOOD, rule, HALF).kept
    assert only(GOOD, rule, GOOD).kept
    assert not only(HALF, Rule("false_refusals", loss=0.05), GOOD).kept


def test_a_loss_cannot_be_measured_without_a_baseline() -> None:
    """None given, or one of other questions: the rule is broken, and says why."""
    rule = Rule("right", loss=0.05)
    assert "比べる記録（--baseline）がありません" in only(GOOD, rule).sentence
    others = a_run([replace(o, case=replace(o.case, must_not=("x",))) for o in GOOD.outcomes])
    assert "共通する質問が 0 件しかありません" in only(GOOD, rule, others).sentence
    assert not only(GOOD, rule).kept
    assert not only(GOOD, rule, others).kept


def test_a_loss_cannot_be_measured_on_a_few_shared_questions() -> None:
    """A baseline of which less than half was asked again, or a run of which less than half is in it, proves nothing."""
    rule = Rule("right", loss=0.05)
    assert only(a_run(GOOD.outcomes[:10]), rule, GOOD).kept
    assert "共通する質問が 9 件しかありません（20 件のうち）" in only(a_run(GOOD.outcomes[:9]), rule, GOOD).sentence
    assert not only(a_run(GOOD.outcomes[:9]), rule, GOOD).kept
    assert not only(GOOD, rule, a_run(GOOD.outcomes[:9])).kept


def test_a_bound_and_a_loss_are_both_held() -> None:
    """A rule with two conditions is kept when both are."""
    rule = Rule("right", at_least=0.4, loss=0.05)
    assert only(HALF, rule, HALF).kept
    assert not only(HALF, rule, GOOD).kept
    assert not only(HALF, replace(rule, at_least=0.6), HALF).kept


def test_a_question_without_a_reply_breaks_the_rule_about_errors() -> None:
    """However good the other answers are; a bound allows some, a type looks at its own; nothing asked is an error."""
    failed = a_run(GOOD.outcomes, failures=[FAILED])
    found = only(failed, Rule("errors", at_most=0.0))
    assert not found.kept
    assert "21 件のうち 1 件です。 最初のもの: f-1（503 Service Unavailable）" in found.sentence
    assert only(GOOD, Rule("errors", at_most=0.0)).kept
    assert only(failed, Rule("errors", at_most=0.05)).kept
    assert only(failed, Rule("errors", type="fact", at_most=0.0)).kept
    assert not only(failed, Rule("errors", type="table", at_most=0.5)).kept
    assert not only(a_run([]), Rule("errors", at_most=0.0)).kept


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[rule]]\nmetric = "rihgt"\nat_least = 0.5', "指標「rihgt」はありません。使える指標: right、"),
        ('[[rule]]\nmetric = "right"\nat_lest = 0.5', "rule.0.at_lest が正しくありません"),
        ('[[rule]]\nmetric = "right"\nat_least = "half"', "rule.0.at_least が正しくありません"),
        ('[[rule]]\nmetric = "right"', "at_least・at_most・loss のどれもありません"),
        ('[[rule]]\nmetric = "right"\nat_least = nan', "数を書いてください"),
        ('[[rule]]\nmetric = "right"\nloss = 5', "0 と 1 の間の有意水準"),
        ('[[rule]]\nmetric = "right"\nloss = 0', "0 と 1 の間の有意水準"),
        ('[[rule]]\nmetric = "answer_characters"\nloss = 0.05', "「answer_characters」に loss は使えません"),
        ('[[rule]]\nmetric = "errors"\nloss = 0.05', "「errors」に使えるのは at_most だけです"),
        ('[[rules]]\nmetric = "right"', "正しくありません"),
        ("rule = []", "規則がありません"),
        ("", "正しくありません"),
        ("[[rule", "TOML として読めません"),
    ],
)
def test_a_rule_that_cannot_be_held_is_told(tmp_path: Path, text: str, told: str) -> None:
    """A misspelt metric or field, a bound that no number breaks, nothing at all: a gate that checks nothing is none."""
    with pytest.raises(RulesError, match=told) as caught:
        rules(tmp_path, text)
    assert str(tmp_path / "gate.toml") in str(caught.value)


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    """Both name the file."""
    with pytest.raises(RulesError, match="を読めません"):
        read_rules(tmp_path / "none.toml")
    (tmp_path / "gate.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(RulesError, match="TOML として読めません"):
        read_rules(tmp_path / "gate.toml")


def test_the_shipped_rules_hold_what_was_promised() -> None:
    """No error, every quote exact, no other town, no answer too long; a good run keeps all that are about it."""
    shipped = {rule.metric: rule for rule in read_rules(SHIPPED)}
    assert shipped["errors"].at_most == shipped["town_leaks"].at_most == shipped["too_long"].at_most == 0.0
    assert shipped["citation_exactness"].at_least == 1.0
    assert {"right", "wrong_answers", "false_refusals"} <= {m for m, rule in shipped.items() if rule.loss}
    bounds = [rule for rule in shipped.values() if rule.loss is None]
    assert all(found.kept for found in check(GOOD, bounds, None))
    inexact = outcome(a_case(id="x"), an_answer(RIGHT.answer, cite(PERIOD, start=1)))
    broken = check(a_run([*GOOD.outcomes, inexact]), bounds, None)
    assert [found.rule.metric for found in broken if not found.kept] == ["citation_exactness"]
