"""The plans, the search and the description of the API over HTTP."""

from __future__ import annotations

import httpx

PLAN_FIELDS = {
    "plan_id", "municipality", "municipality_code", "prefecture", "title", "established", "revised", "valid_from",
    "valid_to", "expired", "superseded_by", "source", "characters", "chunks",
}  # fmt: skip


def test_the_list_names_every_plan_with_the_fields_of_the_contract(client: httpx.Client) -> None:
    """Five plans, dates as ISO or null."""
    plans = client.get("/api/plans").json()["plans"]
    assert len(plans) == 5
    for plan in plans:
        assert set(plan) == PLAN_FIELDS
        assert plan["chunks"] > 0
        for name in ("established", "revised", "valid_from", "valid_to"):
            assert plan[name] is None or len(plan[name]) == len("2024-06-01")


def test_a_plan_has_the_fields_of_the_list_and_its_text(client: httpx.Client) -> None:
    """``characters`` counts the code points of ``text``."""
    for listed in client.get("/api/plans").json()["plans"]:
        plan = client.get(f"/api/plans/{listed['plan_id']}").json()
        text = plan.pop("text")
        plan.pop("evidence")
        assert plan == listed
        assert len(text) == plan["characters"]


def test_a_plan_says_where_its_text_states_its_fields(client: httpx.Client) -> None:
    """``evidence`` quotes the text for each field that the text states, and only for those."""
    plan = client.get("/api/plans/koge").json()
    quotes = {stated["field"]: stated["quote"] for stated in plan["evidence"]}
    assert set(quotes) == {"municipality", "prefecture", "title", "established", "revised", "valid_from", "valid_to"}
    assert quotes["valid_to"] == "本計画の期間は、令和5年度から令和8年度までの4年間とします。"
    for stated in plan["evidence"]:
        assert plan["text"][stated["start"] : stated["end"]] == stated["quote"] != ""
    unstated = {stated["field"] for stated in client.get("/api/plans/kamigori").json()["evidence"]}
    assert unstated == {"municipality", "valid_from", "valid_to"}


def test_a_hit_is_the_text_of_the_plan_at_its_offsets(client: httpx.Client) -> None:
    """Hits come best first, at most ``k``, each the plan's own words."""
    hits = client.get("/api/search", params={"q": "情報セキュリティ対策", "k": 7}).json()["hits"]
    assert 0 < len(hits) <= 7
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    for hit in hits:
        assert set(hit) == {"plan_id", "municipality", "heading_path", "text", "start", "end", "score"}
        text = client.get(f"/api/plans/{hit['plan_id']}").json()["text"]
        assert text[hit["start"] : hit["end"]] == hit["text"]


def test_a_search_keeps_to_the_municipalities_chosen(client: httpx.Client) -> None:
    """One or several towns, by name or by code."""
    one = client.get("/api/search", params={"q": "情報セキュリティ", "municipality": "上毛町"}).json()["hits"]
    assert {hit["municipality"] for hit in one} == {"上毛町"}
    query: dict[str, str | int | list[str]] = {"q": "情報セキュリティ", "municipality": ["上毛町", "353442"], "k": 50}
    two = client.get("/api/search", params=query).json()["hits"]
    assert {hit["municipality"] for hit in two} == {"上毛町", "平生町"}


def test_the_process_says_that_it_is_up_and_ready(client: httpx.Client) -> None:
    """Both checks are 200 on a server that answers."""
    for address in ("/healthz", "/readyz"):
        response = client.get(address)
        assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_every_response_has_a_number_and_safe_headers(client: httpx.Client) -> None:
    """Successes, failures and the page itself; each request has a number of its own, and no other site is let in."""
    seen = set()
    for address in ("/api/plans", "/api/nothing", "/healthz", "/"):
        response = client.get(address, headers={"Origin": "https://example.org"})
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "same-origin"
        seen.add(response.headers["x-request-id"])
        if address != "/":
            assert "access-control-allow-origin" not in response.headers
    assert len(seen) == 4


def test_the_description_covers_the_contract_with_its_error_body(client: httpx.Client) -> None:
    """/openapi.json lists the routes; a failure is described by the error body, never by the framework's."""
    described = client.get("/openapi.json").json()
    assert {
        "/api/ask", "/api/ask/stream", "/api/answers/{answer_id}", "/api/plans", "/api/plans/{plan_id}",
        "/api/search", "/healthz", "/readyz",
    } <= set(described["paths"])  # fmt: skip
    for path, operations in described["paths"].items():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    schema = response["content"]["application/json"]["schema"]
                    assert schema == {"$ref": "#/components/schemas/ErrorBody"}, (path, status)


def test_no_documentation_page_loads_anything_from_outside(client: httpx.Client) -> None:
    """The framework's interactive pages, which load scripts from elsewhere, are off."""
    for address in ("/docs", "/redoc"):
        assert "cdn." not in client.get(address).text
