"""How does a machine of this folder get a token from its issuer?"""

from __future__ import annotations

import http.client
import json
from base64 import b64encode
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit


def token(folder: Path, issuer: str, machine: str, audience: str) -> str:
    """An access token of a machine that the issuer of this folder knows; raises OSError or KeyError if it gets none."""
    secret = json.loads((folder / "staff.json").read_text("utf-8"))["machines"][machine]["secret"]
    basic = b64encode(f"{machine}:{secret}".encode()).decode()
    body = urlencode({"grant_type": "client_credentials", "audience": audience})
    headers = {"Authorization": f"Basic {basic}", "Content-Type": "application/x-www-form-urlencoded"}
    connection = http.client.HTTPConnection(urlsplit(issuer).netloc, timeout=10)
    try:
        connection.request("POST", "/token", body, headers)
        told: dict[str, Any] = json.loads(connection.getresponse().read())
    finally:
        connection.close()
    return str(told["access_token"])
