"""Does a real Prometheus, scraping the real services, find everything that rules and dashboards ask for?"""

from __future__ import annotations

import subprocess
from contextlib import closing

import psycopg2
import pytest

from plumbing.catalogue import catalogue
from plumbing.figures import common
from services.health_narcology.wiring import SERVICE as HEALTH
from services.police_intake.wiring import SERVICE as POLICE
from services.referral_router.wiring import SERVICE as ROUTER
from services.social_registry.wiring import SERVICE as SOCIAL
from tests.checker.words import SERVICES
from tests.ops.watching import METRIC, alerts, metrics_in, queries, rules
from tests.talking import ask

pytestmark = [pytest.mark.stack]
WIRED = (POLICE, ROUTER, SOCIAL, HEALTH)
# What a label may say, whatever lies in the tables: codes of this repository and nothing else.
PLAIN = {"service", "instance", "job", "__name__", "le", "python", "version"}


@pytest.fixture
def watched(whole, prometheus):
    """A Qorgan that has taken some reports, and a Prometheus that has seen it."""
    if not prometheus.ask("sum(qorgan_reports_accepted_total) > 0"):
        whole.post(whole.bodies(20))
        whole.rest()
        prometheus.wait(lambda: prometheus.ask("sum(qorgan_needs) > 0"))
    return prometheus


RUNG = ("delivered", "temporary_failure", "permanent_failure", "passed_on")


def closed_lists():
    """Label → everything it may ever say."""
    allowed = {"outcome": {"taken", "passed_over", "unavailable", "other", *RUNG}, "dependency": {"kafka", "database"}}
    allowed["topic"] = set(catalogue().topics)
    allowed["event"] = {event for topic in catalogue().topics.values() for event in topic.events}
    for service in WIRED:
        for figure in (*common(service.gauges.task_kinds), *service.gauges.figures):
            for label, values in figure.labels.items():
                allowed.setdefault(label, {"other"}).update(values)
    return allowed


def test_promtool_finds_nothing_to_say_about_the_figures_of_any_service(whole, promtool):
    for name in SERVICES:
        text = ask("GET", f"{whole.url(name)}/metrics")[1]
        done = subprocess.run([promtool, "check", "metrics"], input=text, capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stdout + done.stderr) == (0, ""), name


def test_prometheus_reads_every_rule_as_the_tests_do(watched):
    groups = ask("GET", f"http://127.0.0.1:{watched.port}/api/v1/rules")[1]["data"]["groups"]
    read = [rule for group in groups for rule in group["rules"]]
    assert {rule["name"] for rule in read} == {rule.get("alert") or rule["record"] for rule in rules()}
    assert all(rule["health"] in ("ok", "unknown") for rule in read), read
    texts = {rule["name"]: rule["annotations"] for rule in read if rule["type"] == "alerting"}
    assert texts == {rule["alert"]: {key: rule[key] for key in texts[rule["alert"]]} for rule in alerts()}


def test_every_question_parses_and_asks_only_for_what_a_service_tells(watched):
    known = watched.known()
    for query in queries():
        watched.ask(query)
        assert metrics_in(query) <= known, query


def test_every_figure_there_is_somebody_looks_at(watched):
    told = {name.removesuffix("_bucket").removesuffix("_count").removesuffix("_sum") for name in watched.known() if METRIC.fullmatch(name)}
    asked = {name.removesuffix("_bucket") for query in queries() for name in metrics_in(query)}
    assert told - asked == set()


def test_the_figures_of_people_agree_with_the_tables(whole, watched):
    accepted = whole.sql("police_intake", "SELECT count(*) FROM reports")[0][0]
    needs = whole.sql("referral_router", "SELECT count(*) FROM needs")[0][0]
    watched.wait(lambda: watched.ask(f"sum(qorgan_reports_accepted_total) == {accepted}"))
    watched.wait(lambda: watched.ask(f"sum(qorgan_needs) == {needs}"))
    assert watched.ask("sum(qorgan_inbox_lag) == 0") and watched.ask("sum(qorgan_outbox_unsent) == 0")


def test_no_label_says_anything_but_a_word_of_a_closed_list(whole, watched):
    whole.sql("social_registry", "INSERT INTO tasks VALUES ('n', 'Айгүл', 'cc-akmola-1', 'why', 'KZ-10', 'n', now(), now() + '1 day') RETURNING 1")
    watched.wait(lambda: watched.ask('qorgan_tasks_open{kind="other"} == 1'))
    allowed = closed_lists()
    for series in watched.ask('{__name__=~"qorgan_.*"}'):
        for label, value in series["metric"].items():
            assert label in PLAIN or value in allowed[label], series
    whole.sql("social_registry", "DELETE FROM tasks WHERE subject = 'n' RETURNING 1")


def test_a_broker_that_is_away_makes_the_outbox_old_and_the_alarm_true(whole, watched):
    expression = {rule["alert"]: rule["expr"] for rule in alerts()}
    impatient = expression["OutboxOld"].replace("> 60", "> 3")
    assert watched.ask(impatient) == [] and watched.ask(expression["BrokerAway"]) == []
    whole.stack.broker.kill()
    whole.post(whole.bodies(2))
    watched.wait(lambda: watched.ask(expression["BrokerAway"]))
    found = watched.wait(lambda: watched.ask(impatient))
    assert [one["metric"] for one in found] == [{"service": "police_intake"}]
    whole.stack.broker.start()
    watched.wait(lambda: not watched.ask(impatient) and not watched.ask(expression["BrokerAway"]))


def test_a_batch_that_cannot_be_taken_is_seen_to_lie(whole, watched):
    impatient = next(rule["expr"] for rule in alerts() if rule["alert"] == "LagOld").replace("> 60", "> 3")
    with closing(psycopg2.connect(whole.stack.dsn("referral_router"))) as one, one.cursor() as cursor:
        cursor.execute("LOCK TABLE needs IN ACCESS EXCLUSIVE MODE")
        whole.post(whole.bodies(1))
        found = watched.wait(lambda: watched.ask(impatient))
    assert [series["metric"] for series in found] == [{"service": "referral_router"}]
    watched.wait(lambda: watched.ask('qorgan_inbox_lag_seconds{service="referral_router"} == 0'))


def test_a_service_that_is_killed_is_seen_by_name(whole, watched):
    down = next(rule["expr"] for rule in alerts() if rule["alert"] == "ServiceDown")
    assert watched.ask(down) == []
    whole.services["health_narcology"].kill()
    found = watched.wait(lambda: watched.ask(down))
    assert [one["metric"]["service"] for one in found] == ["health_narcology"]
    whole.mend()
    watched.wait(lambda: not watched.ask(down))
