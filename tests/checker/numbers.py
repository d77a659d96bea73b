"""Is every number said once in order, kept in the journal, acknowledged, and heard by every reader?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.checker.evidence import Evidence, Said

Place = tuple[str, int]


def broken(evidence: Evidence) -> Iterator[str]:
    journal = _journal(evidence)
    lying: dict[Place, list[Said]] = {}
    for said in (one for one in evidence.wire if one.topic in evidence.numbered):
        lying.setdefault((said.topic, said.partition), []).append(said)
    first: dict[Place, dict[int, str]] = {place: {} for place in lying}
    for place, records in lying.items():
        yield from _in_order(place, records, first[place])
    yield from _journal_is_whole(evidence, journal)
    for place in sorted(set(journal) | set(first)):
        if journal.get(place, {}) != first.get(place, {}):
            yield f"{_at(place)}: journal and wire do not say the same"
    yield from _heard(evidence)
    yield from _counted_by_the_reader(evidence)


def _at(place: Place) -> str:
    return f"{place[0]}[{place[1]}]"


def _in_order(place: Place, records: list[Said], first: dict[int, str]) -> Iterator[str]:
    """The first occurrence of each number comes after the one before it; a repeat says the same again."""
    for said in records:
        if said.number in first:
            if first[said.number] != said.digest:
                yield f"{_at(place)}: number {said.number} was said twice with two contents"
            continue
        if said.number != len(first) + 1:
            yield f"{_at(place)}: number {said.number} stands where {len(first) + 1} is due"
        first[said.number] = said.digest
        owner = f"/qorgan/{said.event.split('.')[0]}"
        if said.headers.get("ce_source") != owner or said.headers.get("ce_subject") != said.key:
            yield f"{_at(place)}: number {said.number} travels under a wrong source or subject"


def _journal(evidence: Evidence) -> dict[Place, dict[int, str]]:
    found: dict[Place, dict[int, str]] = {}
    for service in evidence.tables:
        for row in evidence.rows(service, "outbox"):
            found.setdefault((row["topic"], row["partition"]), {})[row["number"]] = row["digest"]
    return found


def _journal_is_whole(evidence: Evidence, journal: dict[Place, dict[int, str]]) -> Iterator[str]:
    for service in evidence.tables:
        sent = {(row["topic"], row["partition"]): row["sent_number"] for row in evidence.rows(service, "cursors")}
        for row in evidence.rows(service, "heads"):
            place, last = (row["topic"], row["partition"]), row["last_number"]
            if sorted(journal.get(place, {})) != list(range(1, last + 1)):
                yield f"{_at(place)}: the journal does not hold every number from 1 to {last} once"
            if sent.get(place, 0) != last:
                yield f"{_at(place)}: {last} lines are in the journal, {sent.get(place, 0)} are acknowledged"


def _heard(evidence: Evidence) -> Iterator[str]:
    last = {
        (row["topic"], row["partition"]): row["last_number"]
        for service in evidence.tables for row in evidence.rows(service, "heads")
    }
    for reader in evidence.tables:
        marks = {(row["topic"], row["partition"]): row["next_number"] for row in evidence.rows(reader, "inbox")}
        topics = [(topic, entry) for topic, entry in evidence.numbered.items() if reader in entry["readers"]]
        for place in ((topic, partition) for topic, entry in topics for partition in range(entry["partitions"])):
            if marks.get(place, 1) != last.get(place, 0) + 1:
                yield f"{_at(place)}: {last.get(place, 0)} were said, {reader} has heard {marks.get(place, 1) - 1}"


def _counted_by_the_reader(evidence: Evidence) -> Iterator[str]:
    """What an outsider said is heard as often as it lies there."""
    outside = {topic: entry for topic, entry in evidence.topics.items() if topic not in evidence.numbered}
    lying = Counter((said.topic, said.partition) for said in evidence.wire if said.topic in outside)
    for reader in evidence.tables:
        marks = {(row["topic"], row["partition"]): row["next_number"] for row in evidence.rows(reader, "inbox")}
        for place in sorted(place for place in lying if reader in outside[place[0]]["readers"]):
            if marks.get(place, 1) != lying[place] + 1:
                yield f"{_at(place)}: {lying[place]} lie there, {reader} has heard {marks.get(place, 1) - 1}"
