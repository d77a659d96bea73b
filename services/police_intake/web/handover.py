"""What does one shift leave to the next? A list to be printed: open tasks, the shift's reports, what falls due."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from plumbing.forms import Form
from plumbing.pages import Desk
from services.police_intake import asking
from services.police_intake.journal.moments import KAZAKHSTAN
from services.police_intake.officer import asking as waiting
from services.police_intake.web.needs import TONES, needs_by_report
from services.police_intake.web.own import stations, tasks
from services.police_intake.web.stations import keep_station, own_station

REPORTS_MAX = 500  # a shift of one station is shorter than that; the page says how many there are in all


def add(app: FastAPI, desk: Desk) -> None:
    """GET /handover; a shift is a day, the hour it begins and how long it lasts."""

    @app.get("/handover", response_class=HTMLResponse, include_in_schema=False)
    def handover(request: Request) -> HTMLResponse:
        now, asked = desk.now(), request.query_params
        station = own_station(request)
        since, length = shift(asked.get("day", ""), asked.get("begins", "08:00"), asked.get("hours", "24"), now)
        wanted = desk.access.narrowed({"station": station}, "list", "report") | {"since": since, "until": since + length}
        count, rows = desk.look(lambda tx: asking.reports(tx, {**wanted, "most": REPORTS_MAX}))
        mine = tasks(desk, waiting.open_tasks, wanted["station"])
        local = since.astimezone(KAZAKHSTAN)
        shown_hours = str(int(length.total_seconds()) // 3600)
        typed = {"station": wanted["station"], "day": f"{local:%Y-%m-%d}", "begins": f"{local:%H:%M}", "hours": shown_hours}
        context = {
            "rows": rows, "needs": needs_by_report(desk, [row[0] for row in rows]), "tones": TONES, "now": now, "since": since,
            "until": since + length, "tasks": mine, "next": [one for one in mine if one[3] < since + 2 * length],
            "stations": stations(desk), "form": Form(typed), "count": count,
        }
        return keep_station(desk.page(request, "handover.html", context), request)


def shift(day: str, begins: str, hours: str, now: datetime) -> tuple[datetime, timedelta]:
    """When the shift began and how long it is; what cannot be read is the shift that runs now, from 08:00 for a day."""
    length = timedelta(hours=int(hours)) if hours in ("8", "12", "24") else timedelta(hours=24)
    try:
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(begins).replace(tzinfo=None), KAZAKHSTAN), length
    except ValueError:
        local = now.astimezone(KAZAKHSTAN)
        start = local.replace(hour=8, minute=0, second=0, microsecond=0)
        return (start if start <= local else start - timedelta(days=1)), length
