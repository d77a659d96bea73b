"""Is this Qorgan well; and if not, why not, and which command mends it?"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from deploy.local.doctor import flow, standing
from deploy.local.doctor.finding import Finding, as_json, as_text
from deploy.local.doctor.looking import Door, Tables, knock, open_tables
from deploy.local.doctor.site import Site, find

AGAIN = 2.0  # seconds until what was red is looked at once more


def examine(site: Site) -> list[Finding]:
    """Everything, in the order in which causes come before what follows from them. Nothing is changed."""
    if not (site.kafka and site.services and site.databases):
        why = "there is no endpoints.json here, and no address in the environment"
        mend = "make up; or --endpoints FILE of the one that is meant"
        return [Finding("site", str(site.folder), "nothing runs here", why, mend)]
    with ThreadPoolExecutor(8) as pool:
        doors = dict(zip(site.services, pool.map(partial(knock, site), site.services), strict=True))
        tables = dict(zip(site.databases, pool.map(open_tables, site.databases.values()), strict=True))
    found = standing.broker(site, {name: one.clusters for name, one in tables.items()})
    kafka_is_up = found[0].is_healthy
    found += [standing.database(site, name, one) for name, one in tables.items()]
    found += [standing.service(site, name, door) for name, door in doors.items()]
    found += [one for name in doors for one in _inside(site, name, (doors, tables), kafka_is_up)]
    return [*found, standing.doors(site), standing.disk(site.folder)]


def _inside(site: Site, name: str, seen: tuple[dict[str, Door], dict[str, Tables]], kafka_is_up: bool) -> list[Finding]:
    doors, tables = seen
    found: list[Finding] = []
    if name in tables and not tables[name].trouble:
        if not doors[name].trouble:
            found.append(standing.parts(site, name, tables[name], kafka_is_up))
        found.append(flow.outbox(site, name, tables[name], kafka_is_up))
        found += [flow.lag(site, name, tables), flow.letters(site, name, tables[name]), flow.audit(site, name, tables[name])]
    if not doors[name].trouble:
        found += flow.by_its_clock(site, name, doors[name])
    return found


def doctor(endpoints: Path, patience: float, json: bool) -> int:
    """Say it; 0 if all is well, else 1. What is red is looked at twice: a part may be changing hands, a disk stand still."""
    site = find(endpoints, patience)
    found = examine(site)
    if not all(one.is_healthy for one in found):
        time.sleep(AGAIN)
        found = examine(site)
    print(as_json(found) if json else as_text(found, sys.stdout.isatty()))
    return 0 if all(one.is_healthy for one in found) else 1
