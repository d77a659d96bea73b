"""Is what was decided kept, once, and read back as it was? On a real PostgreSQL."""

from contextlib import closing
from threading import Barrier, Thread

import pytest

from plumbing.clocks import ClockDue
from plumbing.postgres import Conflict, Database
from plumbing.sealing import seal, unseal
from plumbing.service import Heard
from services.social_registry import messages as m
from services.social_registry import store
from services.social_registry.wiring import SERVICE, new_facilities
from tests import dumps, stores
from tests.social_registry.script import AKIMAT, CENTRES, asked, notice
from tests.stores import NOW

pytestmark = pytest.mark.stack


def do(dsn, *messages):
    """The events of messages taken one by one, with real keys."""
    step = stores.pinned_step(SERVICE, dsn)
    with closing(step.database):
        return [step.run([Heard(one, f"x/{n}", "key")])[0] for n, one in enumerate(messages)]


def look(dsn, question):
    with closing(Database(dsn, "tests")) as database, database.transaction() as tx:
        return question(tx)


def test_forty_at_once_get_five_places_and_none_twice(dsn):
    do(dsn, m.OpenFacility("cc-5", "KZ-55", "crisis_centre", 5, 0, False, 12, True))
    barrier, answers = Barrier(40), []

    def ask(number):
        step = stores.pinned_step(SERVICE, dsn)
        with closing(step.database):
            barrier.wait()
            answers.extend(step.run([Heard(asked(f"need-{number}", 1, "cc-5", 0), f"a/{number}", f"need-{number}")]))

    threads = [Thread(target=ask, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = [type(event).__name__ for events in answers for event in events]
    assert (said.count("PlaceHeld"), said.count("ReferralRefused")) == (5, 35)
    assert sorted(stores.rows(dsn, "SELECT number FROM holds WHERE released_at IS NULL")) == [(1,), (2,), (3,), (4,), (5,)]
    published = [event.sequence for events in answers for event in events if isinstance(event, m.CapacityPublished)]
    assert sorted(published) == [2, 3, 4, 5, 6]


def test_the_database_itself_gives_no_place_twice(dsn):
    do(dsn, *CENTRES, asked("need-1"))
    with closing(Database(dsn, "tests")) as database, pytest.raises(Conflict), database.transaction() as tx:
        tx.run("INSERT INTO holds VALUES ('cc-1', 'night', 1, 'need-2', 1, now(), NULL)")


@pytest.mark.parametrize("ending", [
    [m.StaffAct("need", "decline", "Dana", "full")],
    [m.ShelterReferralWithdrawn("need", 1, "cancelled")],
    [m.ShelterHoldConfirmed("need", 1), m.StaffAct("need", "no_show", "Dana")],
    [m.StaffAct("need", "arrived", "Dana"), m.StaffAct("need", "left", "Dana")],
    [ClockDue("need", "hold/1", NOW, "need")],
], ids=lambda ending: getattr(ending[-1], "act", type(ending[-1]).__name__))
def test_the_private_key_and_the_places_go_with_the_hold(dsn, ending):
    do(dsn, *CENTRES, asked("need"))
    assert stores.rows(dsn, "SELECT count(*) FROM keys.one_time") == [(1,)]
    do(dsn, *ending)
    assert stores.rows(dsn, "SELECT count(*) FROM keys.one_time") == [(0,)]
    assert stores.rows(dsn, "SELECT number FROM holds WHERE released_at IS NULL") == []
    assert stores.rows(dsn, "SELECT step FROM clocks WHERE ended_at IS NULL") == []


def test_no_private_key_is_written_beside_the_keys(dsn):
    do(dsn, *CENTRES, AKIMAT, asked("need"), notice("other"), m.StaffAct("other", "visit", "Dana"))
    private = [bytes(key).hex() for (key,) in stores.rows(dsn, "SELECT private_key FROM keys.one_time")]
    told = {name: rows for name, rows in stores.all_rows(dsn).items() if name != "keys.one_time"}
    assert len(private) == 2 and not [key for key in private if key in repr(told)]


def test_the_worklist_shows_the_living_with_the_key_of_their_card(dsn):
    do(dsn, *CENTRES, AKIMAT, asked("a"), asked("b", 1, "cc-2"), notice("c"), m.ShelterReferralWithdrawn("b", 1, "cancelled"))
    found = [(referral.need_id, region, key is not None) for referral, region, _, key in look(dsn, store.worklist)]
    assert found == [("a", "KZ-55", True), ("c", "KZ-55", False)]


def test_the_board_counts_the_places_that_are_free(dsn):
    do(dsn, *CENTRES, AKIMAT, asked("a", 1, "cc-1", 2))
    assert look(dsn, store.places) == [("cc-1", "KZ-55", 9, 6), ("cc-2", "KZ-10", 4, 4)]


def test_the_directory_opens_41_centres_and_20_akimats_once(dsn):
    do(dsn, *look(dsn, new_facilities))
    kinds = stores.rows(dsn, "SELECT kind, count(*) FROM facilities GROUP BY kind ORDER BY kind")
    assert kinds == [("akimat", 20), ("crisis_centre", 41)] and look(dsn, new_facilities) == []


def test_the_migrations_lead_to_the_tables_that_are_written_down(dsn, tmp_path):
    written = stores.from_tables_sql(SERVICE, tmp_path)
    assert stores.shape(dsn) == stores.shape(written)
    told, migrated = stores.comments(written, SERVICE), stores.comments(dsn, SERVICE)
    assert len(told) > 30 and not [name for name, comment in told.items() if not comment]
    assert {name: told[name] for name, comment in migrated.items() if comment} == {n: c for n, c in migrated.items() if c}


def test_whoever_was_erased_leaves_no_key_and_no_card_and_keeps_her_place(dsn):
    do(dsn, *CENTRES, asked("need"), m.ShelterHoldConfirmed("need", 1), m.VictimCardSealed("need", b"card"))
    do(dsn, m.VictimCardErased("need"), m.VictimCardErased("need"), m.VictimCardErased("unknown"))
    assert stores.rows(dsn, "SELECT count(*) FROM keys.one_time") == [(0,)]
    assert stores.rows(dsn, "SELECT state, sealed FROM referrals WHERE need_id = 'need'") == [("confirmed", None)]
    assert stores.rows(dsn, "SELECT count(*) FROM vault.keys WHERE owner LIKE 'card/%'") == [(0,)]


def test_a_copy_of_the_whole_table_of_private_keys_opens_no_card(dsn):
    do(dsn, *CENTRES, asked("need"))
    [(kept,)] = stores.rows(dsn, "SELECT private_key FROM keys.one_time")
    [(public,)] = stores.rows(dsn, "SELECT public_key FROM referrals WHERE need_id = 'need'")
    with pytest.raises(ValueError, match="cannot be opened"):
        unseal(seal({"name": "a name"}, bytes(public)), bytes(kept)[-32:])


def test_a_backup_holds_no_row_of_a_private_key(dsn, tmp_path):
    do(dsn, *CENTRES, asked("need"))
    [(kept,)] = stores.rows(dsn, "SELECT private_key FROM keys.one_time")
    assert bytes(kept).hex() not in dumps.dump(stores.admin_of(dsn), tmp_path / "backup.sql", *dumps.WITHOUT_KEYS).decode()
    assert bytes(kept).hex() in dumps.dump(stores.admin_of(dsn), tmp_path / "whole.sql").decode()
