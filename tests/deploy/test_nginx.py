"""nginx with the example configuration before two real servers: what residents see through it, also when a server dies."""

from __future__ import annotations

import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.conftest import _free_port
from tests.ui.faults.machine import QUESTION, Machine, Server
from tests.ui.small import build_small_index
from tests.ui.web.chat.conftest import PAUSE
from ui.api.frame import LARGEST_BODY, LARGEST_UPLOAD

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from index.embedder import Embedder

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
INSTALL = "sudo apt-get install nginx-light"
NAME = "plan.example.jp"
GROUPS = "0123456789abcdef"
ALLOWED = 20  # questions and searches a minute and client

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Proxy:
    """nginx's address, and what a client of it must believe."""

    url: str
    trusted: ssl.SSLContext

    @contextmanager
    def client(self, address: str = "127.0.0.1", group: str = "") -> Iterator[httpx.Client]:
        """Give a client that speaks from an address of this machine, with the cookie of a group."""
        transport = httpx.HTTPTransport(verify=self.trusted, local_address=address)
        cookies = {"machiplan_group": group} if group else {}
        with httpx.Client(transport=transport, base_url=self.url, cookies=cookies, timeout=60) as client:
            yield client


@contextmanager
def nginx(folder: Path, workers: list[str]) -> Iterator[Proxy]:
    """Run nginx with the example configuration, its files, ports and workers exchanged, until the block ends."""
    command = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if command is None:
        pytest.skip(f"nginx is not installed; this installs it: {INSTALL}")
    folder.mkdir()
    key, certificate = folder / "privkey.pem", folder / "fullchain.pem"
    names = f"subjectAltName=DNS:{NAME},IP:127.0.0.1"
    make = ["openssl", "req", "-x509", "-nodes", "-days", "2", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    subject = ["-subj", f"/CN={NAME}", "-addext", names, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*make, *subject], check=True, capture_output=True)
    plain, secure = _free_port(), _free_port()
    (folder / "workers.conf").write_text("".join(f"server {worker};\n" for worker in workers), "utf-8")
    example = (DEPLOY / "nginx.conf").read_text("utf-8")
    example = re.sub(r"^ *listen \[::\].*\n", "", example, flags=re.MULTILINE)
    for written, here in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ": f"listen 127.0.0.1:{secure} ",
        "/etc/nginx/tls/": f"{folder}/",
        "/etc/nginx/machiplan-workers.conf": f"{folder}/workers.conf",
    }.items():
        assert written in example
        example = example.replace(written, here)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""  # another user could not enter the test's folders
    whole = f"{user} daemon off; pid {folder}/pid; error_log {folder}/errors; events {{}} http {{ access_log off; {temporary}\n{example}}}"
    (folder / "nginx.conf").write_text(whole, "utf-8")
    process = subprocess.Popen([command, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", f"{folder}/errors"])
    try:
        proxy = Proxy(f"https://127.0.0.1:{secure}", ssl.create_default_context(cafile=certificate))
        end = time.monotonic() + 30
        while True:
            try:
                assert httpx.get(f"http://127.0.0.1:{plain}/a?b").headers["Location"] == "https://127.0.0.1/a?b"
                break
            except httpx.TransportError:
                assert process.poll() is None, (folder / "errors").read_text()
                assert time.monotonic() < end, (folder / "errors").read_text()
                time.sleep(0.1)
        yield proxy
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture
def workers(embedder: Embedder, machiplan: Path, tmp_path: Path) -> Iterator[list[Server]]:
    """Two servers behind a proxy of this machine, over one index and one file of answers."""
    build_small_index(tmp_path / "town", embedder, ("mori.txt", "北海道森町"))
    settings = {
        "MACHIPLAN_WEB_PAGE": "true",
        "MACHIPLAN_TRUSTED_PROXIES": "127.0.0.1",
        "MACHIPLAN_ALLOWED_HOSTS": NAME,
        "MACHIPLAN_RATE_LIMIT": f"{ALLOWED}/minute",
    }
    machine = Machine(tmp_path / "town", machiplan, **settings)
    with ExitStack() as running:
        yield [running.enter_context(machine.serving()) for _ in range(2)]


@pytest.fixture
def proxy(workers: list[Server], tmp_path: Path) -> Iterator[Proxy]:
    """nginx before the two."""
    with nginx(tmp_path / "nginx", [worker.client.base_url.netloc.decode() for worker in workers]) as running:
        yield running


SLOWLY = """
import sys
from pathlib import Path
from index.embedder import open_embedder
from tests.ui.web.chat.conftest import serving_slowly
with serving_slowly(Path(sys.argv[1]), open_embedder("default"), Path(sys.argv[2])) as url:
    print(url, flush=True)
    sys.stdin.read()
"""


@contextmanager
def slow_server(index: Path, answers: Path) -> Iterator[str]:
    """Give the address of a server, a process of its own, that rests in each answer."""
    python = os.pathsep.join([str(DEPLOY.parent), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-c", SLOWLY, str(index), str(answers)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": python}, stdin=pipe, stdout=pipe, text=True) as run:
        assert run.stdout is not None
        yield run.stdout.readline().strip()
        run.communicate()  # its input ends, and so it does


def plans_told(worker: Server) -> float:
    """Return how often a worker has told of its plans."""
    numbers = worker.client.get("/metrics").text
    counts = re.findall(r'^machiplan_http_requests_total\{.*route="/api/plans",.*\} (\S+)$', numbers, re.MULTILINE)
    return sum(map(float, counts))


def test_pages_and_answers_come_through(proxy: Proxy, workers: list[Server], browser: Browser) -> None:
    """A page opens in a browser and answers, the API answers, over HTTP/2 too; both workers know of every answer."""
    page = browser.new_context(ignore_https_errors=True).new_page()
    for address in ("/", "/register", "/?town=013455"):
        page.goto(proxy.url + address)
    page.locator("#prompts .gallery-item").first.wait_for()
    page.fill("#question textarea", QUESTION["question"])
    page.keyboard.press("Enter")
    page.get_by_text("年12回").first.wait_for(timeout=60_000)
    assert [cookie["name"] for cookie in page.context.cookies()] == ["machiplan_group"]
    with proxy.client() as client:
        headers = {"Host": f"{NAME}:{client.base_url.port}", "Origin": f"https://{NAME}:{client.base_url.port}"}
        answered = client.post("/api/ask", json=QUESTION, headers=headers)
        assert "年12回" in answered.json()["answer"]
        assert "Strict-Transport-Security" in answered.headers  # it knows that its visitor came by TLS
        for worker in workers:
            assert worker.client.get(f"/api/answers/{answered.json()['id']}").status_code == 200
        assert client.get("/api/plans", headers={"Host": "evil.example"}).json()["error"]["code"] == "unknown_host"
        assert client.get("/metrics").status_code == 404
    spoken = ["curl", "-sk", "--http2", "-o", "/dev/null", "-w", "%{http_version} %{http_code}", f"{proxy.url}/readyz"]
    assert subprocess.run(spoken, capture_output=True, text=True, check=True).stdout == "2 200"


def test_a_visitor_stays_with_a_worker_and_the_groups_use_both(proxy: Proxy, workers: list[Server]) -> None:
    """Whoever comes first draws a group; each group has one worker, and no worker has none."""
    with proxy.client() as client:
        drawn = client.get("/api/plans").cookies["machiplan_group"]
        assert drawn in GROUPS
        assert "Set-Cookie" not in client.get("/api/plans").headers
    per_group = set()
    for group in GROUPS:
        before = [plans_told(worker) for worker in workers]
        with proxy.client(group=group) as client:
            for _ in range(3):
                assert client.get("/api/plans").status_code == 200
        per_group.add(tuple(plans_told(worker) - count for worker, count in zip(workers, before, strict=True)))
    assert per_group == {(3, 0), (0, 3)}


def test_a_worker_that_dies_is_not_missed(proxy: Proxy, workers: list[Server]) -> None:
    """From the next request on the other one answers everybody, questions too; without any, a Japanese sentence says so."""
    workers[0].process.kill()
    workers[0].process.wait()
    for group in GROUPS:
        with proxy.client(f"127.0.0.{GROUPS.index(group) + 10}", group) as client:
            assert "年12回" in client.post("/api/ask", json=QUESTION).json()["answer"]
    workers[1].process.kill()
    workers[1].process.wait()
    with proxy.client() as client:
        away = client.get("/")
        assert (away.status_code, away.headers["Retry-After"]) == (503, "10")
        assert "ただいま使えません" in away.text


def test_each_client_has_a_rate_of_its_own(proxy: Proxy) -> None:
    """The limit counts the visitor's address, not the proxy's, and not what the visitor says of itself."""

    def search(address: str, **headers: str) -> int:
        with proxy.client(address, "0") as client:
            return client.get("/api/search", params={"q": "計画"}, headers=headers).status_code

    codes = [search("127.0.0.2") for _ in range(ALLOWED + 1)]
    assert codes == [200] * ALLOWED + [429]
    assert search("127.0.0.2", **{"X-Forwarded-For": "198.51.100.7"}) == 429
    assert search("127.0.0.3") == 200


def test_limits_of_bodies_are_told_by_the_server_itself(proxy: Proxy) -> None:
    """A body over its limit gets machiplan's sentence; nginx's own limits are a little over those."""
    example = (DEPLOY / "nginx.conf").read_text("utf-8")
    units = {"k": 1024, "m": 1024**2}
    sizes = [int(n) * units[unit] for n, unit in re.findall(r"client_max_body_size (\d+)([km]);", example)]
    for limit, size in zip((LARGEST_BODY, LARGEST_UPLOAD), sizes, strict=True):
        assert limit < size <= 1.3 * limit
    with proxy.client() as client:
        refused = client.post("/api/ask", content=json.dumps({"question": "あ" * 50_000}))
        assert refused.status_code == 413
        assert refused.json()["error"]["code"]


def test_streams_come_in_pieces(embedder: Embedder, tmp_path: Path) -> None:
    """The first words are there before the server has finished; a page's stream tells that it lives while it stays open."""
    index = build_small_index(tmp_path / "town", embedder, ("mori.txt", "北海道森町"))
    with (
        slow_server(index, tmp_path / "answers.sqlite3") as url,
        nginx(tmp_path / "nginx", [url.removeprefix("http://")]) as proxy,
        proxy.client() as client,
    ):
        with client.stream("POST", "/api/ask/stream", json=QUESTION) as response:
            times = [time.monotonic() for piece in response.iter_raw() if piece]
        assert times[-1] - times[0] > PAUSE / 2
        chat = {"model": "machiplan", "stream": True, "messages": [{"role": "user", "content": QUESTION["question"]}]}
        for path, body in (("/api/ask/stream", QUESTION), ("/v1/chat/completions", chat)):
            assert httpx.post(url + path, json=body, timeout=60).headers["X-Accel-Buffering"] == "no"
            assert "X-Accel-Buffering" not in client.post(path, json=body).headers  # nginx took it for itself
        with client.stream("GET", "/gradio_api/heartbeat/visitor") as response:
            begun = time.monotonic()
            assert "ALIVE" in next(response.iter_text())
            assert time.monotonic() - begun < 10  # the next one comes after fifteen seconds
