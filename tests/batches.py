"""Are batches invisible? What every store test of it does: cut and compare, fold and load."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from typing import Any

from plumbing.deciding import Bench, decide_all
from plumbing.service import Facts, Heard, Service
from tests import stores
from tests.stores import NOW

SIZES = (1, 2, 7, 2000)
Told = tuple[dict[str, list[str]], list[str]]


def in_any_size(service: Service, batch: Sequence[Heard], prepared: Callable[[], None] = lambda: None) -> dict[int, Told]:
    """Cut size → all rows and all that was decided, each on a database of its own; `prepared` comes before each."""
    found = {}
    for size in SIZES:
        prepared()
        dsn = stores.fresh_database(service)
        step = stores.pinned_step(service, dsn)
        with closing(step.database):
            events = [repr(told) for part in stores.cut(batch, size) for told in step.run(part)]
        found[size] = (stores.all_rows(dsn), events)
    return found


def folded_unlike_loaded(
    service: Service, dsn: str, look_up: Callable[..., Facts], parts: Iterable[Sequence[Heard]]
) -> dict[Any, tuple[Any, Any]]:
    """The facts that `evolve` leaves otherwise than the store loads them after the same batch: (folded, loaded)."""
    unlike, step = {}, stores.pinned_step(service, dsn)

    def known(batch: Sequence[Heard]) -> Facts:
        with step.database.transaction() as tx:
            return look_up(tx, [one.message for one in batch])

    with closing(step.database):
        for batch in parts:
            folded = known(batch)
            decide_all(service, batch, Bench(folded, set(), NOW, step.seed_for))
            step.run(batch)
            unlike |= {key: (folded.get(key), value) for key, value in known(batch).items() if folded.get(key) != value}
    return unlike
