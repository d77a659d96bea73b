"""What do people and machines meet at this service's door: probes, figures, and its own pages?"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from plumbing import VERSION, acts, language_page, metrics, static, tasks, wall
from plumbing.audit import drafts, store
from plumbing.audit.asked import Asked
from plumbing.broker import reachable
from plumbing.crowding import few_at_once
from plumbing.forms import EMPTY
from plumbing.guarding import guard
from plumbing.identity import is_id, new_id
from plumbing.languages import NAMES, choose, speeches
from plumbing.moments import filters
from plumbing.postgres import Conflict, Database, LostConnection, Transaction
from plumbing.problems import BodyLimit, Problem, answer_problem, answer_wrong_question
from plumbing.service import Heard, Service
from plumbing.settings import Settings
from plumbing.templating import templates

if TYPE_CHECKING:
    from plumbing.step import Step

log = logging.getLogger(__name__)
TIME_ASKED_EVERY = 5.0  # seconds
LIFE = re.compile(r"[a-z0-9/_-]{1,80}")  # a typed id is kept in locks and decisions: no name may be typed in its place
UNWRITTEN = "it cannot be written down who looks at this, and so it is not shown: try again, or ask who runs the service"
UNSEEN = "there is nothing of this name here"


class Desk:
    """Where a form becomes a command: one step per thread, and the same transaction as a message from the wire."""

    def __init__(self, service: Service, settings: Settings, new_step: Callable[[str], Step]) -> None:
        self.service, self.settings, self._new_step = service, settings, new_step
        self._own = threading.local()
        self._objects = wall.named(wall.read(service.folder))
        self.speeches = speeches(service.folder)
        self.templates = {name: templates(service.folder, speech, filters(speech)) for name, speech in self.speeches.items()}

    @property
    def step(self) -> Step:
        if not hasattr(self._own, "step"):
            self._own.step = self._new_step("web")
        return self._own.step

    @property
    def eyes(self) -> Database:
        """The pages' own connection: it only reads, and sees what the wall lets its actor see."""
        if not hasattr(self._own, "eyes"):
            name, dsn = f"{self.service.name}/desk", self.settings.dsn_desk or self.settings.dsn
            self._own.eyes = Database(dsn, name, begin=wall.asking)
        return self._own.eyes

    def act(self, command: Any, key: str, act_id: str = "") -> Sequence[Any]:
        """Run one command; gives its events, none if this form (act_id) had its effect before.

        Raises Problem 503 while the database is away: the same form may then be sent again. What who is asking may not
        see is not there for them: Problem 404.
        """
        if not LIFE.fullmatch(key):
            raise Problem(404, "unknown-life", "there is nothing of this id")
        if self._asked(lambda: wall.hides(self._objects, (self.eyes, self.step.database), (key, *vars(command).values()))):
            raise Problem(404, "unknown", UNSEEN)
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
        """Ask the store something, behind the wall, in a transaction of its own; once more if the connection was lost."""
        return self._of(self.eyes, question)

    def as_service(self, question: Callable[[Transaction], Any]) -> Any:
        """The same, as the service itself: for what no page shows, as its sessions, and may change."""
        return self._of(self.step.database, question)

    def _of(self, database: Database, question: Callable[[Transaction], Any]) -> Any:
        def asked() -> Any:
            with database.transaction() as tx:
                return question(tx)

        try:
            return asked()
        except LostConnection:
            return self._asked(asked)

    def show(self, question: Callable[[Transaction], Any], seen: Callable[[Any], Sequence[drafts.Seen]]) -> Any:
        """As look, where it tells who somebody is: every look is written down first; raises Problem 503 if it cannot be."""
        if (found := self.look(question)) and (rows := drafts.looks(seen(found), self.now())):
            self._write_down(rows)
        return found

    def _write_down(self, rows: Sequence[Any]) -> None:
        try:
            with self.step.database.transaction() as tx:
                store.append(tx, rows)
        except Exception as error:
            log.error("nobody is shown, the audit could not be written: %s", error)
            raise Problem(503, "audit-away", UNWRITTEN) from error

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
        shown = {"service": self.service.name, "languages": NAMES, "form": EMPTY, **context}
        pages = self.templates[language]
        page: HTMLResponse = pages.TemplateResponse(request, name, shown, status_code=context.get("status", 200))
        page.headers["Content-Language"] = language
        return page

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
    app.add_middleware(BodyLimit)
    app.add_middleware(Asked)
    app.add_exception_handler(Problem, answer_problem)
    app.add_exception_handler(RequestValidationError, answer_wrong_question)
    app.state.problem_page = desk.show_problem
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
        return RedirectResponse("/worklist", 303)


def open_tasks(tx: Transaction) -> list[tuple[Any, ...]]:
    """What waits for a person here, for the worklist page."""
    return tasks.waiting(tx)
