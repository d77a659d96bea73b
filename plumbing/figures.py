"""How do things stand in the tables, in figures: those every service has, and its own?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from plumbing import metrics, tasks
from plumbing.audit.unusual import WHYS, counted
from plumbing.service import Figure

if TYPE_CHECKING:
    from plumbing.postgres import Transaction
    from plumbing.step import Step

Row = tuple[str, Sequence[str], float]
FAILED = "failed"  # a clock that could not be taken and became a person's task

_STATE = """
SELECT 'qorgan_outbox_unsent', '{}'::text[], coalesce(sum(h.last_number - coalesce(c.sent_number, 0)), 0)::float
    FROM outbox_heads h LEFT JOIN outbox_cursors c USING (topic, partition)
UNION ALL SELECT 'qorgan_outbox_oldest_unsent_seconds', '{}',
    coalesce(extract(epoch FROM clock_timestamp() - min(o.kept_at)), 0)
    FROM outbox_heads h LEFT JOIN outbox_cursors c USING (topic, partition)
    JOIN outbox o ON o.topic = h.topic AND o.partition = h.partition AND o.number = coalesce(c.sent_number, 0) + 1
UNION ALL SELECT 'qorgan_dead_letters', '{}', count(*) FROM dead_letters WHERE redriven_at IS NULL
UNION ALL SELECT 'qorgan_held_keys', '{}', count(DISTINCT key) FROM dead_letters WHERE redriven_at IS NULL
UNION ALL SELECT 'qorgan_held_oldest_seconds', '{}', coalesce(extract(epoch FROM clock_timestamp() - min(set_aside_at)), 0)
    FROM dead_letters WHERE redriven_at IS NULL
UNION ALL SELECT 'qorgan_clocks_late', '{}', count(*) FROM clocks WHERE ended_at IS NULL AND due_at < %(now)s
UNION ALL SELECT 'qorgan_clock_oldest_due_seconds', '{}', greatest(coalesce(extract(epoch FROM %(now)s - min(due_at)), 0), 0)
    FROM clocks WHERE ended_at IS NULL
UNION ALL SELECT 'qorgan_tasks_open', ARRAY[split_part(kind, '-', 1)], count(*) FROM tasks WHERE closed_at IS NULL GROUP BY 2
UNION ALL SELECT 'qorgan_tasks_overdue', ARRAY[split_part(kind, '-', 1)], count(*)
    FROM tasks WHERE closed_at IS NULL AND due_at < %(now)s GROUP BY 2
UNION ALL SELECT 'qorgan_audit_rows', '{}', sequence FROM audit_head
UNION ALL SELECT 'qorgan_audit_waiting', '{}', count(*) FROM audit_waiting
UNION ALL SELECT 'qorgan_audit_waiting_oldest_seconds', '{}',
    coalesce(extract(epoch FROM clock_timestamp() - min(kept_at)), 0) FROM audit_waiting"""


def common(task_kinds: Sequence[str]) -> list[Figure]:
    """What every service shows. A task is told by its kind: its queue may name a place nobody may know."""
    kinds = {"kind": (*task_kinds, FAILED, tasks.LETTER)}
    return [
        Figure("qorgan_outbox_unsent", "Messages not yet on the wire."),
        Figure("qorgan_outbox_oldest_unsent_seconds", "Age of the oldest message not yet on the wire."),
        Figure("qorgan_dead_letters", "Letters not redriven."),
        Figure("qorgan_held_keys", "Lives that wait behind a dead letter."),
        Figure("qorgan_held_oldest_seconds", "How long the oldest letter has lain."),
        Figure("qorgan_clocks_late", "Clocks that are due and have not rung."),
        Figure("qorgan_clock_oldest_due_seconds", "How late the oldest clock is."),
        Figure("qorgan_tasks_open", "Acts that wait for a person.", kinds),
        Figure("qorgan_tasks_overdue", "Acts that wait for a person past their time.", kinds),
        Figure("qorgan_audit_rows", "Rows of the audit.", grows=True),
        Figure("qorgan_audit_waiting", "Rows of changes that the audit could not take yet."),
        Figure("qorgan_audit_waiting_oldest_seconds", "How long the oldest of them waits."),
        Figure("qorgan_audit_unusual", "Looks of the last day that a manager would ask about.", {"why": WHYS}),
    ]


def show(step: Step) -> None:
    """Count once, with one query for the pipes and one for the service's own figures, and show it all at once."""
    own = step.service.gauges
    with step.database.transaction() as tx:
        now = step.clock.at(tx.now())
        looks = counted(tx, step.service.looked, now - timedelta(days=1))
        rows = [*_standing(tx, now), *looks, *(own.read(tx, now) if own else ())]
    figures = [*common(own.task_kinds if own else ()), *(own.figures if own else ())]
    metrics.TABLES.show(step.service.name, figures, rows)


def _standing(tx: Transaction, now: datetime) -> Iterable[Row]:
    return tx.rows(_STATE, {"now": now})
