"""How are findings, attempts and decisions put into words, in the reader's language? Pure: nothing is looked up here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plumbing.languages import Speech
from plumbing.moments import moment
from plumbing.rules import Finding, Rule
from plumbing.texts import N_
from services.referral_router.facts import TOLD, Need

ANSWERS = {True: "yes", False: "no", None: "unknown"}
UNVERIFIED = N_("not verified by a lawyer")
VERIFIED = N_("verified by %(who)s")
NEED = N_("Need %(need)s: %(kind)s, opened %(opened)s; %(state)s since %(changed)s.")
OPENED_BY = N_("Opened by the rule %(rule)s (%(basis)s).")
REPORT = N_("What the law found in version %(version)s of the report %(report)s:")
FOUND = N_("%(answer)s. %(rule)s. %(question)s Seen: %(seen)s. %(otherwise)s (%(basis)s.)")
OTHERWISE = N_("It would be otherwise with: %(change)s.")
NOTHING_ELSE = N_("Nothing in the report would change this.")
ATTEMPT = N_("Attempt %(attempt)s: %(facility)s, asked %(asked)s: %(outcome)s.")
NO_ANSWER = N_("no answer yet")
WITH_PERSON = N_("It is with a person now: %(queue)s.")
NEED_OF_REPORT = N_("Need %(need)s: %(kind)s, %(state)s.")
DECIDED = N_("Decided %(at)s on %(heard)s under rule pack %(law)s.")


@dataclass(frozen=True)
class Explained:
    """What is known of why: of one need, or of a report with all its needs; findings with the rules that made them."""

    report_id: str
    version: int
    needs: list[tuple[Need, datetime]]
    findings: list[tuple[Rule, Finding]]
    attempts: list[tuple[Any, ...]]
    decisions: list[tuple[Any, ...]]
    of_need: bool


def told(why: Explained, speech: Speech) -> list[str]:
    """The explanation in sentences."""
    return [*_head(why, speech), *(_finding(one, speech) for one in why.findings), *_tail(why, speech)]


def _head(why: Explained, speech: Speech) -> Iterator[str]:
    for need, changed in why.needs if why.of_need else ():
        kind, state = speech.word(need.kind, "need"), speech.word(need.state, "state")
        times = {"opened": _time(speech, need.opened_at), "changed": _time(speech, changed)}
        yield speech.say(NEED, need=need.need_id, kind=kind, state=state, **times)
        rule = next((rule for rule, _ in why.findings if rule.id == need.rule_id), None)
        yield speech.say(OPENED_BY, rule=need.rule_id, basis=_basis(rule, speech) if rule else need.basis)
    yield speech.say(REPORT, version=why.version, report=why.report_id)


def _tail(why: Explained, speech: Speech) -> Iterator[str]:
    for need, _ in why.needs if not why.of_need else ():
        kind, state = speech.word(need.kind, "need"), speech.word(need.state, "state")
        yield speech.say(NEED_OF_REPORT, need=need.need_id, kind=kind, state=state)
    for need, _ in why.needs if why.of_need else ():
        yield from (_attempt(need.kind, row, speech) for row in why.attempts)
        if need.queue:
            yield speech.say(WITH_PERSON, queue=speech.word(need.queue, "queue"))
    for at, heard, law in why.decisions:
        yield speech.say(DECIDED, at=_time(speech, at), heard=heard, law=law)


def _finding(found: tuple[Rule, Finding], speech: Speech) -> str:
    rule, finding = found
    otherwise = speech.say(OTHERWISE, change=_seen(finding.change, speech)) if finding.change else speech.say(NOTHING_ELSE)
    return speech.say(
        FOUND, answer=speech.word(ANSWERS[finding.met], "answer"), rule=rule.id, otherwise=otherwise,
        question=speech.word(rule.question, "question"), seen=_seen(finding.seen, speech), basis=_basis(rule, speech),
    )


def _seen(words: str, speech: Speech) -> str:
    pairs = [pair.partition("=") for pair in words.split()]
    return ", ".join(f"{speech.word(name, 'seen')}: {_value(name, value, speech)}" for name, _, value in pairs)


def _value(name: str, value: str, speech: Speech) -> str:
    return value if value.isdigit() else speech.word(value, name)


def _basis(rule: Rule, speech: Speech) -> str:
    """Act and place, how sure that is, and who has verified it."""
    cited = rule.citation
    verified = speech.say(VERIFIED, who=cited.verified_by) if cited.verified_by else speech.say(UNVERIFIED)
    certainty = speech.word(cited.certainty.replace(" ", "-"), "certainty")
    return f"{cited.words.get(speech.language, str(cited))}; {certainty}; {verified}"


def _attempt(kind: str, row: tuple[Any, ...], speech: Speech) -> str:
    """For a victim's need only the kind of place is told: where she is is told to nobody, here neither."""
    attempt, facility, asked, outcome, ended = row
    facility = facility if kind in TOLD else speech.word(kind, "asked")
    ending = f"{speech.word(outcome, 'attempt')}, {_time(speech, ended)}" if ended else speech.say(NO_ANSWER)
    return speech.say(ATTEMPT, attempt=attempt, facility=facility, asked=_time(speech, asked), outcome=ending)


def _time(speech: Speech, at: datetime | None) -> str:
    return moment(speech, at).striptags()
