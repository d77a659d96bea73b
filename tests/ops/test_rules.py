"""Are the rules sound, and does each alert tell people in three languages what it means and where the mend is?"""

from __future__ import annotations

import re
import subprocess

import pytest

from deploy.local import endpoints
from deploy.prometheus import targets
from deploy.prometheus.__main__ import main
from plumbing.audit.context import settings
from tests.house import tree
from tests.ops.watching import RULES, alerts, metrics_in, recorded_in, rules

RUNBOOKS = tree.ROOT / "docs/runbooks"
PARTS = ("## What it means for people", "## Where to look", "## The mend", "## How to see that it is over")
KAZAKH_OR_RUSSIAN = re.compile(r"[а-яё]", re.IGNORECASE)
KAZAKH = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
LEVEL_METRIC_OPERATION = re.compile(r"[a-z_]+:qorgan_[a-z_]+:[a-z]+[a-z0-9_]*")


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def test_promtool_finds_the_rules_and_the_configuration_sound(promtool):
    done = run(promtool, "check", "rules", *map(str, RULES))
    assert done.returncode == 0, done.stdout + done.stderr
    done = run(promtool, "check", "config", "--syntax-only", str(tree.ROOT / "deploy/prometheus/prometheus.yaml"))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("story", sorted((tree.ROOT / "tests/ops/rules").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_rules_say_what_their_stories_expect(promtool, story):
    done = run(promtool, "test", "rules", str(story))
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_has_a_story_of_its_own():
    told = "".join(path.read_text("utf-8") for path in (tree.ROOT / "tests/ops/rules").glob("*.yaml"))
    assert [rule["alert"] for rule in alerts() if f"alertname: {rule['alert']}\n" not in told] == []


def test_every_recorded_name_has_a_story_of_its_own():
    told = (tree.ROOT / "tests/ops/rules/recorded.yaml").read_text("utf-8")
    assert [rule["record"] for rule in rules() if "record" in rule and f'expr: "{rule["record"]}"' not in told] == []


def test_every_recorded_name_is_level_metric_operation():
    assert [rule["record"] for rule in rules() if "record" in rule and not LEVEL_METRIC_OPERATION.fullmatch(rule["record"])] == []


def test_every_recorded_name_that_is_asked_for_is_recorded():
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    assert {name for rule in rules() for name in recorded_in(rule["expr"])} <= recorded


def test_the_reader_of_rules_sees_a_metric_in_every_rule():
    assert len(alerts()) > 10
    assert [rule for rule in rules() if not metrics_in(rule["expr"]) | recorded_in(rule["expr"]) and "up{" not in rule["expr"]] == []


@pytest.mark.parametrize("rule", alerts(), ids=lambda rule: rule["alert"])
def test_an_alert_speaks_three_languages_and_leads_to_a_runbook(rule):
    assert rule["labels"] in ("{severity: critical}", "{severity: warning}") and re.fullmatch(r"\d+[mh]", rule["for"])
    for part in "summary", "description":
        assert rule[part] and not KAZAKH_OR_RUSSIAN.search(rule[part])
        assert KAZAKH.search(rule[f"{part}_kk"]), rule[f"{part}_kk"]
        assert KAZAKH_OR_RUSSIAN.search(rule[f"{part}_ru"]) and not KAZAKH.search(rule[f"{part}_ru"])
        assert len({tuple(sorted(re.findall(r"{{.*?}}", rule[part + tongue]))) for tongue in ("", "_kk", "_ru")}) == 1
    assert rule["runbook_url"] == f"docs/runbooks/{rule['alert']}.md"


def test_every_runbook_has_its_four_parts_and_belongs_to_an_alert():
    named = {rule["alert"] for rule in alerts()}
    assert {path.stem for path in RUNBOOKS.glob("*.md")} - {"README"} == named
    for name in named:
        text = (RUNBOOKS / f"{name}.md").read_text("utf-8")
        assert [part for part in PARTS if part not in text] == [], name
        assert f"({name}.md)" in (RUNBOOKS / "README.md").read_text("utf-8"), name


def test_what_may_wait_for_the_audit_is_what_the_alert_rings_at():
    [expr] = [rule["expr"] for rule in alerts() if rule["alert"] == "AuditWaitingBeyondLimit"]
    waiting = settings()["waiting"]
    assert f"qorgan_audit_waiting) > {waiting['rows_max']} or " in expr
    assert expr.endswith(f"qorgan_audit_waiting_oldest_seconds) / 3600 > {waiting['hours_max']}")


def test_targets_name_each_service_and_give_no_password():
    assert targets({"police_intake": "http://127.0.0.1:8001"}) == [
        {"targets": ["127.0.0.1:8001"], "labels": {"service": "police_intake"}}
    ]


def test_prometheus_is_prepared_from_the_addresses_and_refuses_where_nothing_runs(tmp_path, capsys, promtool):
    assert main([str(tmp_path)]) == 1 and "Say make up first." in capsys.readouterr().err
    endpoints.write(tmp_path, {"kafka": "h:1", "services": {"police_intake": "http://127.0.0.1:8001"}, "postgres": {}})
    assert main([str(tmp_path)]) == 0 and capsys.readouterr().out.startswith("prometheus --config.file=")
    done = run(promtool, "check", "config", str(tmp_path / "prometheus/prometheus.yaml"))
    assert done.returncode == 0 and "FAILED" not in done.stdout + done.stderr, done.stdout + done.stderr
    assert "8001" in (tmp_path / "prometheus/targets.json").read_text("utf-8")
