"""How does an outside key service wrap for us? A small protocol of JSON over HTTP, by address or by Unix socket."""

from __future__ import annotations

import json
import os
import socket
from base64 import b64decode, b64encode
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from stat import S_IMODE
from threading import local
from typing import Any
from urllib.parse import urlsplit

from plumbing.vault.port import Item, KeyGone, KeyServiceAway, KeysRefused

PATIENCE = 5.0  # seconds; meanwhile a transaction is open
TOKEN_FILE = "QORGAN_KEYS_TOKEN_FILE"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class OutsideKeys:
    """POST /SERVICE/wrap, /unwrap, /make, /destroy, GET /newest, /all, /has/ID, /index; see docs/key_service.md.

    Each service has keys of its own under its name: who ends its old ones ends nobody else's.
    404 says that a key is gone, 401 and 403 that we are not let in; anything else that is no 200 is waited for.
    """

    def __init__(self, address: str, service: str) -> None:
        self._at = urlsplit(address)
        base = "" if self._at.scheme == "unix" else self._at.path.rstrip("/")
        self._room = f"{base}/{service}"
        self._own = local()  # a connection a thread
        if self._at.scheme == "http" and self._at.hostname not in LOOPBACK:
            raise KeysRefused(f"{address} would carry keys over the network for all to read: give https://… or unix://….")
        self._token = _token(os.environ.get(TOKEN_FILE, ""))

    def newest(self) -> str:
        return str(self._ask("GET", "/newest")["key"])

    def all(self) -> list[str]:
        return [str(one) for one in self._ask("GET", "/all")["keys"]]

    def make(self) -> str:
        return str(self._ask("POST", "/make")["key"])

    def has(self, key_id: str) -> bool:
        return bool(self._ask("GET", f"/has/{key_id}")["has"])

    def wrap(self, key_id: str, items: Sequence[Item]) -> list[bytes]:
        return self._many("/wrap", key_id, items)

    def unwrap(self, key_id: str, items: Sequence[Item]) -> list[bytes]:
        return self._many("/unwrap", key_id, items)

    def destroy(self, key_id: str) -> None:
        self._ask("POST", "/destroy", {"key": key_id})

    def index_key(self) -> bytes:
        return b64decode(self._ask("GET", "/index")["secret"])

    def _many(self, path: str, key_id: str, items: Sequence[Item]) -> list[bytes]:
        sent = [{"owner": owner, "secret": b64encode(secret).decode()} for owner, secret in items]
        return [b64decode(one) for one in self._ask("POST", path, {"key": key_id, "items": sent})["items"]]

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        try:
            status, text = self._once(method, path, body)
        except (OSError, HTTPException) as error:
            raise KeyServiceAway(f"the key service at {self._at.geturl()} does not answer: {error}") from error
        if status == 404:
            raise KeyGone(f"the key service has no such key ({path})")
        if status in (401, 403):
            raise KeysRefused(f"the key service at {self._at.geturl()} does not let us in: give its token in {TOKEN_FILE}.")
        if status != 200:
            raise KeyServiceAway(f"the key service at {self._at.geturl()} answers {status}")
        return json.loads(text)

    def _once(self, method: str, path: str, body: Any) -> tuple[int, bytes]:
        """On the thread's connection; once more on a new one if it had gone stale. To ask again changes nothing."""
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {self._token}"} if self._token else {})}
        content = json.dumps(body or {}) if method == "POST" else None
        reused = getattr(self._own, "connection", None) is not None
        connection = self._own.connection = getattr(self._own, "connection", None) or self._connected()
        try:
            connection.request(method, self._room + path, content, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, HTTPException):
            connection.close()
            self._own.connection = None
            if not reused or path == "/make":
                raise
        return self._once(method, path, body)

    def _connected(self) -> HTTPConnection:
        if self._at.scheme == "unix":
            return _UnixConnection(self._at.path)
        kind = HTTPSConnection if self._at.scheme == "https" else HTTPConnection
        return kind(self._at.hostname or "127.0.0.1", self._at.port, timeout=PATIENCE)


def _token(path: str) -> str:
    if not path:
        return ""
    try:
        if S_IMODE(Path(path).stat().st_mode) & 0o077:
            raise KeysRefused(f"others may read the token {path} ({TOKEN_FILE}): `chmod 600 {path}`.")
        return Path(path).read_text("utf-8").strip()
    except OSError as error:
        raise KeysRefused(f"{path} ({TOKEN_FILE}) cannot be read: {error.strerror}.") from error


class _UnixConnection(HTTPConnection):
    """HTTP through a socket file, whose own mode says who may ask."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=PATIENCE)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(self._path)
