"""Do the figures say how things stand, and can no label ever hold a person, a place or a free text?"""

import re
import threading
import tomllib
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kafka import TopicPartition
from prometheus_client import REGISTRY, generate_latest

from plumbing import VERSION, figures, metrics
from plumbing.lateness import Lateness
from plumbing.minutes import Minutes
from plumbing.service import Figure, Gauges, Heard, Origin
from plumbing.settings import Settings
from plumbing.stream import Stream
from services.health_narcology.wiring import SERVICE as HEALTH
from services.police_intake.wiring import SERVICE as POLICE
from services.referral_router.wiring import SERVICE as ROUTER
from services.social_registry.wiring import SERVICE as SOCIAL
from tests import stores
from tests.house import tree
from tests.plumbing.ledger import LEDGER

SERVICES = (POLICE, ROUTER, SOCIAL, HEALTH)
# Each of these is filled by a constant of the code or a name of the catalogue; the figures of the tables have their own lists.
FIXED = {"service", "topic", "outcome", "event", "dependency", "version", "python", "region"}
KINDS = Figure("qorgan_tried", "Only here.", {"kind": ("one", "two"), "state": ("open",)})


def samples(collector):
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for metric in collector.collect() for one in metric.samples}


@given(st.text(), st.text(), st.integers(0, 10))
def test_no_text_of_the_tables_ever_becomes_a_label(kind, state, value):
    tables = metrics.Tables()
    tables.show("ledger", [KINDS], [("qorgan_tried", (kind, state), value)])
    labels = [dict(labels) for _, labels in samples(tables)]
    assert {one["kind"] for one in labels} <= {"one", "two", "other"}
    assert {one["state"] for one in labels} <= {"open", "other"}
    assert sum(samples(tables).values()) == value


def test_every_metric_of_the_code_has_labels_of_closed_lists_only():
    of_code = [metric for metric in REGISTRY._collector_to_names if getattr(metric, "_name", "").startswith("qorgan")]
    assert len(of_code) > 10
    for metric in of_code:
        assert set(metric._labelnames) <= FIXED, metric._name


def test_every_figure_of_a_service_has_closed_lists_of_plain_words():
    for service in SERVICES:
        for figure in (*figures.common(service.gauges.task_kinds), *service.gauges.figures):
            assert figure.name.startswith("qorgan_") and figure.meaning.endswith("."), figure
            assert not figure.name.endswith("_total")  # added where it grows
            for values in figure.labels.values():
                assert values and all(re.fullmatch(r"[a-z_]+|KZ-\d\d", value) for value in values), figure


def test_two_services_that_share_a_figure_mean_the_same_labels():
    shared = {}
    for service in SERVICES:
        for figure in service.gauges.figures:
            told = (tuple(figure.labels), figure.grows)
            assert shared.setdefault(figure.name, told) == told


def test_what_is_not_there_is_shown_as_zero_and_what_has_gone_is_not_shown_for_ever():
    tables = metrics.Tables()
    tables.show("ledger", [KINDS], [("qorgan_tried", ("one", "open"), 4)])
    assert sorted(samples(tables).values()) == [0, 4]
    tables.show("ledger", [KINDS], [])
    assert sorted(samples(tables).values()) == [0, 0]


def test_the_version_shown_is_that_of_the_package():
    assert tomllib.loads((tree.ROOT / "pyproject.toml").read_text())["project"]["version"] == VERSION


def test_lateness_counts_from_the_moment_a_message_was_first_seen():
    lateness = Lateness()
    assert lateness.look(("t", 0), 0, 0, 10.0) == 0 and lateness.since() is None
    assert lateness.look(("t", 0), 5, 0, 11.0) == 5
    lateness.look(("t", 0), 9, 4, 20.0)
    assert lateness.since() == 11.0
    lateness.look(("t", 0), 9, 5, 21.0)
    assert lateness.since() == 20.0
    assert lateness.look(("t", 0), 9, 9, 22.0) == 0 and lateness.since() is None


@pytest.mark.stack
@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.name)
def test_the_figures_of_an_empty_service_can_be_read_and_all_are_there(service):
    step = stores.pinned_step(service, stores.fresh_database(service))
    figures.show(step)
    step.database.close()
    text = generate_latest().decode()
    for figure in service.gauges.figures:
        assert f"# TYPE {figure.name}" in text
    assert f'qorgan_outbox_unsent{{service="{service.name}"}} 0.0' in text


@pytest.mark.stack
def test_a_figure_that_cannot_be_read_stops_no_clock(dsn):
    broken = replace(LEDGER, gauges=Gauges((), lambda tx, now: tx.rows("SELECT nothing FROM nowhere")))
    step = stores.pinned_step(broken, dsn)
    with closing(step.database):
        minutes = Minutes(Settings("social_registry", "127.0.0.1:1", dsn, tick=100), step, threading.Event())
        minutes._show()
        minutes._show()  # not asked again before its time
        with step.database.transaction() as tx:
            assert tx.rows("SELECT 1") == [(1,)]


def test_a_message_counts_once_however_many_partitions_came_with_it():
    stream = Stream(Settings("referral_router", "127.0.0.1:1", ""), SimpleNamespace(service=LEDGER), threading.Event())
    polled = {TopicPartition("counted", partition): [None, None] for partition in (0, 1)}
    batch = [Heard(None, "m", "k", Origin("counted", partition, 1, 1, b"")) for partition in (0, 1, 1)]
    stream._count(batch, polled)
    told = {labels: value for (_, labels), value in samples(metrics.MESSAGES).items() if ("topic", "counted") in labels}
    assert {dict(labels)["outcome"]: value for labels, value in told.items()} == {"taken": 3, "passed_over": 1}
