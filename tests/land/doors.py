"""What is there to be seen behind a door: every address, with every id its own service knows?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.land.land import Land

LANGUAGES = ("kk", "ru", "en")
IDS = {  # address with an id in it → where the ids are
    "/reports/{report_id}": "SELECT report_id FROM reports ORDER BY 1",
    "/reports/{report_id}/answers": "SELECT report_id FROM reports WHERE active ORDER BY 1",
    "/reports/{report_id}/consent": "SELECT report_id FROM reports WHERE active ORDER BY 1",
    "/reports/{report_id}/risk": "SELECT report_id FROM reports WHERE active ORDER BY 1",
    "/reports/{report_id}/measures": "SELECT report_id FROM reports ORDER BY 1",
    "/measures/{measure_id}": "SELECT measure_id FROM measures ORDER BY 1",
    "/measures/{measure_id}/papers": "SELECT measure_id FROM measures ORDER BY 1",
    "/parked/{parked_id}": "SELECT parked_id FROM parked_measures ORDER BY 1",
    "/incidents/{incident_id}": "SELECT incident_id FROM incidents ORDER BY 1",
    "/notices/{notice_id}/{version}": "SELECT 'help/1'",
    "/held/{held_id}": "SELECT held_id FROM held_records ORDER BY 1",
    "/persons/{person_id}": "SELECT person_id FROM persons ORDER BY 1",
    "/needs/{need_id}": "SELECT need_id FROM needs ORDER BY 1",
    "/referrals/{need_id}": "SELECT DISTINCT need_id FROM referrals ORDER BY 1",
    "/register/{entry_id}": "SELECT entry_id FROM register_entries ORDER BY 1",
    "/picture/{name}.csv": "SELECT unnest(ARRAY['regions', 'funnel', 'reconciliation', 'days', 'lives', 'surges'])",
    "/picture/{name}.xlsx": "SELECT 'all'",
}
# What runs, what is loaded, and figures, which are no page.
NOT_SHOWN = ("/livez", "/readyz", "/metrics", "/static/{digest}/{name}", "/language/{language}", "/", "/openapi.json")


def paths(land: Land, service: str) -> Iterator[str]:
    """Every address with a GET route, with each id that this service knows; a new one with an id must be named in IDS."""
    for path in sorted({one for one in _routes(land.doors[service].app) if one not in NOT_SHOWN}):
        if "{" not in path:
            yield path
            continue
        name = path[path.index("{"):path.rindex("}") + 1] if path.endswith("}") else path[path.index("{"):path.index("}") + 1]
        yield from (path.replace(name, one) for (one,) in land.rows(service, IDS[path]))


def shown(land: Land, service: str, path: str, languages: Sequence[str] = LANGUAGES) -> Iterator[tuple[str, Any]]:
    """The page in each of these languages as a browser gets it, and what a machine gets."""
    for language in languages:
        headers = {"Accept": "text/html", "Accept-Language": language}
        yield f"page in {language}", land.ask(service, "GET", path, headers=headers)
    yield "answer", land.ask(service, "GET", path, headers={"Accept": "application/json"})


def _routes(app: Any) -> Iterator[str]:
    for route in app.routes:
        if "GET" in (getattr(route, "methods", None) or ()):
            yield route.path
