"""Is no report lost: answered, registered, on the wire and assessed are the same reports?"""

from collections.abc import Iterator

from tests.checker.evidence import Evidence


def broken(evidence: Evidence) -> Iterator[str]:
    police = {row["report_id"]: row for row in evidence.rows("police_intake", "reports")}
    router = {row["report_id"]: row for row in evidence.rows("referral_router", "reports")}
    said = {one.body["report_id"] for one in evidence.once("ReportRegistered")}
    for report_id in evidence.answered:
        if report_id not in police:
            yield f"report {report_id} was answered 201 and is lost: police intake does not have it"
    for report_id in sorted(police):
        if report_id not in said:
            yield f"report {report_id} is registered and was never said on the wire"
        if report_id not in router:
            yield f"report {report_id} is registered and was never assessed"
        elif (police[report_id]["version"], police[report_id]["active"]) != _stands(police[report_id], router[report_id]):
            yield f"report {report_id} stands otherwise at police intake than at the router"
    for report_id in sorted(set(router) - set(police)):
        yield f"report {report_id} was assessed and was never registered"


def _stands(police: dict, router: dict) -> tuple[int, bool]:
    """A report taken back counts one version more at police: the router keeps the last content."""
    version = router["version"]
    return (version if police["active"] else police["version"]), router["active"]
