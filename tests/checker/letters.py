"""Does anything lie set aside?"""

from collections.abc import Iterator

from tests.checker.evidence import Evidence


def broken(evidence: Evidence) -> Iterator[str]:
    for service in evidence.tables:
        for row in evidence.rows(service, "letters"):
            yield f"a letter lies at {service}, key {row['key']}: {row['cause']}"
