"""Requests as no client would send them: bytes made at random of sound ones, the same for the same seed."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from tests.ui.small import TOKEN

QUESTION = "森町の計画期間は?"
ASK = {"question": QUESTION, "municipalities": [], "history": [{"role": "user", "content": "はい"}], "easy": False}
JOIN = {"data": [QUESTION, None], "event_data": None, "fn_index": 0, "trigger_id": 1, "session_hash": "abcdefgh"}
FORM = (
    b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nx\r\n'
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n{}\r\n--b--\r\n'
)

# What is asked soundly: method, address, and the body (JSON, bytes of a form, or None).
SOUND: tuple[tuple[str, str, Any], ...] = (
    ("POST", "/api/ask", ASK),
    ("POST", "/api/ask/stream", ASK),
    ("GET", "/api/answers/0123456789abcdef", None),
    ("POST", "/api/feedback", {"answer_id": "0123456789abcdef", "helpful": True, "comment": "はい"}),
    ("GET", "/api/plans", None),
    ("GET", "/api/plans/mori", None),
    ("GET", "/api/search?q=%E8%A8%88%E7%94%BB&k=10&municipality=%E6%A3%AE%E7%94%BA", None),
    ("GET", "/api/commitments?q=&year=2025&unit=a&sort=-title&format=csv&theme=DX", None),
    (
        "GET",
        "/api/compare?q=%E6%9C%9F%E9%96%93&municipality=%E6%A3%AE%E7%94%BA&municipality=%E5%B0%8F%E5%B7%9D%E7%94%BA",
        None,
    ),
    ("GET", "/api/evaluation", None),
    ("GET", "/api/admin/plans", None),
    ("POST", "/api/admin/plans", FORM),
    ("PUT", "/api/admin/plans/none", FORM),
    ("DELETE", "/api/admin/plans/none", None),
    ("GET", "/api/admin/ingestion", None),
    ("GET", "/api/admin/gaps?format=csv", None),
    ("POST", "/api/admin/evaluation", {"set": "none"}),
    ("DELETE", "/api/admin/evaluation", None),
    ("GET", "/api/admin/evaluation/questions", None),
    ("POST", "/api/admin/question-sets", FORM),
    (
        "POST",
        "/api/admin/cases",
        {"question": QUESTION, "towns": ["森町"], "must": [["a"]], "plan": "mori", "quote": "a"},
    ),
    ("GET", "/healthz", None),
    ("GET", "/readyz", None),
    ("GET", "/metrics", None),
    ("GET", "/openapi.json", None),
    ("POST", "/v1/chat/completions", {"model": "machiplan", "messages": ASK["history"], "stream": True, "n": 1}),
    ("GET", "/v1/models", None),
    ("GET", "/v1/models/machiplan", None),
    ("GET", "/", None),
    ("GET", "/view?plan=mori&start=1&end=9", None),
    ("GET", "/compare", None),
    ("GET", "/config", None),
    ("GET", "/theme.css", None),
    ("GET", "/static/fonts/none.woff2", None),
    ("GET", "/assets/none.js", None),
    ("GET", "/gradio_api/file=/etc/passwd", None),
    ("GET", "/gradio_api/queue/status", None),
    ("POST", "/gradio_api/queue/join", JOIN),
    ("POST", "/gradio_api/run/predict", JOIN),
    ("POST", "/gradio_api/upload", FORM),
    ("POST", "/gradio_api/cancel", {"session_hash": "abcdefgh", "fn_index": 0, "event_id": "a"}),
    ("POST", "/gradio_api/reset", {"event_id": "a"}),
)
METHODS = (
    "GET",
    "POST",
    "PUT",
    "DELETE",
    "HEAD",
    "OPTIONS",
    "TRACE",
    "PATCH",
    "CONNECT",
    "get",
    "FOO",
    "A" * 300,
    "G\0T",
)
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**400, -(10**30), 1e308, "", " ", "\0", "\ud800", "\udfff\ud800", "あ" * 3000, "\u202e", "𠮷",
    [], {}, [[]], [None], {"": None}, "../../../etc/passwd", "%00", "'; DROP TABLE answers; --", "<script>", "${jndi:x}", "{{7*7}}",
)  # fmt: skip
PIECES = (
    b"/../../../../etc/passwd", b"/%2e%2e/%2e%2e/etc/passwd", b"/..%2f..%2fetc%2fpasswd", b"%00", b"%ff%fe",
    b"%c0%ae", b"//", b"/.", b"\\", b";a=b", b"#x", b"?", b"&k=10&k=11", b"&q=%00", b"&q=" + b"a" * 5000,
    b"&k=" + b"9" * 5000, b"&municipality=%ed%a0%80", b"&=&&=", b"%0d%0aX-Injected:%201", b"\xff\xfe",
    b"\xe3\x81\x82", b"%", b"%zz", b"/" * 3000, b"?q[]=1&q[a]=2", b"&format=xml", b"&start=-1&end=1e9",
)  # fmt: skip
HEADERS = (
    b"Content-Length: 5", b"Content-Length: -1", b"Content-Length: 99999999999999999999", b"Content-Length: abc",
    b"Content-Length: 3, 4", b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip, chunked",
    b"Transfer-Encoding: x", b"Content-Type: text/plain", b"Content-Type: application/json; charset=utf-16",
    b"Content-Type: multipart/form-data", b"Content-Type: multipart/form-data; boundary=",
    b"Content-Type: application/x-www-form-urlencoded", b"Content-Type: \xff\xfe", b"Content-Encoding: gzip",
    b"Expect: 100-continue", b"Expect: nothing", b"Upgrade: websocket", b"Upgrade: h2c", b"Host: a, b", b"Host:",
    b"Host: \xff", b"Host: [::1", b"X-A: a\r\n b", b"X-A: a\rX-B: b", b"X-A: a\nX-B: b", b"X-A\0: b", b"X A: b",
    b": b", b"nothing", b"X-Long: " + b"a" * 70_000, b"Cookie: a=\xe3\x81\x82; =; a", b"Range: bytes=0-0,5-1,-",
    b"Accept: nothing/else;q=9", b"Accept-Encoding: br;q=x, gzip", b"Accept-Language: " + b"a," * 500,
    b"If-None-Match: *", b"If-Modified-Since: x", b"Authorization: Bearer", b"Authorization: Bearer \xff\xfe",
    b"Authorization: Basic Og==", b"X-Forwarded-For: ::1, \xff", b"X-Forwarded-Proto: x", b"Origin: null",
    b"Referer: \xff", b"Content-Disposition: x", b"X-HTTP-Method-Override: DELETE", b"Forwarded: for=\"",
    b"Sec-WebSocket-Key: x",
)  # fmt: skip


def odd_request(random: Random) -> bytes:
    """Return one to four requests as they go over the wire, most of them broken somewhere."""
    count = 1 if random.random() < 0.95 else random.randint(2, 4)
    return b"".join(_one(random, last=number == count - 1) for number in range(count))


def _one(random: Random, *, last: bool) -> bytes:
    method, address, body = random.choice(SOUND)
    if random.random() < 0.15:
        method = random.choice(METHODS)
    target = address.encode()
    for _ in range(random.choice((0, 0, 0, 0, 0, 1, 1, 2))):
        at = random.choice((len(target), random.randrange(len(target) + 1)))
        target = target[:at] + random.choice(PIECES) + target[at:]
    content = b"" if body is None else body if isinstance(body, bytes) else _json(random, body)
    if random.random() < 0.2:
        content = _flipped(random, content)
    lines = [b"Host: 127.0.0.1", b"Connection: close" if last else b"Connection: keep-alive"]
    if content or random.random() < 0.1:
        kind = b"multipart/form-data; boundary=b" if isinstance(body, bytes) else b"application/json"
        length = len(content) if random.random() < 0.93 else max(0, len(content) + random.randint(-20, 2000))
        lines += [b"Content-Type: " + kind, b"Content-Length: %d" % length]
    if random.random() < 0.8:
        lines.append(b"Authorization: Bearer " + TOKEN.encode())
    for _ in range(random.choice((0, 0, 0, 0, 1, 1, 2))):
        lines.insert(random.randrange(len(lines) + 1), random.choice(HEADERS))
    if random.random() < 0.03:
        lines += [b"X-%d: a" % number for number in range(random.choice((50, 500)))]
    version = (
        b"HTTP/1.1"
        if random.random() < 0.97
        else random.choice((b"HTTP/1.0", b"HTTP/9.9", b"HTTP/2", b"", b"http/1.1"))
    )
    ends = b"\r\n" if random.random() < 0.98 else random.choice((b"\n", b"\r"))
    whole = ends.join([method.encode() + b" " + target + b" " + version, *lines, b"", content])
    if random.random() < 0.03:
        return whole[: random.randrange(len(whole))]
    return _flipped(random, whole) if random.random() < 0.03 else whole


def _json(random: Random, body: dict[str, Any]) -> bytes:
    """Return a body of JSON with something wrong in it, or nothing."""
    kind = random.random()
    changed = dict(body)
    for _ in range(random.choice((0, 1, 1, 2))):
        name = random.choice((*body, "unknown", "__proto__"))
        changed[name] = random.choice(
            (*VALUES, [random.choice(VALUES)] * 25, {"role": "user", "content": random.choice(VALUES)})
        )
        if random.random() < 0.1:
            del changed[name]
    text = json.dumps(changed, ensure_ascii=random.random() < 0.9)
    if kind < 0.05:
        text = "[" * 50_000
    elif kind < 0.1:
        text = '{"a":' * 5_000 + "1" + "}" * 5_000
    elif kind < 0.15:
        text = text[:-1] + "," + text[1:]  # every name twice
    elif kind < 0.2:
        text = json.dumps(random.choice(VALUES))
    elif kind < 0.23:
        text = text.replace(":", ": NaN,", 1)
    elif kind < 0.26:
        text = " " * 300_000 + text
    encoding = "utf-8" if random.random() < 0.9 else random.choice(("utf-16", "utf-32", "utf-8-sig", "shift_jis"))
    return text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")


def _flipped(random: Random, content: bytes) -> bytes:
    """Return bytes with a few of them changed, or cut off."""
    if not content:
        return content
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 3, 20))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed[: random.randrange(len(changed))]) if random.random() < 0.3 else bytes(changed)
