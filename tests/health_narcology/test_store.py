"""Is what was decided kept, once, and read back as it was? On a real PostgreSQL."""

from contextlib import closing
from threading import Barrier, Thread

import pytest

from plumbing.clocks import ClockDue
from plumbing.postgres import Conflict, Database
from plumbing.service import Heard
from services.health_narcology import asking
from services.health_narcology import messages as m
from services.health_narcology.wiring import SERVICE, new_facilities
from tests import stores
from tests.health_narcology.script import CENTRES, CLINIC, asked
from tests.health_narcology.script_of_cases import begun
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


def test_forty_at_once_get_five_beds_and_none_twice(dsn):
    do(dsn, m.OpenFacility("detox-5", "KZ-55", "detox", 5))
    barrier, answers = Barrier(40), []

    def ask(number):
        step = stores.pinned_step(SERVICE, dsn)
        with closing(step.database):
            barrier.wait()
            answers.extend(step.run([Heard(asked(f"need-{number}", 1, "detox-5"), f"a/{number}", f"need-{number}")]))

    threads = [Thread(target=ask, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = [type(event).__name__ for events in answers for event in events]
    assert (said.count("BedHeld"), said.count("ReferralRefused")) == (5, 35)
    assert sorted(stores.rows(dsn, "SELECT bed FROM holds WHERE released_at IS NULL")) == [(1,), (2,), (3,), (4,), (5,)]
    published = [event.sequence for events in answers for event in events if isinstance(event, m.CapacityPublished)]
    assert sorted(published) == [2, 3, 4, 5, 6]


def test_the_database_itself_gives_no_bed_twice(dsn):
    do(dsn, *CENTRES, asked("need-1"))
    with closing(Database(dsn, "tests")) as database, pytest.raises(Conflict), database.transaction() as tx:
        tx.run("INSERT INTO holds VALUES ('detox-1', 1, 'need-2', 1, now(), NULL)")


@pytest.mark.parametrize("ending", [
    [m.StaffAct("need", "decline", "Aigul", "no_bed")],
    [m.HealthReferralWithdrawn("need", 1)],
    [m.HealthHoldConfirmed("need", 1), m.StaffAct("need", "not_brought", "Aigul")],
    [m.StaffAct("need", "brought", "Aigul"), m.StaffAct("need", "refused_at_door", "Aigul", "severe")],
    [m.StaffAct("need", name, "Aigul") for name in ("brought", "admitted", "released")],
    [m.StaffAct("need", name, "Aigul") for name in ("brought", "admitted", "extended", "hospitalised")],
    [ClockDue("need", "hold/1", NOW, "need")],
], ids=lambda ending: getattr(ending[-1], "act", type(ending[-1]).__name__))
def test_the_private_key_and_the_bed_go_with_the_hold(dsn, ending):
    do(dsn, *CENTRES, asked("need"))
    assert stores.rows(dsn, "SELECT count(*) FROM keys.one_time") == [(1,)]
    do(dsn, *ending)
    assert stores.rows(dsn, "SELECT count(*) FROM keys.one_time") == [(0,)]
    assert stores.rows(dsn, "SELECT bed FROM holds WHERE released_at IS NULL") == []
    assert stores.rows(dsn, "SELECT step FROM clocks WHERE ended_at IS NULL") == []


@pytest.mark.parametrize("ending", [m.StaffAct("need", "closed", "Aigul"), m.HealthReferralWithdrawn("need", 1)])
def test_the_key_of_an_examination_goes_when_it_is_closed_or_withdrawn(dsn, ending):
    do(dsn, CLINIC, asked("need", 1, "clinic-1", "examination"), m.StaffAct("need", "examine", "Aigul"))
    assert stores.rows(dsn, "SELECT count(*) FROM keys.one_time") == [(1,)]
    do(dsn, ending)
    assert stores.rows(dsn, "SELECT count(*) FROM keys.one_time") == [(0,)]
    assert stores.rows(dsn, "SELECT subject FROM tasks WHERE closed_at IS NULL") == []


def test_no_private_key_is_written_beside_the_keys(dsn):
    do(dsn, *CENTRES, CLINIC, asked("need"), asked("other", 1, "clinic-1", "examination"), m.StaffAct("other", "examine", "A"))
    private = [bytes(key).hex() for (key,) in stores.rows(dsn, "SELECT private_key FROM keys.one_time")]
    told = {name: rows for name, rows in stores.all_rows(dsn).items() if name != "keys.one_time"}
    assert len(private) == 2 and not [key for key in private if key in repr(told)]


def test_the_reason_at_the_door_is_in_no_message(dsn):
    door = m.StaffAct("need", "refused_at_door", "Aigul", "other_illness")
    do(dsn, *CENTRES, asked("need"), m.StaffAct("need", "brought", "Aigul"), door)
    assert stores.rows(dsn, "SELECT code FROM referrals") == [("other_illness",)]
    said = "\n".join(stores.all_rows(dsn)["public.outbox"])
    assert "ReferralRefused" not in said and b"illness".hex() not in said


def test_brought_is_counted_apart_from_held(dsn):
    do(dsn, *CENTRES, asked("a"), asked("b"), asked("c"), m.StaffAct("b", "brought", "A"), m.StaffAct("c", "brought", "A"),
       m.StaffAct("c", "admitted", "A"))
    assert look(dsn, asking.beds) == [("detox-1", "KZ-55", 5, 2, 1, 1, 1), ("detox-2", "KZ-10", 3, 3, 0, 0, 0)]
    times = stores.rows(dsn, "SELECT held_at, brought_at, admitted_at FROM referrals ORDER BY need_id")
    assert times == [(NOW, None, None), (NOW, NOW, None), (NOW, NOW, NOW)]


def test_the_worklist_shows_the_living_with_the_key_of_their_card(dsn):
    do(dsn, *CENTRES, CLINIC, asked("a"), asked("b", 1, "detox-2"), asked("c", 1, "clinic-1", "examination"),
       m.HealthReferralWithdrawn("b", 1))
    found = [(referral.need_id, referral.bed, region, key is not None) for referral, region, key in look(dsn, asking.worklist)]
    assert found == [("c", 0, "KZ-55", False), ("a", 1, "KZ-55", True)]


def test_the_directory_opens_35_centres_with_778_beds_once(dsn):
    do(dsn, *look(dsn, new_facilities))
    board = look(dsn, asking.beds)
    assert (len(board), sum(beds for _, _, beds, *_ in board)) == (35, 778)
    assert stores.rows(dsn, "SELECT count(*), sum(beds) FROM facilities WHERE kind = 'narcology'") == [(20, 0)]
    assert stores.rows(dsn, "SELECT count(*) FROM facilities WHERE kind = 'treatment'") == [(20,)]
    assert look(dsn, new_facilities) == []


def test_the_migrations_lead_to_the_tables_that_are_written_down(dsn, tmp_path):
    written = stores.from_tables_sql(SERVICE, tmp_path)
    assert stores.shape(dsn) == stores.shape(written)
    told, migrated = stores.comments(written, SERVICE), stores.comments(dsn, SERVICE)
    assert len(told) > 30 and not [name for name, comment in told.items() if not comment]
    assert {name: told[name] for name, comment in migrated.items() if comment} == {n: c for n, c in migrated.items() if c}


def test_whoever_was_erased_leaves_no_key_and_no_card_unless_a_case_is_open(dsn):
    do(dsn, *CENTRES, asked("need"), m.HealthHoldConfirmed("need", 1), m.RespondentCardSealed("need", b"card"))
    do(dsn, CLINIC, *begun("case"))
    do(dsn, m.RespondentCardErased("need"), m.RespondentCardErased("need"), m.RespondentCardErased("case"))
    assert stores.rows(dsn, "SELECT need_id FROM keys.one_time") == [("case",)], "a court may ask for the whole file"
    assert stores.rows(dsn, "SELECT need_id, sealed IS NULL FROM referrals ORDER BY 1") == [("case", False), ("need", True)]
    do(dsn, m.CaseAct("case", "dropped", "Aigul", "other_help"), m.RespondentCardErased("case"))
    assert stores.rows(dsn, "SELECT count(*) FROM keys.one_time") == [(0,)]
