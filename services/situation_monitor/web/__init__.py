"""What do ministries and akimats see? One picture of the country, live, without a person in it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from plumbing.languages import Speech, choose
from plumbing.pages import Desk
from plumbing.postgres import Transaction
from plumbing.problems import Problem
from services.situation_monitor import drawing, store
from services.situation_monitor.books import KINDS
from services.situation_monitor.exports import Origin, as_csv, as_xlsx
from services.situation_monitor.facts import ALMATY
from services.situation_monitor.picture import DAYS, Counted, Picture, paint, series
from services.situation_monitor.tables import Label, Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLES = ("regions", "funnel", "reconciliation", "days", "ended", "lives", "measures", "waiting", "places", "surges")


def add_pages(app: FastAPI, desk: Desk) -> None:
    """The picture, its live part, and each table to take away."""

    @app.get("/worklist", include_in_schema=False)
    def worklist() -> RedirectResponse:
        return RedirectResponse("/picture", 303)

    @app.get("/picture", response_class=HTMLResponse, include_in_schema=False)
    def picture(request: Request) -> HTMLResponse:
        return desk.page(request, "picture.html", _context(desk))

    @app.get("/picture/now", include_in_schema=False)
    def now(request: Request, seen: int = -1) -> Response:
        """The part that moves; nothing if nothing was counted since."""
        if desk.look(store.heard_last) == seen:
            return Response(status_code=204)
        return desk.page(request, "parts_of_picture.html", _context(desk))

    @app.get("/picture/{name}.csv")
    def table_csv(request: Request, name: str) -> Response:
        """One table: UTF-8, semicolons, in the reader's language."""
        told = as_csv(_table(desk, name), _speech(desk, request))
        return Response(told, media_type="text/csv; charset=utf-8", headers=_attached(f"{name}.csv"))

    @app.get("/picture/{name}.xlsx")
    def table_xlsx(request: Request, name: str) -> Response:
        """One table, or `all`, with a sheet that tells what it is."""
        tables = _painted(desk)[0].tables if name == "all" else (_table(desk, name),)
        told = as_xlsx(tables, _speech(desk, request), desk.look(_origin(desk)))
        return Response(told, media_type=XLSX, headers=_attached(f"{name}.xlsx"))


def _painted(desk: Desk) -> tuple[Picture, int]:
    """The picture, and how much had been heard before it was painted."""
    today = desk.now().astimezone(ALMATY).date()

    def read(tx: Transaction) -> tuple[Counted, int]:
        heard, days = store.heard_last(tx), series(today)
        return Counted(store.lines(tx), store.days(tx, days[0], days[-1]), store.places(tx), store.surges(tx), today), heard

    counted, heard = desk.look(read)
    return paint(counted), heard


def _context(desk: Desk) -> dict[str, Any]:
    picture, heard = _painted(desk)
    regions = {region: picture.shown[f"{region}/reports"] for region in drawing.TILES}
    days = [row[1] for row in picture.table("days").rows]
    return {
        "picture": picture, "heard": heard, "now": desk.now(), "days_shown": DAYS, "watched": desk.look(store.watched),
        "tables": [(table, _rows(table)) for table in picture.tables],
        "tiles": drawing.tiles(regions), "bars": drawing.bars([one if isinstance(one, int) else None for one in days]),
        "ways": drawing.ways(picture.shown, KINDS), "drawn": drawing,
    }


def _rows(table: Table) -> list[list[tuple[str, Any]]]:
    """Each cell with what it is, for the template to say: hidden, a word, a number, a day, a moment, or a text."""
    return [[(_what(cell), cell) for cell in row] for row in table.rows]


def _what(cell: Any) -> str:
    kinds = ((Label, "word"), (datetime, "moment"), (date, "day"), ((int, float), "number"))
    return "hidden" if cell is None else next((name for kind, name in kinds if isinstance(cell, kind)), "text")


def _table(desk: Desk, name: str) -> Table:
    if name not in TABLES:
        raise Problem(404, "unknown-table", f"there is no such table: {', '.join(TABLES)}")
    return _painted(desk)[0].table(name)


def _origin(desk: Desk) -> Any:
    now: datetime = desk.now()
    return lambda tx: Origin(store.first_day(tx), now.astimezone(ALMATY).date(), now)


def _speech(desk: Desk, request: Request) -> Speech:
    wish = request.headers.get("accept-language", "")
    return desk.speeches[choose(request.cookies.get("lang", ""), wish, desk.settings.language)]


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="qorgan-{name}"'}
