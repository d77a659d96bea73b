"""How does a test get a checkout of its own, with services that only say they are ready?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.local.roles import SERVICES

HERE = Path(__file__).parents[2]
FAKE_SERVICE = """\
import http.server, os
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if os.environ["QORGAN_KAFKA"] else 503)
        self.end_headers()
    def log_message(self, *words):
        pass
host, port = os.environ["QORGAN_HTTP"].split(":")
http.server.HTTPServer((host, int(port)), Page).serve_forever()
"""


def checkout(folder: Path) -> Path:
    for name in "deploy", "plumbing", "schemas":
        shutil.copytree(HERE / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in SERVICES:
        room = folder / "services" / name
        room.mkdir(parents=True)
        (room / "__init__.py").touch()
        (room / "__main__.py").write_text(FAKE_SERVICE)
    return folder


def whole_checkout(folder: Path) -> Path:
    """With the real services."""
    for name in ("deploy", "schemas", "plumbing", "services", "simulation", "tests/police_intake/journals"):
        shutil.copytree(HERE / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def left(folder: Path) -> list[str]:
    """Processes of this checkout that still run."""
    shown = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True).stdout
    return [line for line in shown.splitlines() if str(folder / "var") in line]


def environment(**extra: str) -> dict[str, str]:
    """Ours, without an outside broker or database."""
    return {**{name: value for name, value in os.environ.items() if "QORGAN" not in name}, **extra}


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "deploy.local", *words]


def ask(folder: Path, *words: str, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*words), cwd=folder, env=environment(**extra), capture_output=True,
                          text=True, timeout=120)
