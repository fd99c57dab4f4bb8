"""Question sets checked against the plans: every fault with its line, before anything is measured with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.case import Case, Evidence
from evals.corpus import Corpus
from evals.problems import Problem
from evals.read_cases import readable_files
from evals.same_text import folded

Found = tuple[str, str]  # the field that is to blame and the sentence


def lint(paths: Sequence[Path], corpus: Corpus) -> list[Problem]:
    """Return everything that is wrong with the question sets in ``paths``, file by file, line by line."""
    files, problems = readable_files(paths)
    asked: dict[object, str] = {}
    for file in files:
        for line, case in file.rows:
            place = f"{file.path}:{line}"
            key = (folded(case.question), case.scope, case.history)
            if key in asked:
                problems.append(Problem(file.path, line, "question", f"同じ質問が {asked[key]} にもあります。"))
            asked.setdefault(key, place)
            problems += [Problem(file.path, line, field, message) for field, message in _faults(case, corpus)]
    order = {path: at for at, path in enumerate(paths)}
    return sorted(problems, key=lambda problem: (order.get(problem.file, 0), problem.line))


def _faults(case: Case, corpus: Corpus) -> Iterator[Found]:
    if not case.id.strip():
        yield "id", "id が空です。"
    if not case.question.strip():
        yield "question", "質問が空です。"
    if case.type == "followup" and not case.history:
        yield "history", "followup には、それまでのやりとり（history）が要ります。"
    known = set(corpus.municipalities.values())
    for field, names in (("towns", () if case.abstain else case.towns), ("scope", case.scope)):
        for name in sorted({*names} - known):
            yield field, f"「{name}」の計画は索引にありません。収録している自治体: {'、'.join(sorted(known))}"
    yield from _unanswerable(case) if case.abstain else _answerable(case, corpus)


def _unanswerable(case: Case) -> Iterator[Found]:
    for field in ("evidence", "must"):
        if getattr(case, field):
            yield field, "答えがない質問（abstain が true）では空にしてください。"


def _answerable(case: Case, corpus: Corpus) -> Iterator[Found]:
    if case.reason:
        yield "reason", "答えがある質問には reason を書かないでください。"
    if not case.must or not all(group and all(map(folded, group)) for group in case.must):
        yield "must", "答えに要る語を、空でない組で1つ以上書いてください。"
    if not case.evidence:
        yield "evidence", "根拠の引用を1つ以上書いてください。"
    for passage in case.evidence:
        if message := _wrong_passage(passage, case, corpus):
            yield "evidence", message


def _wrong_passage(passage: Evidence, case: Case, corpus: Corpus) -> str:
    """Return what is wrong with a passage, or ""."""
    if passage.plan not in corpus.texts:
        return f"計画「{passage.plan}」は索引にありません。収録している計画: {'、'.join(corpus.texts)}"
    if "\n" in passage.quote:
        return f"引用「{passage.quote[:20]}…」に改行があります。1行の中から引用してください。"
    if not passage.quote.strip() or not corpus.places(passage):
        return (
            f"引用「{passage.quote[:40]}」は計画「{passage.plan}」の原文にありません。一字一句そのまま写してください。"
        )
    town = corpus.municipalities[passage.plan]
    if case.municipalities and town not in case.municipalities:
        return f"引用は{town}の計画のものですが、{town}は towns にも scope にもありません。"
    return ""
