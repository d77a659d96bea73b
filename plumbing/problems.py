"""How is a request refused? RFC 9457 problems that name every bad field with its rule and its mend."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response

BODY_BYTES_MAX = 1 << 20
Scope = dict[str, Any]


@dataclass(frozen=True)
class BadField:
    """One wrong value: where it stands, which rule it breaks, and how to mend it."""

    field: str
    rule: str
    mend: str


class Problem(Exception):
    """An answer that is no success; `kind` names it for machines, `title` and `detail` for people."""

    def __init__(
        self, status: int, kind: str, detail: str, errors: Sequence[BadField] = (), *, retry_after: int = 0
    ) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail, self.errors = status, kind, detail, errors
        self.headers = {"Retry-After": str(retry_after or 2)} if retry_after or status == 503 else {}
        if status == 401:
            self.headers["WWW-Authenticate"] = "Bearer"

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "type": f"urn:qorgan:problem:{self.kind}",
            "title": self.kind.replace("-", " "),
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = [asdict(error) for error in self.errors]
        return body


def respond(problem: Problem) -> JSONResponse:
    return JSONResponse(problem.body(), problem.status, problem.headers, media_type="application/problem+json")


def wants_page(request: Request) -> bool:
    """A browser asks for HTML by name; machines take what they get."""
    return "text/html" in request.headers.get("accept", "")


async def answer_problem(request: Request, error: Exception) -> Response:
    """The problem as a page for people, in their language, if this door has pages; as JSON for machines."""
    assert isinstance(error, Problem)
    page = getattr(request.app.state, "problem_page", None)
    if page is None or not wants_page(request):
        return respond(error)
    told: Response = page(request, error)
    told.headers.update(error.headers)
    return told


async def answer_wrong_question(request: Request, error: Exception) -> Response:
    """An address with a value that cannot be: every one is named, and never repeated."""
    assert isinstance(error, RequestValidationError)
    mend = "correct it in the address, or leave it out"
    wrong = [BadField(str(one["loc"][-1]), str(one["msg"]), mend) for one in error.errors()]
    return await answer_problem(request, Problem(422, "bad-fields", "the address holds a value that cannot be", wrong))


class BodyLimit:
    """Refuses a body above the limit before anyone reads it whole, whether or not its length was declared."""

    def __init__(self, app: Callable[..., Awaitable[None]], most: int = BODY_BYTES_MAX) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Callable[[], Awaitable[Any]], send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        messages, size, more = [], 0, True
        while more and size <= self._most:
            message = await receive()
            messages.append(message)
            size += len(message.get("body", b""))
            more = message.get("more_body", False)
        if size > self._most:
            detail = f"the body is larger than {self._most} bytes: send it in parts, or import it as a file"
            await respond(Problem(413, "body-too-large", detail))(scope, receive, send)
            return
        messages.reverse()

        async def replay() -> Any:
            return messages.pop() if messages else await receive()

        await self._app(scope, replay, send)
