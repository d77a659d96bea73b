"""Does what operations sees of the centres never come near to telling where one of them stands?"""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

import pytest

from plumbing.postgres import Database
from services.social_registry import store
from services.social_registry.wiring import SERVICE
from tests import stores

pytestmark = pytest.mark.stack
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def places(*centres):
    """Rows of qorgan_places for centres given as (region, places)."""
    with closing(Database(stores.fresh_database(SERVICE), "tests")) as database, database.transaction() as tx:
        tx.insert("INSERT INTO facilities VALUES %s", [
            (f"cc-{n}", region, "crisis_centre", number, 0, False, 10, False, True, 1) for n, (region, number) in enumerate(centres)
        ])
        return {labels[0]: value for name, labels, value in store.figures(tx, NOW) if name == "qorgan_places" and labels[1] == "night"}


def test_a_region_is_named_only_where_it_has_three_centres():
    told = places(*[("KZ-75", 4)] * 3, ("KZ-10", 5), ("KZ-11", 6), ("KZ-11", 7))
    assert told == {"KZ-75": 12, "elsewhere": 18}


def test_two_centres_left_over_hide_among_all():
    assert places(*[("KZ-75", 4)] * 3, ("KZ-10", 5), ("KZ-11", 6)) == {"everywhere": 23}


def test_no_figure_names_a_facility_even_in_the_queue_of_a_task():
    with closing(Database(stores.fresh_database(SERVICE), "tests")) as database, database.transaction() as tx:
        tx.insert("INSERT INTO facilities VALUES %s", [("cc-1", "KZ-10", "crisis_centre", 3, 0, False, 10, False, True, 1)])
        tx.run("INSERT INTO tasks VALUES ('n', 'stay', 'cc-1', 'why', 'KZ-10', 'n', now(), now())")
        rows = [*store.figures(tx, NOW), *tx.rows("SELECT queue FROM tasks")]
    assert not [row for row in rows[:-1] if "cc-1" in str(row)] and rows[-1] == ("cc-1",)
