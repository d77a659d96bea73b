"""May a coordinator ask again without anybody being referred twice, and is a note kept by name and decides nothing?"""

from services.referral_router.commands import AskAgain, NoteNeed
from tests.referral_router.region import Region, kinds, only, report


def with_a_person(free=0):
    region = Region()
    region.open("centre-1", free=free)
    return region


def test_asking_again_first_takes_back_the_last_request_and_waits_for_the_word():
    region = with_a_person(2)
    region.hear(report())
    region.answer("refused")
    assert region.need().state == "with_person"
    events = region.hear(AskAgain(region.need().need_id, "Aigul"))
    assert (region.need().state, "ShelterReferralWithdrawn" in kinds(events)) == ("withdrawing", True)
    assert "ShelterReferralIssued" not in kinds(events) and region.tasks == {}
    assert only(region.answer("let_go"), "ShelterReferralIssued").attempt == 2


def test_who_was_never_asked_for_is_asked_for_at_once():
    region = with_a_person(0)
    region.open("centre-2", free=3, region="KZ-10", is_open=False)
    region.hear(report())
    region.open("centre-2", free=3, region="KZ-10")  # no more room than before: it calls nobody by itself
    assert region.need().state == "with_person"
    assert only(region.hear(AskAgain(region.need().need_id, "Aigul")), "ShelterReferralIssued").facility_code == "centre-2"


def test_nobody_is_asked_while_nobody_fits_and_the_need_stays_where_it_is():
    region = with_a_person(0)
    region.hear(report())
    events = region.hear(AskAgain(region.need().need_id, "Aigul"))
    assert (events[0].kind, len(events), region.need().state) == ("nobody-fits", 1, "with_person")


def test_a_need_that_is_asked_or_for_a_person_only_is_not_asked_again():
    region = with_a_person(3)
    region.hear(report())
    assert region.hear(AskAgain(region.need().need_id, "Aigul"))[0].kind == "wrong-state"
    region.hear(report(report_id="other", victim_ref="other", consent="no"))
    assert region.hear(AskAgain(region.need("offer_help", "other").need_id, "Aigul"))[0].kind == "never-asked"


def test_a_note_is_kept_by_name_and_says_nothing_to_anybody():
    region = with_a_person(0)
    region.hear(report())
    before = region.need()
    events = region.hear(NoteNeed(before.need_id, "no_place", "Aigul", "telephone", "Dana, centre"))
    assert kinds(events) == ["NeedNoted"] and region.need() == before
    assert region.hear(NoteNeed("nobody's", "no_place", "Aigul"))[0].kind == "unknown"
    assert region.hear(NoteNeed(before.need_id, "a long story", "Aigul"))[0].kind == "unknown"
