"""How often one client may ask, and who counts as one client."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from ui.api.app import create_app
from ui.rate import MOST_CLIENTS, RateLimiter, read_rate
from ui.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from tests.ui.api.conftest import Running

SEARCH = "/api/search?q=目標"
TOKEN = "kagi-0123456789abcdef"


@pytest.fixture
def bare(tmp_path: Path) -> Settings:
    """Settings of a server without an index: it counts and refuses like any other."""
    return Settings(index_dir=tmp_path / "none", web_page=False, answers_file=tmp_path / "answers.sqlite3")


def statuses(client: httpx.Client, times: int, path: str = SEARCH, **headers: str) -> list[int]:
    """Return the statuses of so many requests."""
    return [client.get(path, headers=headers).status_code for _ in range(times)]


def test_a_client_over_its_rate_is_told_when_to_come_again(bare: Settings, running: Running) -> None:
    """What costs work is 429 with ``Retry-After`` and the same number of seconds in Japanese; whether the server is up is always told."""
    limited = bare.model_copy(update={"rate_limit": "3/minute"})
    with running(create_app(limited), limited) as client:
        assert statuses(client, 3) == [503] * 3
        refused = client.post("/api/ask", json={"question": "計画期間は?"})
        assert refused.status_code == 429
        seconds = int(refused.headers["retry-after"])
        assert 1 <= seconds <= 60
        assert refused.json()["error"]["code"] == "too_many_requests"
        assert f"{seconds}秒" in refused.json()["error"]["message"]
        for address in ("/api/ask/stream", "/api/feedback", "/v1/chat/completions", "/gradio_api/queue/join"):
            assert client.post(address, json={}).status_code == 429
        assert statuses(client, 20, "/healthz") == [200] * 20
        assert 429 not in statuses(client, 20, "/readyz")


def test_programs_of_this_machine_are_not_limited_by_default(bare: Settings, running: Running) -> None:
    """An evaluation asks a thousand questions one after the other; a forged address makes nobody else of its program."""
    with running(create_app(bare), bare) as client:
        assert set(statuses(client, 350)) == {503}
        assert set(statuses(client, 350, **{"X-Forwarded-For": "198.51.100.1"})) == {503}


def test_without_a_trusted_proxy_a_forged_address_changes_nothing(bare: Settings, running: Running) -> None:
    """Whoever writes another address into every request is one client still, and no https is believed."""
    limited = bare.model_copy(update={"rate_limit": "3/minute"})
    with running(create_app(limited), limited) as client:
        answers = [
            client.get(SEARCH, headers={"X-Forwarded-For": f"198.51.100.{n}", "X-Forwarded-Proto": "https"})
            for n in range(5)
        ]
    assert [answer.status_code for answer in answers] == [503, 503, 503, 429, 429]
    assert not any("strict-transport-security" in answer.headers for answer in answers)


def test_behind_a_trusted_proxy_the_last_address_that_is_none_of_its_own_counts(
    bare: Settings, running: Running
) -> None:
    """What a client wrote before it counts for nothing; an IPv6 subscriber is one client; https is believed and made to last."""
    behind = bare.model_copy(update={"rate_limit": "2/minute", "trusted_proxies": "127.0.0.1/32,10.0.0.0/8"})
    with running(create_app(behind), behind) as client:

        def asked(address: str) -> int:
            return client.get(SEARCH, headers={"X-Forwarded-For": address}).status_code

        assert [asked(f"203.0.113.{n}, 198.51.100.1, 10.1.2.3") for n in range(3)] == [503, 503, 429]
        assert asked("198.51.100.2") == 503
        assert [asked(f"2001:db8:0:1::{n}") for n in range(3)] == [503, 503, 429]
        assert asked("2001:db8:0:2::1") == 503
        told = client.get("/healthz", headers={"X-Forwarded-Proto": "https"}).headers
        assert told["strict-transport-security"] == "max-age=31536000"


def test_behind_a_proxy_of_this_machine_its_visitors_are_limited(bare: Settings, running: Running) -> None:
    """Whoever comes through a proxy is no program of this machine, even where the proxy names nobody."""
    behind = bare.model_copy(update={"trusted_proxies": "127.0.0.1"})
    with running(create_app(behind), behind) as client:
        assert statuses(client, 305).count(429) >= 4  # a new span of a minute may begin meanwhile


def test_wrong_tokens_are_counted_more_strictly(bare: Settings, running: Running) -> None:
    """After twenty guesses not even the right token is looked at; a request without one is no guess."""
    guarded = Settings.model_validate(bare.model_dump() | {"admin_token": TOKEN})
    with running(create_app(guarded), guarded) as client:
        assert statuses(client, 30, "/api/admin/none") == [401] * 30
        assert statuses(client, 1, "/api/admin/none", Authorization=f"Bearer {TOKEN}") == [404]
        guesses = statuses(client, 45, "/api/admin/none", Authorization="Bearer wrong")
        assert guesses[:20] == [401] * 20
        assert guesses.count(429) >= 4
        refused = client.get("/api/admin/none", headers={"Authorization": f"Bearer {TOKEN}"})
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) >= 1
        assert "合言葉" in refused.text
        assert TOKEN not in refused.text


@pytest.mark.parametrize(
    ("name", "value"), [("RATE_LIMIT", "often"), ("TRUSTED_PROXIES", "proxy.example.jp"), ("TRUSTED_PROXIES", "*")]
)
def test_a_setting_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """A rate that is none, or a proxy that is no address, stops the start with the name of the setting."""
    monkeypatch.setenv(f"MACHIPLAN_{name}", value)
    with pytest.raises(SettingsError, match=name):
        read_settings()


async def _count_many(limiter: RateLimiter, clients: int) -> int:
    for number in range(clients):
        await limiter.count(f"client {number}")
    return len(limiter._counts.storage)


def test_counts_do_not_grow_with_the_clients() -> None:
    """However many addresses come, the counts of at most so many are held."""
    import asyncio

    limiter = RateLimiter(read_rate("5/hour"))
    limiter._counts.storage.update({f"client of before {number}": 1 for number in range(2 * MOST_CLIENTS - 100)})
    assert asyncio.run(_count_many(limiter, 300)) <= 2 * MOST_CLIENTS
