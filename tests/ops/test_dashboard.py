"""Is the dashboard in the repository the one that is made, and does it ask only for what there is to see?"""

from __future__ import annotations

import json

from deploy.grafana.__main__ import FILE, SOURCE, dashboard
from deploy.grafana.panels import PEOPLE, PIPES
from tests.house import tree
from tests.ops.watching import metrics_in, panels, recorded_in, rules


def test_the_file_is_what_the_panels_make():
    assert FILE.read_text("utf-8") == dashboard(), "say python -m deploy.grafana, and look at the difference"


def test_people_stand_above_the_pipes():
    shown = json.loads(FILE.read_text("utf-8"))["panels"]
    rows = {panel["title"]: panel["gridPos"]["y"] for panel in shown if panel["type"] == "row"}
    assert rows["People"] < rows["Pipes"]
    waiting = next(panel for panel in shown if panel["title"] == "Waiting past their clock")
    assert waiting["gridPos"] == {"h": 7, "w": 6, "x": 0, "y": 1}  # the first that anybody sees


def test_no_two_panels_lie_on_each_other():
    cells = [(x, y) for panel in panels() for at in [panel["gridPos"]]
             for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])]
    assert len(cells) == len(set(cells))
    assert len({panel["id"] for panel in panels()}) == len(panels())


def test_every_panel_says_what_it_means_and_asks_the_provisioned_source():
    provisioned = (tree.ROOT / "deploy/grafana/provisioning/datasources/qorgan.yaml").read_text("utf-8")
    assert f"uid: {SOURCE.uid}" in provisioned
    for panel in panels():
        if panel["type"] != "row":
            assert panel["description"].endswith(".") and panel["targets"]
            assert {target["datasource"]["uid"] for target in panel["targets"]} == {SOURCE.uid}


def test_every_recorded_name_of_the_dashboard_is_recorded():
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    asked = [query for panel in (*PEOPLE, *PIPES) for query, _ in panel.asks]
    assert {name for query in asked for name in recorded_in(query)} <= recorded
    assert sum(bool(metrics_in(query)) for query in asked) > 30
