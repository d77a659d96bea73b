"""How do the panels become the JSON that Grafana reads? `python -m deploy.grafana` writes it again."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

from grafana_foundation_sdk.builders import common, prometheus, stat, timeseries
from grafana_foundation_sdk.builders.dashboard import Dashboard, Row, ThresholdsConfig
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.common import GraphTresholdsStyleMode, LegendDisplayMode, LegendPlacement
from grafana_foundation_sdk.models.dashboard import DataSourceRef, Threshold, ThresholdsMode

from deploy.grafana.panels import PEOPLE, PIPES, Panel

FILE = Path(__file__).parent / "dashboards" / "qorgan.json"
SOURCE = DataSourceRef(type_val="prometheus", uid="qorgan-prometheus")
NUMBER_WIDTH, LINE_WIDTH, HEIGHT = 6, 8, 7


def panel(shown: Panel, number: int) -> Any:
    made = figure() if shown.number else line(shown)
    made.id(number).title(shown.title).description(shown.meaning).unit(shown.unit).height(HEIGHT).datasource(SOURCE)
    for letter, (query, legend) in zip("ABCDE", shown.asks, strict=False):
        made.with_target(prometheus.Dataquery().expr(query).legend_format(legend).ref_id(letter).datasource(SOURCE))
    return made.thresholds(thresholds(shown.alarm))


def figure() -> Any:
    return stat.Panel().span(NUMBER_WIDTH).reduce_options(common.ReduceDataOptions().calcs(["lastNotNull"]))


def line(shown: Panel) -> Any:
    legend = common.VizLegendOptions().show_legend(True).display_mode(LegendDisplayMode.LIST)
    made = timeseries.Panel().span(LINE_WIDTH).min(0).legend(legend.placement(LegendPlacement.BOTTOM))
    if shown.alarm is not None:
        made.thresholds_style(common.GraphThresholdsStyleConfig().mode(GraphTresholdsStyleMode.LINE))
    return made


def thresholds(alarm: float | None) -> ThresholdsConfig:
    steps = [Threshold(value=None, color="green")]
    if alarm is not None:
        steps.append(Threshold(value=alarm, color="red"))
    return ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(steps)


def dashboard() -> str:
    made = (
        Dashboard("Qorgan").uid("qorgan").tags(["qorgan"]).timezone("Asia/Almaty").refresh("30s").time("now-24h", "now")
        .description("People first, pipes below. Whoever may read it sees all sides at once: it is for operations only.")
        .readonly()
    )
    numbers = count(1)
    for title, panels in (("People", PEOPLE), ("Pipes", PIPES)):
        made.with_row(Row(title).id(next(numbers)))
        for shown in sorted(panels, key=lambda one: not one.number):
            made.with_panel(panel(shown, next(numbers)))
    return JSONEncoder(sort_keys=True, indent=2, ensure_ascii=False).encode(made.build()) + "\n"


if __name__ == "__main__":
    FILE.write_text(dashboard(), encoding="utf-8")
