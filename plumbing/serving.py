"""How is a service's door kept open until it is told to stop?"""

from __future__ import annotations

import threading
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from plumbing.pages import Desk, application


def serve(desk: Desk, more: Callable[[FastAPI, Desk], None], stopping: threading.Event) -> None:
    """Serve until told to stop; requests under way are finished first."""
    app = application(desk)
    more(app, desk)
    config = uvicorn.Config(
        app, desk.settings.http_host, desk.settings.http_port, log_level="warning", log_config=None, access_log=False,
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
