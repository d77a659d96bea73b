"""What do people and machines meet at this service's door: probes, figures, and its own pages?"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from plumbing import VERSION, actors, acts, language_page, metrics, static, tasks
from plumbing.broker import reachable
from plumbing.crowding import few_at_once
from plumbing.forms import EMPTY
from plumbing.guarding import guard
from plumbing.identity import is_id, new_id
from plumbing.languages import NAMES, choose, speeches
from plumbing.moments import filters
from plumbing.opening import OpenDoors
from plumbing.permitting import Access
from plumbing.postgres import Conflict, LostConnection, Transaction
from plumbing.problems import BodyLimit, Problem, answer_problem, answer_wrong_question
from plumbing.service import Heard, Service
from plumbing.settings import MissingSetting, Settings
from plumbing.templating import templates

if TYPE_CHECKING:
    from plumbing.step import Step

TIME_ASKED_EVERY = 5.0  # seconds

class Desk:
    """Where a form becomes a command: one step per thread, and the same transaction as a message from the wire."""

    def __init__(
        self, service: Service, settings: Settings, new_step: Callable[[str], Step], close: Callable[..., None] | None = None
    ) -> None:
        """`close` closes the doors of an application, where an issuer says who everybody is."""
        self.service, self.settings, self._new_step, self.close = service, settings, new_step, close
        self._own = threading.local()
        self.access = Access(service.folder)
        self.speeches = speeches(service.folder)
        self.templates = {name: templates(service.folder, speech, filters(speech)) for name, speech in self.speeches.items()}

    @property
    def step(self) -> Step:
        if not hasattr(self._own, "step"):
            self._own.step = self._new_step("web")
        return self._own.step

    def act(self, command: Any, key: str, act_id: str = "") -> Sequence[Any]:
        """Run one command; gives its events, none if this form (act_id) had its effect before.

        Raises Problem 503 while the database is away: the same form may then be sent again.
        """
        heard = Heard(command, acts.PREFIX + act_id if is_id(act_id) else f"command/{new_id()}", key)
        try:
            events = self._asked(lambda: self.step.run([heard])[0])
        except acts.DoneBefore:
            events = (acts.SENT_OTHERWISE,)
        before = acts.refusal(events) and self.look(lambda tx: acts.done_as(tx, heard))
        if before is None or not is_id(act_id):
            return events
        return () if before else (acts.SENT_OTHERWISE,)

    def refusal(self, events: Sequence[Any], key: str) -> tuple[Any, Any]:
        """(the refusal, who acted last on this key), if these events refuse a command."""
        refused = acts.refusal(events)
        return refused, self.look(lambda tx: acts.last_on(tx, key)) if refused else None

    def look(self, question: Callable[[Transaction], Any]) -> Any:
        """Ask the store something, in a transaction of its own; once more if the connection had gone stale."""

        def asked() -> Any:
            with self.step.database.transaction() as tx:
                return question(tx)

        try:
            return asked()
        except LostConnection:
            return self._asked(asked)

    def now(self) -> Any:
        """The database's time; asked now and then, and counted on from there."""
        asked, told = getattr(self._own, "time", (0.0, None))
        if told is None or monotonic() - asked > TIME_ASKED_EVERY:
            asked, told = self._own.time = (monotonic(), self.look(lambda tx: tx.now()))
        return self.step.clock.at(told + timedelta(seconds=monotonic() - asked))

    def page(self, request: Request, name: str, context: dict[str, Any]) -> HTMLResponse:
        """A page in the reader's language; `status` in the context is its HTTP status."""
        language = choose(
            request.cookies.get("lang", ""), request.headers.get("accept-language", ""), self.settings.language
        )
        who = {"actor": actors.known(), "open_doors": not self.settings.issuer, "may": self.may}
        shown = {"service": self.service.name, "languages": NAMES, "form": EMPTY, **who, **context}
        pages = self.templates[language]
        page: HTMLResponse = pages.TemplateResponse(request, name, shown, status_code=context.get("status", 200))
        page.headers["Content-Language"] = language
        return page

    def may(self, route: str) -> bool:
        """May who asks now go there? For links: with open doors everybody may."""
        return not self.settings.issuer or self.access.may_ask(route)

    def show_problem(self, request: Request, problem: Problem) -> HTMLResponse:
        return self.page(request, "problem.html", {"problem": problem, "status": problem.status})

    def _asked(self, work: Callable[[], Any]) -> Any:
        try:
            return work()
        except (LostConnection, Conflict) as error:
            metrics.REQUESTS.labels(self.service.name, "unavailable").inc()
            raise Problem(503, "database-away", "the database does not answer: try again with the same key") from error


def application(desk: Desk) -> FastAPI:
    """The FastAPI application of one service; every answer is uncached and may load nothing from elsewhere."""
    app = FastAPI(title=f"Qorgan {desk.service.name}", version=VERSION, docs_url=None, redoc_url=None, lifespan=few_at_once)
    app.add_exception_handler(Problem, answer_problem)
    app.add_exception_handler(RequestValidationError, answer_wrong_question)
    app.state.problem_page = desk.show_problem
    if not desk.settings.issuer:
        app.add_middleware(OpenDoors)
    elif desk.close:
        desk.close(app, desk)
    else:
        raise MissingSetting("the doors are to be closed, and nothing was given that closes them")
    app.add_middleware(BodyLimit)
    guard(app)
    static.add(app)
    language_page.add(app, NAMES)
    _add_probes(app, desk)
    _add_home(app, desk)
    if desk.service.add_pages:
        desk.service.add_pages(app, desk)
    return app


def _add_probes(app: FastAPI, desk: Desk) -> None:
    @app.get("/livez", include_in_schema=False)
    async def livez() -> dict[str, str]:  # answers in a crowd, too
        return {"status": "alive"}

    @app.get("/readyz", include_in_schema=False)
    def readyz() -> JSONResponse:
        kafka = reachable(desk.settings.kafka)
        try:
            desk.look(lambda tx: tx.now())
        except Problem:
            return JSONResponse({"database": False, "kafka": kafka}, 503)
        return JSONResponse({"database": True, "kafka": kafka})  # without Kafka work is still accepted

    @app.get("/metrics", include_in_schema=False)
    def figures() -> Response:
        text, kind = metrics.page()
        return Response(text, media_type=kind)


def _add_home(app: FastAPI, desk: Desk) -> None:
    @app.get("/", include_in_schema=False)
    def home() -> RedirectResponse:
        return RedirectResponse(desk.access.home() if desk.settings.issuer else "/worklist", 303)


def open_tasks(tx: Transaction) -> list[tuple[Any, ...]]:
    """What waits for a person here, for the worklist page."""
    return tasks.waiting(tx)


def serve(desk: Desk, more: Callable[[FastAPI, Desk], None], stopping: threading.Event) -> None:
    """Serve until told to stop; requests under way are finished first."""
    app = application(desk)
    more(app, desk)
    config = uvicorn.Config(
        app, desk.settings.http_host, desk.settings.http_port, log_level="warning", access_log=False,
        timeout_graceful_shutdown=5, server_header=False,
    )
    server = uvicorn.Server(config)
    threading.Thread(target=_end_with, args=(server, stopping), daemon=True).start()
    server.run()
    if not stopping.is_set():
        raise OSError(f"the page of {desk.service.name} could not be served at port {desk.settings.http_port}")


def _end_with(server: uvicorn.Server, stopping: threading.Event) -> None:
    stopping.wait()
    server.should_exit = True
