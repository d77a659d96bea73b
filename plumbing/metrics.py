"""Which figures does operations watch? The only file that imports prometheus_client; no label names a person."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, generate_latest

MESSAGES = Counter("qorgan_messages", "Messages taken from the wire, by outcome.", ["service", "topic", "outcome"])
SAID = Counter("qorgan_said", "Messages committed to the outbox.", ["service", "event"])
BATCHES = Counter("qorgan_batches", "Transactions of the step.", ["service"])
SENT = Counter("qorgan_relay_sent", "Messages acknowledged by Kafka.", ["service"])
REQUESTS = Counter("qorgan_commands", "Commands from people and machines, by outcome.", ["service", "outcome"])
ALERTS = Counter("qorgan_alerts", "Calls to staff, by outcome.", ["service", "outcome"])
CLOCKS_RUNG = Counter("qorgan_clocks_rung", "Clocks that ran out.", ["service"])

UP = Gauge("qorgan_dependency_up", "1 while the dependency answers.", ["service", "dependency"])
UNSENT_AGE = Gauge("qorgan_outbox_oldest_unsent_seconds", "Age of the oldest message not yet on the wire.", ["service"])
UNSENT = Gauge("qorgan_outbox_unsent", "Messages not yet on the wire.", ["service"])
GAP_AGE = Gauge("qorgan_inbox_gap_seconds", "How long the oldest gap has been waited for.", ["service"])
LAG = Gauge("qorgan_inbox_lag", "Messages on the wire that are not taken yet.", ["service"])
LETTERS = Gauge("qorgan_dead_letters", "Letters not redriven.", ["service"])
HELD_KEYS = Gauge("qorgan_held_keys", "Lives that wait behind a dead letter.", ["service"])
HELD_AGE = Gauge("qorgan_held_oldest_seconds", "How long the oldest letter has lain.", ["service"])
TASKS = Gauge("qorgan_tasks_open", "Acts that wait for a person.", ["service", "queue"])
OVERDUE = Gauge("qorgan_tasks_overdue", "Acts past their time.", ["service"])
ALERTS_OLDEST = Gauge("qorgan_alerts_oldest_unsent_seconds", "How long the oldest alert has waited for its call.", ["service"])
ALERTS_UNANSWERED = Gauge("qorgan_alerts_unanswered", "Alerts that rang and nobody has answered.", ["service"])
CLOCK_LATE = Gauge("qorgan_clock_oldest_due_seconds", "How late the oldest clock is.", ["service"])


def page() -> tuple[bytes, str]:
    """Everything in Prometheus' text format, with its content type."""
    return generate_latest(), CONTENT_TYPE_LATEST
