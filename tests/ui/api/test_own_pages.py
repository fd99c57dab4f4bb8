"""Other sites get nothing: no header that lets them in, no request of theirs, no frame, no name that is not the server's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from ui.api.app import create_app

if TYPE_CHECKING:
    from ui.settings import Settings

EVIL = ["https://evil.example", "null", "http://localhost:9", "http://127.0.0.1:9"]
EVERYWHERE = [
    "/",
    "/api/plans",
    "/healthz",
    "/config",
    "/gradio_api/startup-events",
    "/gradio_api/queue/join",
    "/theme.css",
    "/view",
]
CLOSED = [
    "upload", "upload_progress", "file=/etc/passwd", "file/etc/passwd", "proxy=https://example.com/", "info", "openapi.json", "run/predict",
    "api/predict", "call/predict", "call/v2/predict", "component_server", "stream/x", "reset", "process_recording", "vibe-edit",
    "vibe-code", "dev/reload", "custom_component/x/client/component/y.js", "deep_link", "mcp/sse", "login_check", "token", "user",
]  # fmt: skip


@pytest.mark.parametrize("origin", EVIL)
def test_no_origin_is_let_in(client: httpx.Client, origin: str) -> None:
    """No response carries a header of CORS, asked before or directly, on the API and on Gradio's routes."""
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    for path in EVERYWHERE:
        for response in (client.get(path, headers={"Origin": origin}), client.options(path, headers=asked)):
            assert not [name for name in response.headers if name.startswith("access-control-")], path


@pytest.mark.parametrize(
    "sent",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
    ],
)
def test_a_page_of_another_site_can_send_nothing(client: httpx.Client, sent: dict[str, str]) -> None:
    """What a browser sends for a foreign page is 403, to the API and to the pages' events alike."""
    for path in ("/api/ask", "/api/feedback", "/gradio_api/queue/join", "/gradio_api/cancel"):
        refused = client.post(path, json={"question": "計画期間は?"}, headers=sent)
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "foreign_page")
    own = {"Origin": str(client.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    assert client.post("/api/ask", json={"question": "平生町の計画期間は?"}, headers=own).status_code == 200


@pytest.mark.parametrize("path", CLOSED)
def test_gradio_serves_nothing_that_the_pages_do_not_need(client: httpx.Client, path: str) -> None:
    """Uploads, files, proxying, its own API, its tools for developers: none exists, whatever the method."""
    for method in ("GET", "POST"):
        for address in (f"/gradio_api/{path}", f"/gradio_api/{path}/"):
            assert client.request(method, address, json={}).status_code in (404, 405), address


def test_every_response_has_the_safe_headers(client: httpx.Client) -> None:
    """Nothing may frame, sniff or embed it, and what is no page may load nothing; over http nothing is said of https."""
    for path in ("/", "/api/plans", "/api/none", "/healthz", "/assets/none.js", "/view"):
        headers = client.get(path).headers
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "geolocation=()" in headers["permissions-policy"]
        assert "server" not in headers
        assert "strict-transport-security" not in headers


@pytest.mark.parametrize(
    ("setting", "host", "status"),
    [
        ("auto", "localhost:7860", 200), ("auto", "192.168.1.5", 200), ("auto", "[::1]:7860", 200),
        ("auto", "evil.example", 400), ("auto", "127.0.0.1.evil.example", 400), ("auto", "", 400),
        ("plan.example.jp", "plan.example.jp", 200), ("plan.example.jp", "PLAN.example.jp:443", 200),
        ("plan.example.jp", "evil.example", 400), ("*", "evil.example", 200),
    ],
)  # fmt: skip
def test_only_known_names_are_served(settings: Settings, setting: str, host: str, status: int) -> None:
    """A stranger's name that leads to this machine is refused; addresses and localhost always serve."""
    import asyncio

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(create_app(settings.model_copy(update={"allowed_hosts": setting})))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get("/openapi.json", headers={"Host": host})

    response = asyncio.run(asked())
    assert response.status_code == status
    if status == 400:
        assert response.json()["error"]["code"] == "unknown_host"
        assert "MACHIPLAN_ALLOWED_HOSTS" in response.json()["error"]["message"]
