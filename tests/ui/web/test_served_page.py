"""The page as the server sends it, before any script runs."""

from __future__ import annotations

import re

import httpx
import pytest


def test_the_shell_is_japanese_and_asks_for_nothing_outside(server_url: str) -> None:
    """The HTML is marked Japanese, loads scripts and styles from here alone, and names no other host to fetch from."""
    html = httpx.get(server_url).text
    assert '<html\n\tlang="ja"' in html
    loaded = re.findall(r"""(?:src|href)=["']([^"']+)""", html)
    assert loaded
    assert not [address for address in loaded if re.match(r"https?:|//", address)]
    assert not re.search(r"googleapis|gstatic|cdnjs|githubusercontent", html)


def test_the_policy_lets_the_browser_reach_this_server_only(server_url: str) -> None:
    """Each visit has a fresh nonce on every script tag, and inline handlers cannot run."""
    first, second = httpx.get(server_url), httpx.get(server_url)
    rule = first.headers["content-security-policy"]
    assert "default-src 'self'" in rule
    assert "connect-src 'self'" in rule
    [nonce] = re.findall(r"script-src 'self' 'nonce-([\w-]+)';", rule)
    assert first.text.count(f'<script nonce="{nonce}"') == first.text.count("<script")
    assert nonce not in second.text


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/proxy=https://example.com/",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/info",
    ],
)
def test_what_the_page_does_not_need_is_closed(server_url: str, path: str) -> None:
    """Uploads, proxying, files and Gradio's own API description do not exist here."""
    assert httpx.get(server_url + path).status_code == httpx.codes.NOT_FOUND
    assert httpx.post(server_url + path).status_code == httpx.codes.NOT_FOUND


def test_analytics_are_off(server_url: str) -> None:
    """The page's configuration reports no use to anyone and offers no link of Gradio's."""
    html = httpx.get(server_url).text
    assert '"analytics_enabled":false' in html
    assert '"footer_links":[]' in html


def test_pages_are_compressed_and_scripts_are_kept(server_url: str) -> None:
    """A page travels compressed; Gradio's scripts, whose names change with their content, need no second request; a page does."""
    page = httpx.get(server_url, headers={"Accept-Encoding": "gzip"})
    assert page.headers["content-encoding"] == "gzip"
    assert page.headers["cache-control"] == "no-store"
    [script, *_] = re.findall(r'src="\.?(/assets/[^"]+\.js)"', page.text)
    assert "immutable" in httpx.get(server_url + script).headers["cache-control"]
    assert "cache-control" not in httpx.get(f"{server_url}/assets/none.js").headers


def test_a_stream_is_not_held_back_by_compression(server_url: str) -> None:
    """The streamed answer stays plain, so that each piece is sent when it is there."""
    asked = {"question": "平生町の計画の期間はいつからいつまでですか？"}
    with httpx.stream("POST", f"{server_url}/api/ask/stream", json=asked, timeout=30) as response:
        assert "content-encoding" not in response.headers
        assert "data:" in response.read().decode()
