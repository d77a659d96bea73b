"""Is what came in kept, read back as it was, and the same however the records are cut? On a real PostgreSQL."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from random import Random

import pytest

from plumbing.deciding import Bench, decide_all
from plumbing.sealing import new_key_pair, unseal
from plumbing.service import Heard
from services.police_intake import messages as m
from services.police_intake import store
from services.police_intake.report import Consent, Relation, SafeContact, SafeContactKind
from services.police_intake.wiring import SERVICE
from tests import stores
from tests.police_intake.intake import ANOTHER_IIN, HE, HER_IIN, HIS_IIN, HOUR, NOW, command, person
from tests.stores import cut

pytestmark = pytest.mark.stack
DAUGHTER = person("Сейітова Айша", "2016-05-06")
PEOPLE = (person(), person(iin=HER_IIN), person(iin=ANOTHER_IIN), person("СЕЙІТОВА ЗӘУРЕ"), DAUGHTER, HE, person("Жұмабайов Ерлан", None),
          person("Жұмабайов Е.", "1998-02-20", iin=HIS_IIN), person("Оспанов Тимур", "1990-01-01"))


@pytest.fixture
def dsn(stack):
    return stores.fresh_database(SERVICE)


@pytest.fixture
def step(dsn):
    one = stores.pinned_step(SERVICE, dsn)
    with closing(one.database):
        yield one


def journal(seed, length=120):
    """Records of a few people under a few numbers, from extracts old and new; some are set aside."""
    rng, records = Random(seed), []
    for number in range(1, length + 1):
        record = m.ImportedRecord("a run", number)
        if rng.random() < 0.15:
            verdict = rng.choice(["held", "ignored", "rejected"])
            records.append(m.SetAside(verdict, "why", {"all": "x"}, f"aside {rng.randrange(9)}", (), record))
            continue
        people = rng.sample(PEOPLE, 2)
        records.append(command(
            extracted=rng.choice([None, NOW, NOW + HOUR, NOW + 2 * HOUR]), record=record, kui_number=str(rng.randrange(12)),
            victim=people[0], respondent=people[1], relation=rng.choice(list(Relation)),
            address=rng.choice(["", "ул. Абая, 2", "ул. Абая, 3"]), children=rng.randrange(3), consent=rng.choice(list(Consent)),
            recorded_at=NOW - timedelta(hours=rng.randrange(1, 200)),
        ))
    return [Heard(one, f"m/{place}", f"record {place}") for place, one in enumerate(records)]


def begin(step):
    with step.database.transaction() as tx:
        tx.run("INSERT INTO import_runs VALUES ('a run', 'hash', 'name', now(), NULL, NULL) ON CONFLICT DO NOTHING")


@pytest.mark.parametrize("size", [1, 7, 2000])
def test_facts_folded_are_the_facts_that_are_loaded(step, size):
    begin(step)
    for batch in cut(journal(size), size):
        with step.database.transaction() as tx:
            folded = step._look_up(tx, batch)
        decide_all(SERVICE, batch, Bench(folded, set(), NOW, step.seed_for))
        step.run(batch)
        with step.database.transaction() as tx:
            loaded = step._look_up(tx, batch)
        assert {key: (folded.get(key), value) for key, value in loaded.items() if folded.get(key) != value} == {}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_records_cut_into_any_batches_give_equal_rows_and_equal_bytes(stack, seed):
    found = {}
    for size in (1, 2, 7, 2000):
        dsn = stores.fresh_database(SERVICE)
        step = stores.pinned_step(SERVICE, dsn)
        with closing(step.database):
            begin(step)
            for batch in cut(journal(seed), size):
                step.run(batch)
        found[size] = {table: rows for table, rows in stores.all_rows(dsn).items() if table != "public.import_runs"}
    for size in (2, 7, 2000):
        for table, rows in found[1].items():
            assert found[size][table] == rows, (size, table)
    assert len(found[1]["public.import_verdicts"]) == 120 and found[1]["public.dead_letters"] == []


def held_place(step, report_id, need_id):
    """The router says that a place was held for this report's need; gives the key that opens its card."""
    pair = new_key_pair()
    step.run([Heard(m.CardRequested(report_id, need_id, "shelter", pair.public), f"card/{need_id}", report_id)])
    told = m.NeedStateChanged(report_id, need_id, "shelter", "answered", "", 3)
    step.run([Heard(told, f"seen/{need_id}", report_id)])
    return pair


