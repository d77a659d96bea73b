"""Can anybody read why, in three languages, with the law of the day and how sure that is? On a real PostgreSQL."""

import json
from contextlib import closing
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from plumbing import rule_packs
from plumbing.languages import speeches
from plumbing.postgres import Database
from plumbing.replaying import Replay
from plumbing.rules import reformed
from plumbing.serving import application
from plumbing.settings import Settings
from services.referral_router.what_if import compared
from services.referral_router.why import explanation, why
from services.referral_router.wiring import LAW, SERVICE
from tests import stores
from tests.pages.doors import desk_of
from tests.referral_router.region import Region, report
from tests.referral_router.script import batches
from tests.referral_router.test_store import run
from tests.stores import NOW

pytestmark = pytest.mark.stack


@pytest.fixture
def dsn(stack):
    return stores.fresh_database(SERVICE)


def told(dsn, name, language="en"):
    with closing(Database(dsn, "tests")) as database, database.transaction() as tx:
        return explanation(tx, SERVICE, name, speeches(SERVICE.folder)[language])


def test_why_there_is_a_need_can_be_read_in_words(dsn):
    region = Region()
    region.open("detox-1", "detox")
    region.hear(report(intoxication="alcohol", consent="no"))
    region.answer("refused", region.need("detox"), more="no_bed")
    run(dsn, batches(region.script, 10))
    text = "\n".join(told(dsn, region.need("detox").need_id))
    for said in ("detoxification, opened 22 Nov 2026, 15:07 UTC+5; with a person since",
                 "Opened by the rule detox/seen-intoxicated (Code on Public Health, art. 178; order ҚР ДСМ-233/2020; published source; not",
                 "Yes. detox/seen-intoxicated. Was the respondent seen intoxicated? Seen: intoxication: alcohol, respondent: adult",
                 "It would be otherwise with: intoxication: none seen.", "No. shelter/consent-given. Did the victim agree",
                 "Unknown. offence/battery. Is it this offence? Seen: physical violence: unknown",
                 "detox-1, asked 22 Nov 2026, 15:07 UTC+5: no bed", "It is with a person now: coordinator.", f"under rule pack {LAW.digest}"):
        assert said in text, said


@pytest.mark.parametrize(("language", "sentence"), [
    ("ru", "Да. police/complaint-needed. Вправе ли полиция действовать по закону того дня? Рассмотрено: подписанное заявление: нет."
           " Ничто в сообщении этого не изменило бы. (поправки, действующие с 1 июля 2023 года (номер не найден);"
           " опубликованный источник; юристом не проверено.)"),
    ("kk", "Иә. police/complaint-needed. Сол күнгі заң бойынша полиция әрекет ете ала ма? Қаралғаны: қол қойылған арыз: жоқ."),
    ("en", "Yes. police/complaint-needed. May police act under the law of the day? Seen: signed complaint: no."),
])
def test_what_the_law_found_in_a_report_is_told_in_three_languages_with_how_sure_it_is(dsn, language, sentence):
    region = Region()
    region.open()
    region.hear(report(complaint=False))
    run(dsn, batches(region.script, 10))
    lines = told(dsn, "report", language)
    assert any(line.startswith(sentence) for line in lines), lines
    assert any(region.need().need_id in line for line in lines)


def test_a_finding_is_told_by_the_rules_of_its_day_after_the_law_has_changed(dsn):
    then = replace(SERVICE, law=reformed(LAW), law_hash=reformed(LAW).digest)
    step = stores.pinned_step(then, dsn)
    with closing(step.database):
        with step.database.transaction() as tx:
            rule_packs.keep(tx, then)
        step.run(stores.heard([report(relation="spouse")]))
    assert any(line.startswith("Yes. reform/5-family-relation.") for line in told(dsn, "report"))


def test_why_there_is_a_place_for_her_never_says_where(dsn):
    region = Region()
    region.open("centre-1")
    region.hear(report())
    run(dsn, batches(region.script, 10))
    assert "centre-1" not in "\n".join(told(dsn, region.need().need_id))


def test_nothing_is_said_of_a_need_nobody_opened(dsn):
    assert told(dsn, "nobody's") == []


def test_what_each_rule_found_stands_once_and_short_beside_the_decision(dsn):
    run(dsn, batches([report(complaint=False)], 10))
    [(findings, decided)] = stores.rows(dsn, "SELECT findings, decided::text FROM decisions")
    by_rule = {LAW.rules[found[0]].id: found[1:] for found in findings}
    assert by_rule["police/complaint-needed"] == [True, "complaint=no", ""]
    assert by_rule["shelter/consent-given"] == [True, "consent=yes victim=adult", "consent=no"]
    assert "complaint=no" not in decided and len(json.dumps(findings)) < 1500


def test_a_what_if_asks_past_reports_and_sets_the_answers_beside_those_of_the_law(dsn):
    in_2022 = NOW.replace(year=2022)
    told = [report(report_id=f"r-{n}", recorded_at=in_2022, complaint=signed) for n, signed in enumerate([False, False, True, None])]
    run(dsn, batches([*told, report(report_id="before", recorded_at=in_2022.replace(month=9), complaint=False)], 10))
    with closing(Database(dsn, "tests")) as database:
        found = compared(Replay(SERVICE, database), reformed(LAW, ["reform/1-detection"]))
    assert found == {"reform/1-detection": ({"yes": 4}, {"no": 2, "yes": 1, "unknown": 1})}


def test_the_command_tells_a_need_in_the_language_asked_for_and_fails_for_one_nobody_opened(dsn, capsys):
    region = Region()
    region.open()
    region.hear(report())
    run(dsn, batches(region.script, 10))
    settings = Settings(SERVICE.name, "", dsn)
    assert why(SERVICE, settings, [region.need().need_id, "--lang", "kk"]) == 0
    assert "заңгер тексермеген" in capsys.readouterr().out
    assert why(SERVICE, settings, ["nobody's", "--lang", "en"]) == 1
    assert capsys.readouterr().err == "No need and no report nobody's is known here.\n"


@pytest.mark.parametrize(("language", "sentence"), [("ru", "юристом не проверено"), ("kk", "заңгер тексермеген"), ("en", "not verified by a lawyer")])
def test_the_page_of_a_need_tells_in_the_readers_language_that_no_lawyer_has_verified_it(stack, language, sentence):
    region = Region()
    region.open("detox-1", "detox")
    region.hear(report(intoxication="alcohol"))
    door = TestClient(application(desk_of(SERVICE, region.script)), headers={"Accept-Language": language})
    page = door.get(f"/needs/{region.need('detox').need_id}")
    assert page.status_code == 200 and sentence in page.text and "detox/seen-intoxicated" in page.text
    assert door.get("/needs/nobody").status_code == 404
