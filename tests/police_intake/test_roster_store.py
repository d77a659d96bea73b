"""Does a roster lie in its table as it was decided, whoever comes first, and is an uncovered district counted?"""

from contextlib import closing
from dataclasses import replace

import pytest

from plumbing.postgres import Database
from plumbing.service import Heard
from services.police_intake import figures_store
from services.police_intake import messages as m
from services.police_intake.officer import asking as waiting
from services.police_intake.officer.acts import AddAnswers, RiskSeen, VictimAnswered
from services.police_intake.report import Consent, Injury, SafeContact, Wish
from services.police_intake.roster import asking
from services.police_intake.roster.assigning import assign
from services.police_intake.roster.shifts import EndShift, EnterShift
from services.police_intake.wiring import SERVICE
from tests import stores
from tests.police_intake.intake import DAY, HOUR, NOW, command, person, said

pytestmark = pytest.mark.stack
HERE, THERE = "УП г. Шымкент", "Pavlodar city police department, station 2"
NAMES = {"1": "Ойдан Бірінші", "2": "Ойдан Екінші", "3": "Ойдан Үшінші", "4": "Ойдан Төртінші"}


@pytest.fixture
def dsn(stack):
    return stores.fresh_database(SERVICE)


@pytest.fixture
def hear(dsn):
    step, count = stores.pinned_step(SERVICE, dsn), iter(range(1000))
    with closing(step.database):
        yield lambda *messages: step.run([Heard(message, f"m/{next(count)}", "key") for message in messages])


@pytest.fixture
def written(hear):
    """Two districts have written a report each."""
    hear(command(kui_number="1", station=HERE), command(kui_number="2", station=THERE, region="KZ-55"))


def enter(station=HERE, since=0, hours=8, **changes):
    start = NOW + since * HOUR
    return replace(EnterShift(station, "inspector-1", True, start, start + hours * HOUR, "Aigul"), **changes)


def looked(dsn, question):
    with closing(Database(dsn, "tests")) as database, database.transaction() as tx:
        return question(tx)


def uncovered(dsn, now=NOW):
    rows = looked(dsn, lambda tx: figures_store.figures(tx, now))
    return {labels[0]: value for name, labels, value in rows if name == "qorgan_districts_uncovered"}


def test_a_shift_is_kept_with_the_region_of_its_district_and_its_end_alone_changes(dsn, hear, written):
    [[kept]] = hear(enter(THERE))
    hear(EndShift(kept.shift_id, "Dana"))
    assert stores.rows(dsn, "SELECT station, region, inspector, is_woman, since, until, entered_by, ended_by FROM shifts") == [
        (THERE, "KZ-55", "inspector-1", True, NOW, NOW, "Aigul", "Dana")]


def test_of_two_districts_that_enter_one_inspector_in_one_batch_the_second_is_refused(dsn, hear, written):
    [_, [refused]] = hear(enter(HERE), enter(THERE, 4))
    assert refused.kind == "two-districts" and stores.rows(dsn, "SELECT station FROM shifts") == [(HERE,)]
    [[later]] = hear(enter(THERE, 4))
    assert later.kind == "two-districts", "also in a batch of its own"
    [[there]] = hear(enter(THERE, 8))
    assert there.station == THERE


def test_a_district_that_wrote_no_report_is_unknown(hear, written):
    [[refused]] = hear(enter("Nowhere"))
    assert refused.kind == "unknown-district"


def test_every_station_that_writes_reports_is_a_district_once_in_the_region_of_its_last_report(dsn, hear, written):
    hear(command(kui_number="3", station=HERE, recorded_at=NOW - 2 * HOUR), command(kui_number="4", station=""))
    assert looked(dsn, lambda tx: asking.districts(tx, {}, NOW)) == [(THERE, "KZ-55"), (HERE, "KZ-79")]
    assert looked(dsn, lambda tx: asking.districts(tx, {"region": "KZ-55"}, NOW)) == [(THERE, "KZ-55")]
    assert looked(dsn, lambda tx: asking.districts(tx, {}, NOW + 365 * DAY)) == [], "silent for a year"


def test_a_district_whose_only_report_was_a_mistake_is_none(dsn, hear):
    registered = said(hear(command(kui_number="9", station="УП г. Шымкнет"))[0])
    assert len(looked(dsn, lambda tx: asking.districts(tx, {}, NOW))) == 1
    hear(m.TakeBack(registered.report_id, "wrong_person", "Dana"))
    assert looked(dsn, lambda tx: asking.districts(tx, {}, NOW)) == []


