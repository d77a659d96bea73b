"""Which figures does operations watch? The only file that imports prometheus_client; no label names a person."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import Metric
from prometheus_client.registry import Collector

from plumbing import VERSION
from plumbing.service import Figure

disable_created_metrics()

OTHER = "other"  # what a closed list does not name
SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
SIZES = (1, 3, 10, 30, 100, 300, 1000, 3000)

MESSAGES = Counter("qorgan_messages", "Messages taken from the wire, by outcome.", ["service", "topic", "outcome"])
SAID = Counter("qorgan_said", "Messages committed to the outbox.", ["service", "event"])
SENT = Counter("qorgan_relay_sent", "Messages acknowledged by Kafka.", ["service"])
REQUESTS = Counter("qorgan_commands", "Commands from people and machines, by outcome.", ["service", "outcome"])
ALERTS = Counter("qorgan_alerts", "Calls to staff, by outcome.", ["service", "outcome"])
CLOCKS_RUNG = Counter("qorgan_clocks_rung", "Clocks that ran out.", ["service"])
BATCH_SECONDS = Histogram("qorgan_batch_seconds", "How long one transaction of the step took.", ["service"], buckets=SECONDS)
BATCH_SIZE = Histogram("qorgan_batch_messages", "Messages decided in one transaction.", ["service"], buckets=SIZES)

UP = Gauge("qorgan_dependency_up", "1 while the dependency answers.", ["service", "dependency"])
GAP_AGE = Gauge("qorgan_inbox_gap_seconds", "How long the oldest gap has been waited for.", ["service"])
LAG = Gauge("qorgan_inbox_lag", "Messages on the wire that are not taken yet.", ["service"])
LAG_AGE = Gauge("qorgan_inbox_lag_seconds", "How long the oldest message not taken has lain on the wire.", ["service"])
READ_AT = Gauge("qorgan_figures_read_timestamp_seconds", "When the figures were last read from the tables.", ["service"])
AUDIT_SIGNED_AT = Gauge(
    "qorgan_audit_signed_timestamp_seconds", "When the end of the audit was last seen to be signed.", ["service"]
)
ALERTS_OLDEST = Gauge("qorgan_alerts_oldest_unsent_seconds", "How long the oldest alert has waited for its call.", ["service"])
ALERTS_UNANSWERED = Gauge("qorgan_alerts_unanswered", "Alerts that rang and nobody has answered.", ["service"])
BUILD = Gauge("qorgan_build_info", "1; which version runs.", ["service", "version", "python"])


class Tables(Collector):
    """Figures as the tables last told them: absolute, so that a new start of the process resets none of them."""

    def __init__(self) -> None:
        self._shown: Mapping[str, tuple[Mapping[str, Figure], Mapping[str, Mapping[tuple[str, ...], float]]]] = {}

    def show(self, service: str, figures: Sequence[Figure], rows: Iterable[tuple[str, Sequence[str], float]]) -> None:
        """Replace what is shown, at once. A value outside a label's closed list counts as `other`; none missing is 0."""
        known = {figure.name: figure for figure in figures}
        values = {figure.name: dict.fromkeys(_all(figure) if figure.zeros else (), 0.0) for figure in figures}
        for name, labels, value in rows:
            place = _closed(known[name], labels)
            values[name][place] = values[name].get(place, 0.0) + float(value)
        self._shown = {**self._shown, service: (known, values)}
        READ_AT.labels(service).set(time.time())

    def describe(self) -> Iterable[Metric]:
        return ()

    def collect(self) -> Iterator[Metric]:
        told: dict[str, Metric] = {}
        for service, (known, values) in self._shown.items():
            for name, figure in known.items():
                kind, ending = ("counter", "_total") if figure.grows else ("gauge", "")
                metric = told.setdefault(name, Metric(name, figure.meaning, kind))
                for labels, value in values[name].items():
                    named = dict(zip(figure.labels, labels, strict=True))
                    metric.add_sample(name + ending, {"service": service, **named}, value)
        yield from told.values()


def _all(figure: Figure) -> list[tuple[str, ...]]:
    places: list[tuple[str, ...]] = [()]
    for values in figure.labels.values():
        places = [(*place, value) for place in places for value in values]
    return places


def _closed(figure: Figure, labels: Sequence[str]) -> tuple[str, ...]:
    pairs = zip(labels, figure.labels.values(), strict=True)
    return tuple(value if value in closed else OTHER for value, closed in pairs)


TABLES = Tables()
REGISTRY.register(TABLES)


def batch(service: str, took: float, size: int, said: Mapping[str, int]) -> None:
    """One transaction is done: called once a batch, never once a message."""
    BATCH_SECONDS.labels(service).observe(took)
    BATCH_SIZE.labels(service).observe(size)
    for event, count in said.items():
        SAID.labels(service, event).inc(count)


def build(service: str) -> None:
    BUILD.labels(service, VERSION, platform.python_version()).set(1)


def age(gauge: Gauge, service: str, since: Callable[[], float | None]) -> None:
    """Show seconds since a moment of `time.monotonic`, reckoned when asked: it grows even if its thread stands still."""
    gauge.labels(service).set_function(lambda: time.monotonic() - began if (began := since()) is not None else 0.0)


def page() -> tuple[bytes, str]:
    """Everything in Prometheus' text format, with its content type."""
    return generate_latest(), CONTENT_TYPE_LATEST
