"""Does a whole month of decisions come out the same again, and is one that was changed found? On a real PostgreSQL."""

import json
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from plumbing import rule_packs
from plumbing.plain import plain, read_back
from plumbing.postgres import Database
from plumbing.replay_verb import tell
from plumbing.replaying import Replay, Replayed
from plumbing.rule_files import pack_of
from plumbing.rules import reformed
from plumbing.step import Step
from services.police_intake.wiring import SERVICE as POLICE
from services.referral_router.facts import Need, Report
from services.referral_router.messages import ReportContent
from services.referral_router.questions import QUESTIONS
from services.referral_router.wiring import LAW
from services.referral_router.wiring import SERVICE as ROUTER
from simulation.month import Month
from simulation.year import generate_year
from tests import stores
from tests.referral_router.region import Region, report
from tests.stores import NOW

pytestmark = pytest.mark.stack
REPORTS_A_YEAR = 6000
OLD_LAW = pack_of({**LAW.texts, "victim.toml": LAW.texts["victim.toml"].replace("answer_minutes = 30", "answer_minutes = 45")}, QUESTIONS)


@pytest.fixture(scope="module")
def month(stack):
    """The router's database after a January of reports."""
    steps = [Step(service, Database(stores.fresh_database(service), "tests")) for service in (POLICE, ROUTER)]
    with closing(steps[0].database), closing(steps[1].database):
        reports = [one for one in generate_year(11, 2026, REPORTS_A_YEAR) if one.at.month == 1]
        Month(*steps, seed=11).live(reports)
        yield steps[1].database


def rows(database, question, *values):
    with database.transaction() as tx:
        return tx.rows(question, values)


def again(database, since=None):
    return Replay(ROUTER, database).run(since)


@contextmanager
def planted(database, table, column, sql):
    """One row that reads otherwise for as long as the block lasts; gives the number of its decision."""
    key = {"decisions": "decision_id", "outbox": "message_id"}[table]
    [(name, before)] = rows(database, f"SELECT {key}, {column} FROM {table} WHERE {sql.partition(' WHERE ')[2]} LIMIT 1")
    with database.transaction() as tx:
        tx.run(f"UPDATE {table} SET {column} = {sql.partition(' WHERE ')[0]} WHERE {key} = %s", (name,))
    yield name
    with database.transaction() as tx:
        kept = json.dumps(before) if isinstance(before, (list, dict)) else before
        tx.run(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", (kept, name))


def test_a_whole_month_of_decisions_comes_out_equal_byte_for_byte(month, capsys):
    outcome = again(month)
    assert outcome.differing == {}
    assert tell(outcome) == 0 and json.loads(capsys.readouterr().out) == {"decisions": outcome.decisions, "equal": outcome.equal}
    assert outcome.decisions == rows(month, "SELECT count(*) FROM decisions")[0][0] > 1500
    assert len(rows(month, "SELECT DISTINCT heard FROM decisions")) > 14
    assert rows(month, "SELECT count(*) FROM outbox")[0][0] > 2000


@pytest.mark.parametrize(("column", "sql", "sentence"), [
    ("decided", "jsonb_set(decided::jsonb, '{0,version}', '9') WHERE heard = 'ReportRegistered'", "its events differ"),
    ("findings", "jsonb_set(findings, '{0,1}', 'null') WHERE heard = 'ReportRegistered'", "its findings differ"),
    ("message", "jsonb_set(message::jsonb, '{children}', '9') WHERE heard = 'ReportRegistered'", "its events differ"),
    ("seen", "'{}' WHERE heard = 'PlaceHeld'", "UnknownNeed"),
    ("seed", "'another seed of it' WHERE heard = 'ReportRegistered' AND decided::text LIKE '%%ShelterReferralIssued%%'", "its events differ"),
    ("law_hash", "'0000000000000000' WHERE heard = 'ReportRegistered'", "LostPack: the rule pack 0000000000000000 was never kept here"),
])
def test_a_decision_that_was_changed_in_one_place_is_found(month, column, sql, sentence):
    with planted(month, "decisions", column, sql) as decision_id:
        outcome = again(month)
    assert list(outcome.differing) == [decision_id] and sentence in outcome.differing[decision_id]


def test_a_replay_that_finds_a_difference_names_the_decision_and_fails(capsys):
    assert tell(Replayed(2, {7: "its events differ"})) == 1
    said = capsys.readouterr()
    assert (said.err, said.out) == ("decision 7: its events differ\n", '{"decisions": 2, "equal": 1}\n')


def test_one_byte_that_was_said_otherwise_is_found(month):
    with planted(month, "outbox", "value", "set_byte(value, length(value) - 1, 255) WHERE event LIKE '%%ShelterReferralIssued'"):
        [problem] = again(month).differing.values()
    assert problem == "what it says is not what was said"


def test_only_what_was_decided_since_a_moment_is_decided_again(month):
    late = datetime(2026, 1, 20, tzinfo=UTC)
    some = again(month, late)
    assert 0 < some.decisions == rows(month, "SELECT count(*) FROM decisions WHERE decided_at >= %s", late)[0][0]


@pytest.mark.parametrize("law", [OLD_LAW, reformed(LAW), reformed(LAW, ["reform/1-detection"], since=NOW.date() - timedelta(30))],
                         ids=["other numbers", "a what-if", "a what-if of another day"])
def test_what_was_decided_under_an_earlier_pack_is_decided_under_it_again(stack, law):
    region, dsn = Region(), stores.fresh_database(ROUTER)
    region.open()
    region.hear(report(complaint=False, violence=("physical",)))
    then = replace(ROUTER, law=law, law_hash=law.digest)
    step = stores.pinned_step(then, dsn)
    with closing(step.database):
        with step.database.transaction() as tx:
            rule_packs.keep(tx, then)
        step.run(stores.heard(region.script))
        assert again(step.database).differing == {}
        with step.database.transaction() as tx:
            tx.run("UPDATE decisions SET law_hash = %s", (LAW.digest,))
        assert len(again(step.database).differing) == 1  # the capacity asks no law


def test_what_is_written_down_reads_back_as_it_was():
    content = ReportContent(**vars(report(violence=("physical",), occurred_at=NOW)))
    need = Need("n", "r", "shelter", "she", "KZ-55", 1, 0, "female", "adult", "none", "rule", "basis", "held", "", 1, "c", ("c",),
                0, 1, b"k", NOW)
    for kind, value in ((Report, Report(content, False)), (Need, need), (tuple[str, ...], ("a", "b")), (bytes | None, None)):
        assert read_back(kind, json.loads(json.dumps(plain(value)))) == value
