"""Do services, broker and databases stand, and are they those they should be?"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from kafka.errors import KafkaError

from deploy.local import topics
from deploy.local.doctor.finding import Finding
from deploy.local.doctor.looking import Door, Tables
from deploy.local.doctor.site import Site
from deploy.local.faults import Missing
from plumbing import VERSION
from plumbing.broker import reachable
from plumbing.catalogue import catalogue
from plumbing.migrate import PIPES
from plumbing.settings import MissingSetting

SERVICES = Path(__file__).parents[3] / "services"
SKEW_MAX = 2.0  # seconds between this machine's clock and a database's
FREE_BYTES_MIN, FREE_SHARE_MIN = 1 << 30, 0.03


def service(site: Site, name: str, door: Door) -> Finding:
    if door.trouble == "gone":
        return Finding("service", name, "does not answer", site.died(name), site.start(name))
    if door.trouble == "mute":
        why = "it takes calls and answers none: frozen, or drowned in work"
        return Finding("service", name, "does not answer in time", why, site.start(name, again=True))
    if not door.ready.get("database"):
        return Finding("service", name, "is not ready", "it does not reach its database", "see the red line of its database")
    versions = [labels["version"] for labels, _ in door.figures.get("qorgan_build_info", ())]
    if versions != [VERSION]:
        why = f"it runs version {', '.join(versions) or 'unknown'}, and this checkout is {VERSION}"
        return Finding("service", name, "is of another version", why, site.start(name, again=True))
    return Finding("service", name, f"answers, is ready, version {VERSION}")


def doors(site: Site) -> Finding:
    """Open ones are no fault where invented people are on one machine; but it is said."""
    if site.issuer:
        return Finding("doors", "every service", f"closed: {site.issuer} says who everybody is")
    return Finding("doors", "every service", "open: who reaches them sees everything (make up SECURE=1 closes them)")


def parts(site: Site, name: str, tables: Tables, kafka_is_up: bool) -> Finding:
    """Each part of a service keeps a session at its database."""
    wanted = {"minutes"}
    if kafka_is_up:
        wanted |= {"relay"} if catalogue().said_by(name) else set()
        wanted |= {"step"} if catalogue().heard_by(name) else set()
    lacking = wanted - tables.parts
    if not lacking:
        return Finding("parts", name, f"{', '.join(sorted(wanted))} at work")
    what = " and ".join(sorted(lacking))
    why = f"no {what} of it is connected to its database: that part has stopped or was never started; {site.log(name)}"
    return Finding("parts", name, f"its {what} does not run", why, site.start(name, again=True))


def broker(site: Site, clusters: Mapping[str, set[str]]) -> list[Finding]:
    if not reachable(site.kafka):
        why = f"reports are still taken and wait, nothing is lost; {site.died('kafka')}"
        return [Finding("broker", site.kafka or "nowhere", "does not answer", why, site.start("kafka"))]
    try:
        cluster, found = _described(site)
    except (Missing, MissingSetting, KafkaError) as error:
        why = f"it takes calls and answers none: frozen, starting, or it does not know us ({error})"
        return [Finding("broker", site.kafka, "does not answer in time", why, site.start("kafka", again=True))]
    return [Finding("broker", site.kafka, "answers"), _same(site, cluster, clusters), _topics(site, found)]


def _described(site: Site) -> tuple[str, dict[str, int]]:
    client = topics.admin(site.kafka, site.login)
    try:
        there = set(client.list_topics())
        described = client.describe_topics([name for name in topics.partitions() if name in there] or None)
        found = {topic["name"]: len(topic["partitions"]) for topic in described}
        return str(client.describe_cluster()["cluster_id"]), found
    finally:
        client.close()


def _same(site: Site, cluster: str, clusters: Mapping[str, set[str]]) -> Finding:
    others = sorted(name for name, known in clusters.items() if known - {cluster})
    if not others:
        return Finding("broker", site.kafka, "is the Kafka the databases know")
    why = f"{', '.join(others)} had to do with another one; a service stops rather than guess what this one holds"
    mend = "start the old Kafka again; or, if this new one is meant: make down, then make recover"
    return Finding("broker", site.kafka, "is another Kafka than before", why, mend)


def _topics(site: Site, found: Mapping[str, int]) -> Finding:
    wanted = topics.partitions()
    lacking = [name for name in wanted if name not in found]
    if lacking:
        sees = f"{len(lacking)} of {len(wanted)} are missing"
        return Finding("broker", "topics", sees, f"for one {lacking[0]}", site.start("kafka"))
    wrong = [name for name, count in wanted.items() if found[name] != count]
    if wrong:
        why = f"{wrong[0]} has {found[wrong[0]]} partitions instead of {wanted[wrong[0]]}: somebody changed it by hand"
        mend = "make down, move Kafka's data folder away, then make recover: it says everything again"
        return Finding("broker", "topics", "are cut differently", why, mend)
    return Finding("broker", "topics", f"all {len(wanted)} with their partitions")


def database(site: Site, name: str, tables: Tables) -> Finding:
    if tables.trouble:
        why = f"{tables.trouble}; {site.log('postgres')}"
        return Finding("database", name, "cannot be read", why, site.start("postgres"))
    if abs(tables.skew) > SKEW_MAX:
        why = f"its clock is {tables.skew:+.1f} s off from this machine's: due times would be wrong"
        return Finding("database", name, "has another time", why, "set both clocks by NTP (timedatectl set-ntp true)")
    behind, strange = _steps(name, tables)
    if strange:
        why = f"{strange[0]} was applied there and reads differently, or is not, in this checkout"
        mend = "use the checkout it was made with, or bring that migration back"
        return Finding("database", name, "has other tables", why, mend)
    if behind:
        why = f"{behind[0]} is not applied: the service has not been started since this checkout was made"
        return Finding("database", name, "has tables of yesterday", why, site.start(name, again=True))
    return Finding("database", name, "answers, its tables and its clock are right")


def _steps(name: str, tables: Tables) -> tuple[list[str], list[str]]:
    """(migrations that lack there, migrations that are not the same here)"""
    rooms = {"pipes": PIPES, "service": SERVICES / name / "migrations"}
    files = [(room, path) for room, at in rooms.items() for path in sorted(at.glob("*.sql"))]
    ours = {(room, path.name): sha256(path.read_bytes()).hexdigest() for room, path in files}
    strange = [step[1] for step, digest in tables.migrations.items() if ours.get(step) != digest]
    return [step[1] for step in ours if step not in tables.migrations], strange


def disk(folder: Path) -> Finding:
    space = shutil.disk_usage(folder if folder.exists() else SERVICES)
    told = f"{space.free / (1 << 30):.1f} GiB free ({space.free / space.total:.0%})"
    if space.free >= FREE_BYTES_MIN and space.free / space.total >= FREE_SHARE_MIN:
        return Finding("disk", str(folder), told)
    why = "when the disk is full PostgreSQL and Kafka stop, and nothing more is accepted"
    mend = "remove what is not Qorgan's, or give it a larger disk; touch nothing in the data folders"
    return Finding("disk", str(folder), told, why, mend)
