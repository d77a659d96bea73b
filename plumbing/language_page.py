"""How does somebody choose the language of the pages? A cookie, and back to where they were."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import FastAPI
from fastapi.responses import RedirectResponse, Response

from plumbing.problems import Problem

YEAR_SECONDS = 365 * 24 * 3600


def add(app: FastAPI, names: Iterable[str]) -> None:
    @app.api_route("/language/{language}", methods=["GET", "POST"], include_in_schema=False)
    def choose_language(language: str, back: str = "/") -> Response:
        if language not in names:
            raise Problem(404, "unknown-language", f"pages are in {', '.join(names)}")
        answer = RedirectResponse(back if is_local(back) else "/", 303)
        answer.set_cookie("lang", language, max_age=YEAR_SECONDS, httponly=True, samesite="lax")
        return answer


def is_local(path: str) -> bool:
    """A path of this door, and nothing a browser could take for another host."""
    return path.startswith("/") and not path.startswith("//") and path.isprintable() and "\\" not in path