def cards(events, need_id):
    return [event.sealed for told in events for event in told if getattr(event, "sealed", None) and event.need_id == need_id]


def test_mother_and_daughter_under_one_number_each_get_the_card_of_their_own(step):
    begin(step)
    mother = command(extracted=NOW, record=m.ImportedRecord("a run", 1))
    daughter = command(extracted=NOW, record=m.ImportedRecord("a run", 2), victim=replace(DAUGHTER, birth_date=None))
    events = step.run([Heard(mother, "m/1", "1"), Heard(daughter, "m/2", "2")])
    reports = [next(event.report_id for event in told if isinstance(event, m.ReportRegistered)) for told in events]
    keys = [held_place(step, report_id, f"need of {place}") for place, report_id in enumerate(reports)]
    later = [command(extracted=NOW + HOUR, record=m.ImportedRecord("a run", number), victim=victim, children=1)
             for number, victim in ((3, person()), (4, DAUGHTER))]
    events = step.run([Heard(one, f"m/{number}", str(number)) for number, one in enumerate(later, start=3)])
    [card] = cards(events, "need of 0")
    assert unseal(card, keys[0].private)["name"] == "Сейітова Зәуре"


def test_each_of_two_corrections_in_one_batch_is_followed_by_its_own_card(step):
    begin(step)
    [[*_, registered, _, _]] = step.run([Heard(command(extracted=NOW, record=m.ImportedRecord("a run", 1)), "m/1", "1")])
    pair = held_place(step, registered.report_id, "need")
    batch = [Heard(command(extracted=NOW + number * HOUR, record=m.ImportedRecord("a run", number), safe_contact=SafeContact(SafeContactKind.ONLY_AT, contact)),
                   f"m/{number}", str(number)) for number, contact in ((2, "first"), (3, "second"))]
    opened = [unseal(card, pair.private)["safe_contact_detail"] for card in cards(step.run(batch), "need")]
    assert opened == ["first", "second"]


def test_two_holds_heard_in_one_batch_each_get_a_card_they_can_open(step):
    begin(step)
    [[*_, registered, _, _]] = step.run([Heard(command(extracted=NOW, record=m.ImportedRecord("a run", 1)), "m/1", "1")])
    pairs = [new_key_pair(), new_key_pair()]
    asked = [m.CardRequested(registered.report_id, "need", "shelter", pair.public) for pair in pairs]
    events = step.run([Heard(one, f"card/{place}", registered.report_id) for place, one in enumerate(asked)])
    opened = [unseal(card, pair.private)["name"] for card, pair in zip(cards(events, "need"), pairs, strict=True)]
    assert opened == ["Сейітова Зәуре"] * 2


def test_no_identity_is_written_open_in_any_table(step, dsn):
    begin(step)
    step.run([Heard(command(extracted=NOW, record=m.ImportedRecord("a run", 1), victim=person(iin=HER_IIN)), "m/1", "1")])
    step.run([Heard(m.SetAside("held", "why", {"victim": "Сейітова Зәуре"}, "Сейітова"), "m/2", "2")])
    for table, rows in stores.all_rows(dsn).items():
        text = "\n".join(rows) + "".join(bytes.fromhex(part).decode("utf-8", "replace") for row in rows
                                          for part in row.split("\\\\x")[1:] for part in [part.split('"')[0]])
        assert not [secret for secret in ("Сейітова", "сеиитова", HER_IIN, "Ударил", "1974-08-12", "Абая") if secret in text], table
    hashes = {sha256(text.encode()).hexdigest() for text in (HER_IIN, "сеиитова зауре|1974-08-12")}
    assert not [table for table, rows in stores.all_rows(dsn).items() if any(one in row for one in hashes for row in rows)]


def test_nothing_of_the_store_seals_but_to_the_key_that_was_sent(monkeypatch, step):
    begin(step)
    sealed = []
    monkeypatch.setattr(store, "seal_card", lambda card, key: sealed.append(key) or b"sealed")
    [[*_, registered, _, _]] = step.run([Heard(command(extracted=NOW, record=m.ImportedRecord("a run", 1)), "m/1", "1")])
    held_place(step, registered.report_id, "need")
    assert len(set(sealed)) == 1
