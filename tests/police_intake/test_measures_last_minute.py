"""Is a breach one by the hour it happened, to the last minute of the order, whenever it becomes known? Cases for a lawyer."""

import tomllib
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from plumbing.service import CommandRefused
from services.police_intake.measures.lives import MoveMeasure
from services.police_intake.risk.messages import RiskStep
from services.police_intake.wiring import SERVICE
from tests.police_intake.measured import LIVES, MOMENT, kept, known, measure, measures, tasks

CASES = sorted((Path(__file__).parent / "cases").glob("breach_*.toml"))
DAY = timedelta(days=1)


def told_of(case):
    """What follows when the breach of this case is typed in; all hours as the database gives them."""
    given, when = ({name: getattr(value, "astimezone", lambda _, v=value: v)(UTC) for name, value in case[part].items()}
                   for part in ("given", "when"))
    since = {"served": given["served"], "breached": given["served"] + 10 * DAY, "expired": given["until"]}[given["state"]]
    order = measure("protection_order", given["state"], began_at=given["served"] - DAY, since=since, until=given["until"])
    act = "breach_known_late" if given["state"] == "expired" else "breach"
    command = MoveMeasure("measure", act, "Aigul", order.version, "visited", {}, at=when["happened"])
    moment = replace(MOMENT, now=when["recorded"])
    return list(SERVICE.route(command).decided(command, known(order, recorded_at=given["served"] - DAY), moment))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_ends_as_it_was_written_for_a_lawyer(path):
    case = tomllib.loads(path.read_text("utf-8"))
    events, then = told_of(case), case["then"]
    if "refused" in then:
        [refused] = events
        assert isinstance(refused, CommandRefused) and (refused.kind, refused.state) == (then["refused"], case["given"]["state"])
        assert then["seen"] in refused.detail, "the hour is named as a clock here shows it"
        return
    order, opened = measures(events)
    assert order.state == then["state"] and order.until == case["given"]["until"].astimezone(UTC), case["title"]
    assert (opened.kind, opened.about, opened.code) == ("administrative_case", "measure", "461") and then["case_opened"]
    assert opened.began_at == case["when"]["happened"].astimezone(UTC), "the law of the hour it happened judges it"
    assert "danger" in tasks(events) and [event.grade for event in events if isinstance(event, RiskStep)] == ["high"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_says_in_one_sentence_what_it_is_about(path):
    case = tomllib.loads(path.read_text("utf-8"))
    assert set(case) == {"title", "given", "when", "then"} and case["title"].endswith(".")


def test_what_waits_about_a_breach_known_late_ends_when_her_danger_was_assessed():
    life = LIVES["protection_order"]
    facts = known(measure("protection_order", "expired"))
    command = MoveMeasure("measure", "danger_assessed", "Aigul", 3)
    assert kept(list(SERVICE.route(command).decided(command, facts, MOMENT))).state == "expired" and "expired" in life.ends
