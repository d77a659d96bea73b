"""How does the simulation speak to a service's door, as any client would?"""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

_OPENER = build_opener(ProxyHandler({}))  # a proxy of the environment has no business on this machine


def send(method: str, url: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, Any]:
    """(status, parsed JSON); (0, reason) if nobody answered: then the same is sent again under the same key."""
    data = json.dumps(body).encode() if body is not None else None
    return _ask(Request(url, data, {"Content-Type": "application/json", **(headers or {})}, method=method))


def act(url: str, **fields: str) -> int:
    """Post a form of a worklist page, exactly as its button does; gives the status after the redirect."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    return _ask(Request(url, urlencode(fields).encode(), form, method="POST"))[0]


def _ask(request: Request) -> tuple[int, Any]:
    try:
        with _OPENER.open(request, timeout=10) as answer:
            return answer.status, _parsed(answer.read())
    except HTTPError as error:
        return error.code, _parsed(error.read())
    except (URLError, OSError, HTTPException) as error:  # also one that was killed in the middle of its answer
        return 0, str(error)


def _parsed(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text.decode("utf-8", "replace")
