"""The report as JUnit XML, which build servers read: a suite a question set, a test a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from evals.report.kinds import SIGN
from evals.report.result import Result
from evals.report.summary import Report
from evals.report.visible import visible


def render_junit(report: Report) -> str:
    """Return the XML. A question that went wrong is a failure of its gravest kind, one without a reply an error.

    A set whose questions are not listed is a suite without tests. Characters that XML 1.0 forbids stand as their numbers.
    """
    suites = ET.Element("testsuites", _attributes(report.info.run_id, report.listed))
    names = dict.fromkeys((*(info.name for info in report.info.sets), *(r.set_name for r in report.listed)))
    for name in names:
        results = [result for result in report.listed if result.set_name == name]
        suite = ET.SubElement(suites, "testsuite", _attributes(name, results), timestamp=visible(report.info.started))
        properties = ET.SubElement(suite, "properties")
        for key, value in _properties(report):
            ET.SubElement(properties, "property", name=key, value=visible(value))
        for result in results:
            _add_test(suite, result)
    ET.indent(suites, " ")
    return ET.tostring(suites, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "\n")
    )


def _attributes(name: str, results: Sequence[Result]) -> dict[str, str]:
    errors = sum(result.outcome is None for result in results)
    return {
        "name": visible(name),
        "tests": str(len(results)),
        "failures": str(sum(result.failed for result in results) - errors),
        "errors": str(errors),
        "time": f"{sum(result.seconds for result in results):.3f}",
    }


def _properties(report: Report) -> Iterator[tuple[str, str]]:
    info = report.info
    yield from (("run", info.run_id), ("version", info.subject.version), ("revision", info.revision))
    yield from (("generation", info.subject.generation), ("clock", info.subject.clock), ("results", info.results))
    for score in report.scores:
        yield score.metric, f"{score.value:.6g}"


def _add_test(suite: ET.Element, result: Result) -> None:
    case = result.case
    name = visible(f"{case.id} {case.question}")
    test = ET.SubElement(suite, "testcase", name=name, classname=visible(result.set_name), time=f"{result.seconds:.4f}")
    if not result.kinds:
        return
    signs = [SIGN[kind] for kind in result.kinds]
    element = "failure" if result.outcome else "error"
    message = "".join(f"{sign.label}: {sign.means}" for sign in signs)
    fault = ET.SubElement(test, element, type=signs[0].kind, message=message)
    fault.text = visible(_told(result))


def _told(result: Result) -> str:
    """Return the question beside its key and its reply."""
    case = result.case
    key = "断る" if case.abstain else "、".join(" または ".join(group) for group in case.must)
    reply = result.outcome.answer.answer if result.outcome else result.error
    return f"質問: {case.question}\n正解の条件: {key}\n回答: {reply}"
