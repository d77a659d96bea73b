"""How is a service's door built, and kept open until it is told to stop?"""

from __future__ import annotations

import threading
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response

from plumbing import VERSION, language_page, metrics, static
from plumbing.audit.asked import Asked
from plumbing.broker import reachable
from plumbing.crowding import few_at_once
from plumbing.guarding import guard
from plumbing.languages import NAMES
from plumbing.opening import OpenDoors
from plumbing.pages import Desk
from plumbing.problems import BodyLimit, Problem, answer_problem, answer_wrong_question
from plumbing.settings import MissingSetting, Settings


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
    app.add_middleware(Asked)
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


def configuration(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """Who asks is who connects; only a proxy that was named is believed when it says for whom it asks."""
    return uvicorn.Config(
        app, settings.http_host, settings.http_port, log_level="warning", log_config=None, access_log=False,
        timeout_graceful_shutdown=5, server_header=False,
        proxy_headers=bool(settings.proxies), forwarded_allow_ips=settings.proxies,
    )


def serve(desk: Desk, more: Callable[[FastAPI, Desk], None], stopping: threading.Event) -> None:
    """Serve until told to stop; requests under way are finished first."""
    app = application(desk)
    more(app, desk)
    server = uvicorn.Server(configuration(app, desk.settings))
    threading.Thread(target=_end_with, args=(server, stopping), daemon=True).start()
    server.run()
    if not stopping.is_set():
        raise OSError(f"the page of {desk.service.name} could not be served at port {desk.settings.http_port}")


def _end_with(server: uvicorn.Server, stopping: threading.Event) -> None:
    stopping.wait()
    server.should_exit = True
