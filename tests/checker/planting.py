"""How would each broken promise look? Every plant changes a copy of whole evidence so that one is broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.checker.evidence import Evidence, Row, Said


def first(rows: list[Row], **wanted: Any) -> Row:
    return next(row for row in rows if all(row[name] == value for name, value in wanted.items()))


def drop(evidence: Evidence, service: str, table: str, **wanted: Any) -> None:
    rows = evidence.tables[service][table]
    rows.remove(first(rows, **wanted))


def place_of(evidence: Evidence, event: str) -> int:
    return next(n for n, said in enumerate(evidence.wire) if said.event.endswith(f".{event}"))


def said_again(evidence: Evidence, event: str) -> None:
    """The same message once more, under the next number of its partition, in wire and journal."""
    said = evidence.wire[place_of(evidence, event)]
    numbers = [one.number for one in evidence.wire if (one.topic, one.partition) == (said.topic, said.partition)]
    headers = {**said.headers, "qorgan_number": str(max(numbers) + 1)}
    evidence.wire.append(replace(said, headers=headers))


def report_lost(evidence: Evidence) -> None:
    drop(evidence, "police_intake", "reports", report_id=evidence.answered[10])


def report_never_assessed(evidence: Evidence) -> None:
    drop(evidence, "referral_router", "reports", report_id=evidence.answered[10])


def report_never_said(evidence: Evidence) -> None:
    del evidence.wire[place_of(evidence, "ReportRegistered")]


def need_doubled(evidence: Evidence) -> None:
    needs = evidence.tables["referral_router"]["needs"]
    needs.append({**first(needs, state="held"), "need_id": "another"})


def attempt_skipped(evidence: Evidence) -> None:
    evidence.tables["referral_router"]["attempts"][0]["attempt"] = 2


def attempt_too_early(evidence: Evidence) -> None:
    rows = evidence.tables["referral_router"]["attempts"]
    rows.insert(1, {**rows[0], "attempt": 2})
    rows[0]["ended_at"] = None


def attempt_issued_twice(evidence: Evidence) -> None:
    said_again(evidence, "ShelterReferralIssued")


def withdrawal_unanswered(evidence: Evidence) -> None:
    del evidence.wire[place_of(evidence, "WithdrawalAcknowledged")]


def place_held_twice(evidence: Evidence) -> None:
    holds = evidence.tables["social_registry"]["holds"]
    holds.append({**holds[0], "need_id": "another", "since": holds[0]["since"] + timedelta(0)})
    holds[0]["released_at"] = None


def bed_held_twice(evidence: Evidence) -> None:
    holds = evidence.tables["health_narcology"]["holds"]
    live = first(holds, released_at=None)
    holds.append({**live, "need_id": "another", "since": live["since"] + timedelta(seconds=1)})


def place_given_twice_on_the_wire(evidence: Evidence) -> None:
    said_again(evidence, "PlaceHeld")


def place_that_is_not_there(evidence: Evidence) -> None:
    evidence.tables["social_registry"]["holds"][0]["number"] = 999


def place_for_nobody(evidence: Evidence) -> None:
    first(evidence.tables["referral_router"]["needs"], kind="shelter", state="held")["state"] = "settled"


def need_without_a_clock(evidence: Evidence) -> None:
    need = first(evidence.tables["referral_router"]["needs"], state="held")
    drop(evidence, "referral_router", "clocks", subject=need["need_id"])


def bed_without_a_clock(evidence: Evidence) -> None:
    bed = first(evidence.tables["health_narcology"]["referrals"], kind="detox", state="confirmed")
    drop(evidence, "health_narcology", "clocks", subject=bed["need_id"])


def task_without_a_clock(evidence: Evidence) -> None:
    task = evidence.tables["social_registry"]["tasks"][0]
    drop(evidence, "social_registry", "clocks", subject=task["subject"])


def gap_on_the_wire(evidence: Evidence) -> None:
    del evidence.wire[place_of(evidence, "NeedStateChanged")]


def disorder_on_the_wire(evidence: Evidence) -> None:
    place = place_of(evidence, "NeedStateChanged")
    evidence.wire[place : place + 2] = reversed(evidence.wire[place : place + 2])


def number_said_with_two_contents(evidence: Evidence) -> None:
    said: Said = evidence.wire[place_of(evidence, "BedHeld")]
    evidence.wire.append(replace(said, digest="other bytes"))


def line_unsent(evidence: Evidence) -> None:
    next(row for row in evidence.tables["referral_router"]["cursors"] if row["sent_number"] > 0)["sent_number"] -= 1


def line_unheard(evidence: Evidence) -> None:
    next(row for row in evidence.tables["referral_router"]["inbox"] if row["next_number"] > 1)["next_number"] -= 1


def head_beyond_the_journal(evidence: Evidence) -> None:
    next(row for row in evidence.tables["police_intake"]["heads"] if row["last_number"] > 0)["last_number"] += 1


def sides_joined(evidence: Evidence) -> None:
    victim = evidence.wire[place_of(evidence, "PlaceHeld")].body["need_id"]
    place = place_of(evidence, "BedHeld")
    evidence.wire[place] = replace(evidence.wire[place], body={**evidence.wire[place].body, "subject_ref": victim})


def need_otherwise_at_police(evidence: Evidence) -> None:
    first(evidence.tables["police_intake"]["needs_seen"], state="answered")["state"] = "asked"


def need_of_a_report_taken_back(evidence: Evidence) -> None:
    need = first(evidence.tables["referral_router"]["needs"], state="held")
    first(evidence.tables["referral_router"]["reports"], report_id=need["report_id"])["active"] = False


def count_lost(evidence: Evidence) -> None:
    first(evidence.tables["situation_monitor"]["tallies"], owner="referral_router", kind="shelter", code="")["number"] -= 1


def report_counted_twice(evidence: Evidence) -> None:
    first(evidence.tables["situation_monitor"]["tallies"], kind="report", to_state="registered")["number"] += 1


def place_not_counted_free(evidence: Evidence) -> None:
    first(evidence.tables["situation_monitor"]["places"], place="night")["free"] -= 1


def somebody_in_a_count(evidence: Evidence) -> None:
    place = place_of(evidence, "NeedCounted")
    said = evidence.wire[place]
    evidence.wire[place] = replace(said, body={**said.body, "code": "0b5c5e00-1111-4222-8333-444455556666"})


PLANTS: list[tuple[Callable[[Evidence], None], str]] = [
    (report_lost, "was answered 201 and is lost"), (report_never_assessed, "was never assessed"),
    (report_never_said, "was never said on the wire"), (need_doubled, "is doubled"),
    (attempt_skipped, "without a gap"), (attempt_too_early, "was issued before attempt"),
    (attempt_issued_twice, "it was issued 2 times"), (withdrawal_unanswered, "1 withdrawals, 0 acknowledgements"),
    (place_held_twice, "is held twice"), (bed_held_twice, "is held twice"),
    (place_given_twice_on_the_wire, "was given a place 2 times"), (place_that_is_not_there, "there is no such place"),
    (place_for_nobody, "for nobody: the need is settled"), (need_without_a_clock, "is held without a clock"),
    (bed_without_a_clock, "is confirmed at health_narcology without a clock"), (task_without_a_clock, "has no clock"),
    (gap_on_the_wire, "stands where"), (disorder_on_the_wire, "stands where"),
    (number_said_with_two_contents, "said twice with two contents"), (line_unsent, "are acknowledged"),
    (line_unheard, "has heard"), (head_beyond_the_journal, "does not hold every number"),
    (sides_joined, "stands on both sides"),
    (need_otherwise_at_police, "is asked at police intake and answered"), (need_of_a_report_taken_back, "was taken back"),
    (count_lost, "the monitor has counted"), (report_counted_twice, "the monitor has counted"),
    (place_not_counted_free, "places (night) are held"), (somebody_in_a_count, "that is no word of a list"),
]