def test_an_uncovered_district_is_counted_in_its_region_until_somebody_comes_within_a_day(dsn, hear, written):
    assert uncovered(dsn) == {"KZ-79": 1, "KZ-55": 1}
    hear(enter(HERE), enter(THERE, since=25, inspector="inspector-2", is_woman=False))
    assert uncovered(dsn) == {"KZ-55": 1}
    assert uncovered(dsn, NOW + 2 * HOUR) == {}, "he comes in 23 hours"
    assert uncovered(dsn, NOW + 8 * HOUR) == {"KZ-79": 1}, "she has gone, and nobody comes"


def refusal(hear, number, wish=Wish.YES, station=HERE):
    """She said no at the scene, to a person: a second contact waits, for whom she wants."""
    told = {"region": "KZ-79" if station == HERE else "KZ-55", "consent": Consent.NOT_ASKED, "victim": person(NAMES[number])}
    report_id = said(hear(command(kui_number=number, station=station, **told))[0]).report_id
    no = VictimAnswered(report_id, True, Consent.NO, SafeContact(), "Aigul")
    hear(AddAnswers(report_id, no, RiskSeen((), Injury.NONE, None, None), "Aigul", wants_woman=wish))
    return report_id


def unmet(dsn, now=NOW):
    rows = looked(dsn, lambda tx: figures_store.figures(tx, now))
    return {labels[0]: value for name, labels, value in rows if name == "qorgan_wishes_unmet"}


def listed(dsn, now=NOW):
    return [(row[0], row[1]) for row in looked(dsn, lambda tx: waiting.open_tasks(tx, now))]


def test_a_wish_for_a_woman_is_unmet_until_one_is_on_shift_and_stands_first_till_then(dsn, hear):
    refusal(hear, "1", Wish.NO)
    hear(m.SetAside("held", "why", {"station": HERE}, "hash", (), None, None))
    refusal(hear, "2")
    refusal(hear, "3", station=THERE)
    hear(enter(THERE, inspector="inspector-2"), enter(HERE, inspector="inspector-3", is_woman=False), enter(HERE, 2))
    [wished] = looked(dsn, lambda tx: [one for one in asking.errands(tx, [task for task, _ in listed(dsn)])
                                       if one.wants_woman and one.station == HERE])
    assert unmet(dsn) == {"KZ-79": 1} and listed(dsn)[0] == wished.task, "a man is there, and a woman comes in two hours"
    assert unmet(dsn, NOW + 2 * HOUR) == {} and listed(dsn, NOW + 2 * HOUR)[0] != wished.task, "a held record is due sooner"


def test_the_figure_and_the_list_say_the_same_as_the_one_who_gives_out(dsn, hear):
    for number, (wish, station) in enumerate([(Wish.YES, HERE), (Wish.YES, THERE), (Wish.NOT_ASKED, HERE), (Wish.NO, THERE)], 1):
        refusal(hear, str(number), wish, station)
    hear(enter(HERE, 1, 3), enter(THERE, 4, 5, inspector="inspector-2"), enter(THERE, 0, 9, inspector="inspector-3", is_woman=False))
    counted = []
    for now in (NOW + hour * HOUR for hour in (0, 2, 5, 10)):
        rows = listed(dsn, now)
        errands = looked(dsn, lambda tx, rows=rows: asking.errands(tx, [task for task, _ in rows]))
        shifts = looked(dsn, lambda tx, now=now: asking.to_come(tx, {}, now))
        vain = {task for task, one in assign(errands, shifts, now).items() if one.unmet}
        assert len(errands) == 4 and sum(unmet(dsn, now).values()) == len(vain) and set(rows[: len(vain)]) == vain
        counted.append(len(vain))
    assert counted == [2, 1, 1, 2]


def test_what_she_wished_outlives_a_correction_that_does_not_ask_her_and_ends_when_she_says_no(dsn, hear):
    report_id = refusal(hear, "1")

    def wish():
        return stores.rows(dsn, "SELECT wants_woman FROM reports")

    hear(replace(command(kui_number="1", station=HERE, victim=person(NAMES["1"]), injury=Injury.GRAVE), report_id=report_id))
    assert wish() == [("yes",)]
    hear(replace(command(kui_number="1", station=HERE, victim=person(NAMES["1"]), wants_woman=Wish.NO), report_id=report_id))
    assert wish() == [("no",)]
    hear(m.TakeBack(report_id, "unfounded", "Dana"))
    assert wish() == [("no",)]
