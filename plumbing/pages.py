"""What do people and machines meet at this service's door: probes, figures, and its own pages?"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from plumbing import actors, acts, metrics, tasks, wall
from plumbing.audit import drafts, store
from plumbing.forms import EMPTY
from plumbing.identity import is_id, new_id
from plumbing.languages import NAMES, choose, speeches
from plumbing.moments import filters
from plumbing.permitting import Access
from plumbing.postgres import Conflict, Database, LostConnection, Transaction
from plumbing.problems import Problem
from plumbing.service import Heard, Service
from plumbing.settings import Settings
from plumbing.templating import templates
from plumbing.together import Together
from plumbing.vault import Unopenable

if TYPE_CHECKING:
    from plumbing.step import Step

log = logging.getLogger(__name__)
TIME_ASKED_EVERY = 5.0  # seconds
LIFE = re.compile(r"[a-z0-9/_-]{1,80}")  # a typed id is kept in locks and decisions: no name may be typed in its place
UNWRITTEN = "it cannot be written down who looks at this, and so it is not shown: try again, or ask who runs the service"
UNSEEN = "there is nothing of this name here"


@cache
def _templates(service_folder: Path) -> Mapping[str, Jinja2Templates]:
    """Of every language, compiled once a process."""
    return {name: templates(service_folder, speech, filters(speech)) for name, speech in speeches(service_folder).items()}


class Desk:
    """Where a form becomes a command: one step per thread, and the same transaction as a message from the wire."""

    def __init__(
        self, service: Service, settings: Settings, new_step: Callable[[str], Step], close: Callable[..., None] | None = None
    ) -> None:
        """`close` closes the doors of an application, where an issuer says who everybody is."""
        self.service, self.settings, self._new_step, self.close = service, settings, new_step, close
        self._own, self._together = threading.local(), Together()
        self._objects = wall.named(wall.read(service.folder))
        self.access = Access(service.folder)
        self.speeches = dict(speeches(service.folder))
        self.templates = dict(_templates(service.folder))

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
            events = self._asked(lambda: self._run(heard))
        except acts.DoneBefore:
            events = (acts.SENT_OTHERWISE,)
        before = acts.refusal(events) and self.look(lambda tx: acts.done_as(tx, heard))
        if before is None or not is_id(act_id):
            return events
        return () if before else (acts.SENT_OTHERWISE,)

    def _run(self, heard: Heard) -> Sequence[Any]:
        """A form goes alone, since a second one like it fails; what machines send at once is one batch."""
        if heard.message_id.startswith(acts.PREFIX):
            return self.step.run([heard])[0]
        return self._together.run(heard, self.step.run)

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
        except (LostConnection, Unopenable):  # or the look fell between a row and its key, which went meanwhile
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
        who = {"actor": actors.known(), "open_doors": not self.settings.issuer, "may": self.may}
        shown = {"service": self.service.name, "languages": NAMES, "form": EMPTY, **who, **context}
        pages = self.templates[language]
        page: HTMLResponse = pages.TemplateResponse(request, name, shown, status_code=context.get("status", 200))
        page.headers["Content-Language"] = language
        return page

    def may(self, route: str) -> bool:
        """May who asks now go there? For links: with open doors everybody may."""
        return not self.settings.issuer or self.access.may_ask(route)

    def open_tasks(self, kind: str, without: Sequence[str] = ()) -> list[tuple[Any, ...]]:
        """What waits here for whoever asks, of things of this kind that they may read; without those of other lists."""
        part = partial(tasks.waiting, without=without)
        return self.access.first_own(self, part, ("read", kind), tasks.SHOWN_MAX)

    def show_problem(self, request: Request, problem: Problem) -> HTMLResponse:
        return self.page(request, "problem.html", {"problem": problem, "status": problem.status})

    def _asked(self, work: Callable[[], Any]) -> Any:
        try:
            return work()
        except (LostConnection, Conflict) as error:
            metrics.REQUESTS.labels(self.service.name, "unavailable").inc()
            raise Problem(503, "database-away", "the database does not answer: try again with the same key") from error
