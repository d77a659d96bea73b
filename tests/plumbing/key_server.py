"""What is the smallest outside key service? `python -m tests.plumbing.key_server FOLDER SOCKET [TOKEN]` on a Unix socket."""

from __future__ import annotations

import json
import sys
from base64 import b64decode, b64encode
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingUnixStreamServer
from typing import Any

from plumbing.vault.folder import FolderKeys
from plumbing.vault.port import KeyGone, KeysRefused

FOLDER, SOCKET, *TOKEN = sys.argv[1:]
ROOMS: dict[str, FolderKeys] = {}


def room(name: str) -> FolderKeys:
    """Each service has keys of its own. Raises KeysRefused for one that has no room here."""
    return ROOMS.setdefault(name, FolderKeys(FOLDER, name))


def answer(asked: str, body: dict[str, Any]) -> dict[str, Any]:
    """The protocol of docs/key_service.md."""
    name, _, rest = asked.removeprefix("/").partition("/")
    keys, path = room(name), f"/{rest}"
    if path.startswith("/has/"):
        return {"has": keys.has(path.removeprefix("/has/"))}
    if path in ("/wrap", "/unwrap"):
        items = [(one["owner"], b64decode(one["secret"])) for one in body["items"]]
        done = keys.wrap(body["key"], items) if path == "/wrap" else keys.unwrap(body["key"], items)
        return {"items": [b64encode(one).decode() for one in done]}
    if path == "/destroy":
        keys.destroy(body["key"])
        return {}
    plain: dict[str, Any] = {
        "/newest": lambda: {"key": keys.newest()}, "/make": lambda: {"key": keys.make()}, "/all": lambda: {"keys": keys.all()},
        "/index": lambda: {"secret": b64encode(keys.index_key()).decode()},
    }
    return plain[path]()


class Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def address_string(self) -> str:
        return "socket"

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._reply({})

    def do_POST(self) -> None:
        self._reply(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _reply(self, body: dict[str, Any]) -> None:
        status, told = 200, {}
        if TOKEN and self.headers.get("Authorization") != f"Bearer {TOKEN[0]}":
            status = 401
        else:
            try:
                told = answer(self.path, body)
            except KeyGone:
                status = 404
            except KeysRefused:
                status = 403
        text = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


if __name__ == "__main__":
    ThreadingUnixStreamServer.daemon_threads = True
    with ThreadingUnixStreamServer(SOCKET, Door) as server:
        server.serve_forever()
