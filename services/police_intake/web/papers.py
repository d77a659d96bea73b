"""How are all papers of a measure printed from one entry? Each in Russian and in Kazakh, whatever the page's own language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from plumbing.moments import ZONE
from plumbing.problems import Problem
from services.police_intake import asking as reports
from services.police_intake.measures import asking
from services.police_intake.measures.papers import Paper, writable
from services.police_intake.web import looks
from services.police_intake.web.measure_law import law_of, one, papers_of
from services.police_intake.web.paper_fields import FIELDS, LONG, Known

if TYPE_CHECKING:
    from plumbing.pages import Desk
    from services.police_intake.measures.lives import Measure

LANGUAGES = ("ru", "kk")  # of the papers, in this order


def add(app: FastAPI, desk: Desk) -> None:
    """GET /measures/{id}/papers; a table that says what nobody can write stops the start."""
    papers = writable(papers_of(desk), FIELDS)

    @app.get("/measures/{measure_id}/papers", response_class=HTMLResponse, include_in_schema=False)
    def printed(request: Request, measure_id: str) -> HTMLResponse:
        measure = one(desk, measure_id, asking.one)
        wanted = [paper for paper in papers if paper.belongs_to(measure)]
        if not wanted:
            raise Problem(404, "no-papers", "no paper belongs to this measure as it stands")
        known = _known(desk, measure, wanted)
        sheets = [[_written(desk, paper, known, language) for language in LANGUAGES] for paper in wanted]
        return desk.page(request, "papers.html", {"measure": measure, "sheets": sheets})


def _known(desk: Desk, measure: Measure, papers: Sequence[Paper]) -> Known:
    """Looked up as for the report's own page: narrowed to what the reader may see, and the look is written down."""
    shown = sorted({FIELDS[name].of for paper in papers for name in paper.fields} - {""})
    report = desk.show(lambda tx: reports.one_report(tx, measure.report_id), partial(looks.papers, shown=shown))
    if report is None:
        raise Problem(404, "unknown-report", "there is no such report")
    if report["fields"] is None:
        raise Problem(410, "erased", "this report is erased: who it was about is known to nobody any more")
    report["fields"] = desk.access.shown(report["fields"], "read", "report")
    beside = desk.look(lambda tx: asking.on_report(tx, measure.report_id))
    order = next((other for other in beside if _in_force(desk, other)), None)
    base = next((other for other in beside if other.measure_id == measure.about), None)
    moves = desk.look(lambda tx: asking.history(tx, measure.measure_id))
    return Known(measure, moves, order, base, report, law_of(desk).lives)


def _in_force(desk: Desk, measure: Measure) -> bool:
    life = law_of(desk).lives["protection_order"]
    return measure.kind == life.kind and measure.state not in life.ends


def _written(desk: Desk, paper: Paper, known: Known, language: str) -> Markup:
    """One paper in one language, with what the law it rests on is called, and whether a lawyer has looked at all of it."""
    say, terms, on = desk.speeches[language], law_of(desk).terms, known.measure.began_at.astimezone(ZONE).date()
    rules = {name: terms.version(rule, on) for name, rule in paper.rules.items()}
    rows = [(name, FIELDS[name].write(known, say, rules.get(name)) or None, rules.get(name)) for name in paper.fields]
    verified = [paper.verified_by, *(rule.citation.verified_by for rule in rules.values())]
    by = ", ".join(dict.fromkeys(verified)) if all(verified) else ""
    template = desk.templates[language].env.get_template("paper.html")
    return Markup(template.render(paper=paper, rows=rows, long=LONG, verified=by))  # the template has escaped it
