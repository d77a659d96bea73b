"""How does a test speak HTTP with a service that may die at any moment?"""

from __future__ import annotations

import http.client
import json
import time
from typing import Any
from urllib.parse import urlencode, urlsplit

Answer = tuple[int, Any]


def ask(method: str, url: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
    """(status, what was answered, read as JSON if it is JSON); a dict as body is sent as JSON."""
    place = urlsplit(url)
    connection = http.client.HTTPConnection(place.netloc, timeout=20)
    try:
        sent = {"content-type": "application/json", **(headers or {})}
        content = json.dumps(body).encode() if isinstance(body, dict) else body
        connection.request(method, place.path + (f"?{place.query}" if place.query else ""), content, sent)
        answer = connection.getresponse()
        told = answer.read()
        return answer.status, json.loads(told) if "json" in answer.headers.get("content-type", "") else told.decode()
    finally:
        connection.close()


def ask_patiently(method: str, url: str, body: Any, headers: dict[str, str], *, patience: float = 60) -> Answer:
    """Ask the same again, with the same key, until somebody answers other than 503."""
    until = time.monotonic() + patience
    while True:
        try:
            status, told = ask(method, url, body, headers)
            if status != 503:
                return status, told
        except (OSError, http.client.HTTPException):
            status = 0
        assert time.monotonic() < until, f"nobody answered {method} {url} (last: {status})"
        time.sleep(0.05)


def form(url: str, **fields: str | list[str]) -> int:
    """Fill in and send a form as a person does; gives the status (303: done)."""
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return ask("POST", url, urlencode(fields, doseq=True).encode(), headers)[0]
