"""Where do style sheets and scripts come from? From here, named by their content, so that they may be kept for ever."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import Response

STATIC = Path(__file__).parent / "static"
FILES = {
    "govuk.css": (STATIC / "vendor/govuk.css", "text/css"),
    "qorgan.css": (STATIC / "qorgan.css", "text/css"),
    "icon.svg": (STATIC / "icon.svg", "image/svg+xml"),
    "htmx.js": (STATIC / "vendor/htmx.js", "text/javascript"),
}
KEPT = "public, max-age=31536000, immutable"


@cache
def content(name: str) -> tuple[bytes, str]:
    """(bytes, digest) of a file we serve."""
    found = FILES[name][0].read_bytes()
    return found, sha256(found).hexdigest()[:16]


def addressed(name: str) -> str:
    return f"/static/{content(name)[1]}/{name}"


def add(app: FastAPI) -> None:
    @app.get("/static/{digest}/{name}", include_in_schema=False)
    async def file(digest: str, name: str) -> Response:
        if name not in FILES or digest != content(name)[1]:
            return Response(status_code=404)
        return Response(content(name)[0], media_type=FILES[name][1], headers={"Cache-Control": KEPT})
