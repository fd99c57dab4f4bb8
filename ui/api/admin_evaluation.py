"""``/api/admin/evaluation`` and beside it: runs started and cancelled, question sets kept, cases made of feedback."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, UploadFile

from assistant.answer import Reason, Turn
from evals.case import Case, Evidence
from evals.corpus import Corpus
from evals.problems import Problem
from ui.api.admin_models import CaseBody, EvaluationStateBody, ProblemBody, SetBody, StartBody
from ui.api.admin_plans import BEARER, NO_ADMIN, NO_FORM, NO_ROOM, NO_TOKEN, WRONG_TOKENS
from ui.api.errors import ApiError
from ui.api.given import TheAssistant, TheRunner, require_json
from ui.api.models import NO_INDEX, NO_JSON, NOT_AS_JSON, TOO_LARGE, failures
from ui.background.worker import WorkerBusyError
from ui.evaluations.sets import LARGEST_SET, CaseFaultsError, add_case, keep_set, known_sets, new_id
from ui.intake.names import FileRefusedError

LONGEST_LINE = 300
"""Characters of a faulty line that are shown."""

router = APIRouter(
    prefix="/api/admin",
    tags=["admin"],
    dependencies=[Depends(BEARER)],
    responses=failures(_401=NO_TOKEN, _403=NO_ADMIN, _429=WRONG_TOKENS),
)


@router.post(
    "/evaluation",
    status_code=202,
    dependencies=[Depends(require_json)],
    responses=failures(
        _400=NO_JSON,
        _404="There is no such set.",
        _409="A run is on.",
        _413=TOO_LARGE,
        _415=NOT_AS_JSON,
        _422="No set is named.",
    ),
)
def start_evaluation(body: StartBody, runner: TheRunner) -> EvaluationStateBody:
    """Start a run of a question set."""
    path = known_sets(runner.evals_dir).get(body.set)
    if path is None:
        raise ApiError(404, "unknown_set", "この質問セットはありません。一覧を読み込み直して、ご確認ください。")
    try:
        runner.start(body.set, path)
    except WorkerBusyError as error:
        message = "ほかの評価が進んでいます。終わってから、もう一度お試しください。"
        raise ApiError(409, "not_idle", message) from error
    return EvaluationStateBody.model_validate(runner.state)


@router.delete("/evaluation")
def cancel_evaluation(runner: TheRunner) -> EvaluationStateBody:
    """Cancel the present run, if there is one."""
    runner.cancel()
    return EvaluationStateBody.model_validate(runner.state)


@router.post(
    "/question-sets",
    responses=failures(
        _400=NO_FORM, _413="Too large.", _422="It is no question set by its name.", _503=NO_INDEX, _507=NO_ROOM
    ),
)
def add_question_set(
    file: Annotated[UploadFile, File(description="The question set, as `.jsonl` or `.csv`.")],
    assistant: TheAssistant,
    runner: TheRunner,
) -> SetBody:
    """Keep a question set, or tell every fault of it with its line; a faulty one is not kept."""
    content = file.file.read(LARGEST_SET + 1)
    try:
        name, cases, problems = keep_set(file.filename or "", content, runner.evals_dir, Corpus.of(assistant.index))
    except FileRefusedError as error:
        raise ApiError(422, "invalid_file", str(error)) from error
    return SetBody(name=name, cases=cases, problems=[_problem(problem, content) for problem in problems])


@router.post(
    "/cases",
    dependencies=[Depends(require_json)],
    responses=failures(
        _400=NO_JSON,
        _413=TOO_LARGE,
        _415=NOT_AS_JSON,
        _422="The case does not fit the plans.",
        _503=NO_INDEX,
        _507=NO_ROOM,
    ),
)
def add_case_of_feedback(body: CaseBody, assistant: TheAssistant, runner: TheRunner) -> SetBody:
    """Add a case to the question set of feedback."""
    case = Case(
        id=new_id(),
        question=body.question.strip(),
        persona=body.persona,
        type="unanswerable" if body.abstain else body.type,
        towns=tuple(body.towns),
        scope=(),
        history=tuple(Turn(turn.role, turn.content) for turn in body.history),
        evidence=() if body.abstain else (Evidence(body.plan, body.quote),),
        all_evidence=False,
        must=() if body.abstain else tuple(tuple(group) for group in body.must),
        must_not=(),
        abstain=body.abstain,
        reason=Reason(body.reason) if body.abstain and body.reason else None,
        tags=("feedback",),
    )
    try:
        path = add_case(case, runner.evals_dir, Corpus.of(assistant.index))
    except CaseFaultsError as error:
        raise ApiError(422, "invalid_cases", " ".join(error.messages)) from error
    return SetBody(name=path.stem, cases=len(path.read_bytes().splitlines()), problems=[])


def _problem(problem: Problem, content: bytes) -> ProblemBody:
    """Return a fault with the line that it is in."""
    lines = content.decode("utf-8-sig", errors="replace").split("\n")
    text = lines[problem.line - 1].strip() if problem.line <= len(lines) else ""
    # Faults name the file where it lay while it was checked; whoever sent it knows it by its name alone.
    message = problem.message.replace(f"{problem.file.parent}/", "")
    return ProblemBody(line=problem.line, field=problem.field, message=message, text=text[:LONGEST_LINE])
