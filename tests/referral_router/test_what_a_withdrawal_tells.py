"""She takes her consent back: do police learn from the router whether she is still at the centre, or whether one is near?"""

import pytest

from services.referral_router import consents as c
from services.referral_router import messages as m
from tests.referral_router.region import Region, corrected, only, report
from tests.referral_router.test_decisions_on_consent import given, withdrawn


def seen_by_police(events):
    """What the router says to police, in order, without the ids of this world."""
    names = ("NeedStateChanged", "ConsentWithdrawalPassedOn", "ConsentWithdrawalAcknowledged")
    return [(type(event).__name__, {name: value for name, value in vars(event).items() if name != "need_id"})
            for event in events if type(event).__name__ in names]


def agreed(centres):
    """She has agreed to a centre; so many are known."""
    made = Region()
    for number in range(centres):
        made.open(f"centre-{number + 1}")
    made.hear(given())
    made.hear(report())
    return made


def came(stays, again=False):
    """She came to a centre, and stays or has left; a second report about her rests on the first one's place."""
    made = agreed(3)
    for one in [given(report_id="second"), report(report_id="second")] if again else []:
        made.hear(one)
    made.answer("held")
    made.answer("arrived")
    if not stays:
        made.answer("ended", more="left")
    return made


def heard_by_police(world, said):
    """What police hear after each; every holder that is told destroys its card."""
    heard = []
    for one in said:
        events = world.hear(one)
        for card in [event for event in events if type(event).__name__ == "CardWithdrawn"]:
            events += world.hear(c.CardDestroyed(card.need_id, card.attempt, None))
        heard.append(seen_by_police(events))
    return heard


UNFOUNDED = (m.ReportCancelled("report", 2, "unfounded"), withdrawn(3), withdrawn(2, "second"))
SAID = {
    "she takes it back": (withdrawn(), corrected(consent="no", version=3)),
    "she takes it back twice": (withdrawn(), given(3), withdrawn(4), corrected(consent="no", version=5)),
    "the report was about another": (corrected(victim_ref="another"), withdrawn(), corrected(consent="no", version=4)),
    "the report was unfounded": UNFOUNDED,
    "no place is called for, and then it is": (corrected(consent="no"), corrected(consent="yes", version=3), withdrawn()),
}


@pytest.mark.parametrize("said", SAID)
def test_what_she_takes_back_does_not_tell_police_whether_she_is_still_there(said):
    there, gone = (heard_by_police(came(stays), SAID[said]) for stays in (True, False))
    assert there == gone


def test_a_second_report_that_rests_on_her_place_tells_police_as_little():
    there, gone = (heard_by_police(came(stays, again=True), UNFOUNDED) for stays in (True, False))
    assert there == gone and ("ConsentWithdrawalPassedOn", {"report_id": "second", "version": 2, "holders": 1}) in there[2]


def test_who_has_left_is_counted_as_a_holder_and_offered_help_anew():
    world = came(stays=False)
    events = world.hear(withdrawn())
    assert only(events, "ConsentWithdrawalPassedOn").holders == 1 and only(events, "CardWithdrawn").attempt == 1
    world.hear(corrected(consent="no", children=2))
    assert world.need("offer_help").state == "with_person", "she may need it again"


@pytest.mark.parametrize("centres", [0, 3])
def test_what_she_takes_back_does_not_tell_police_whether_any_centre_could_be_asked(centres):
    made = agreed(centres)
    for _ in range(centres):
        made.answer("refused")
    events = made.hear(withdrawn())
    assert only(events, "ConsentWithdrawalPassedOn").holders == 1
    told = events if not centres else made.answer("let_go")
    assert only(told, "ConsentWithdrawalAcknowledged").need_id == made.need().need_id
    names = [type(event).__name__ for event in events]
    assert centres or names.index("ConsentWithdrawalPassedOn") < names.index("ConsentWithdrawalAcknowledged")
