"""``/openapi.json`` describes everything, and its examples are real."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import jsonschema_rs
import pytest

from tests.ui.small import TOKEN

ADMIN = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def described(open_server: str) -> dict[str, Any]:
    """The description as the server gives it."""
    found: dict[str, Any] = httpx.get(f"{open_server}/openapi.json").json()
    return found


def operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield every operation with its method and path."""
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def examples(described: dict[str, Any], content: dict[str, Any]) -> list[Any]:
    """Return the examples of a JSON body, from the schema that it refers to; none for a list of alternatives."""
    schema = content.get("schema", {})
    if "$ref" in schema:
        schema = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return list(schema.get("examples", []))


def test_every_operation_parameter_and_field_is_described(described: dict[str, Any]) -> None:
    """Operations, their parameters, bodies, responses and tags, and every field of every body say what they are."""
    missing = []
    tags = {tag["name"] for tag in described["tags"] if tag["description"]}
    for method, path, operation in operations(described):
        name = f"{method} {path}"
        missing += [] if operation.get("description") and operation.get("summary") else [name]
        missing += [f"{name} tag {tag}" for tag in operation["tags"] if tag not in tags]
        missing += [f"{name} {it['name']}" for it in operation.get("parameters", []) if not it.get("description")]
        missing += [f"{name} {status}" for status, it in operation["responses"].items() if not it["description"]]
    for name, schema in described["components"]["schemas"].items():
        missing += [] if schema.get("description") or name.startswith("Body_") else [name]  # a form's name is FastAPI's
        missing += [f"{name}.{field}" for field, it in schema["properties"].items() if not it.get("description")]
    assert described["info"]["description"]
    assert missing == []


def test_every_json_body_has_an_example_that_is_valid(described: dict[str, Any]) -> None:
    """Requests, responses and failures each show at least one example, which their schema accepts."""
    for method, path, operation in operations(described):
        bodies = {"request": operation.get("requestBody", {}), **operation["responses"]}
        for name, body in bodies.items():
            content = body.get("content", {}).get("application/json")
            if content is None:
                continue
            found = examples(described, content)
            assert found, f"{method} {path} {name}"
            validator = jsonschema_rs.Draft202012Validator({**content["schema"], "components": described["components"]})
            for example in found:
                validator.validate(example)


def test_an_example_that_quotes_is_exact() -> None:
    """The quotes of the examples stand where they say in the example's text."""
    from ui.api.examples import CITATION, COMMITMENT_CITATION, TEXT

    for one in (CITATION, COMMITMENT_CITATION):
        start, end = one["start"], one["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert TEXT[start:end] == one["quote"]


def test_every_example_of_a_request_is_accepted(described: dict[str, Any], open_server: str) -> None:
    """The server takes each documented JSON body; an answer's made-up id is put in the place of a real one's."""
    tried = 0
    with httpx.Client(base_url=open_server, headers=ADMIN, timeout=60) as client:
        answer = client.post("/api/ask", json={"question": "森町の計画期間は?"}).json()
        for method, path, operation in operations(described):
            content = operation.get("requestBody", {}).get("content", {}).get("application/json")
            for example in examples(described, content) if content else []:
                body = example | ({"answer_id": answer["id"]} if "answer_id" in example else {})
                response = client.request(method, path, json=body)
                # Another test of this server may have added the same case before.
                known = "同じ質問が" in response.text
                assert response.is_success or known, f"{method} {path}: {response.text}"
                tried += 1
        client.delete("/api/admin/evaluation")
    assert tried >= 6


def test_the_administration_asks_for_its_token_by_name(described: dict[str, Any]) -> None:
    """Exactly the operations under /api/admin/ declare the bearer token."""
    guarded = {path for _, path, operation in operations(described) if operation.get("security")}
    assert guarded == {path for path in described["paths"] if path.startswith("/api/admin/")}
    assert [scheme["scheme"] for scheme in described["components"]["securitySchemes"].values()] == ["bearer"]


def test_no_status_is_documented_that_cannot_occur(described: dict[str, Any]) -> None:
    """What FastAPI adds by itself and what no route does is not there."""
    assert "HTTPValidationError" not in json.dumps(described)
    for _, path, operation in operations(described):
        takes = operation.get("requestBody") or any(it["in"] == "query" for it in operation.get("parameters", []))
        assert ("422" in operation["responses"]) == bool(takes), path


def test_a_wrong_method_is_told_every_right_one(described: dict[str, Any], open_server: str) -> None:
    """``Allow`` of 405 names exactly the methods that are described for the address."""
    for path, methods in described["paths"].items():
        response = httpx.request("PATCH", f"{open_server}{path.replace('{', '').replace('}', '')}", headers=ADMIN)
        assert response.status_code == httpx.codes.METHOD_NOT_ALLOWED, path
        assert response.headers["allow"] == ", ".join(sorted(method.upper() for method in methods))


def test_a_case_with_characters_that_are_none_is_refused(open_server: str) -> None:
    """Lone surrogates in any field are no failure of the server's."""
    body = '{"question": "q", "towns": ["\\ud800"], "must": [["\\ud800"]], "plan": "\\ud800", "quote": "\\ud800"}'
    headers = ADMIN | {"Content-Type": "application/json"}
    assert httpx.post(f"{open_server}/api/admin/cases", content=body, headers=headers).status_code == 422
