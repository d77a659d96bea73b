"""A holder has destroyed the card of somebody who was erased: what do police hear, and can they read a place or a stay in it?"""

import pytest

from services.referral_router import erasures
from services.referral_router.said import CardErasureAcknowledged
from tests.referral_router.region import Region, report

STAYS = {
    "asked": (), "held": ("held",), "there": ("held", "arrived"), "left": ("held", "arrived", "left"),
    "refused": ("refused",), "nobody could be asked": None,
}


def lived(stay):
    """Her need, after all that a centre has said of it."""
    made = Region()
    for code in ("centre-1", "centre-2") if stay is not None else ():
        made.open(code)
    made.hear(report())
    for word in stay or ():
        made.answer("ended", more="left") if word == "left" else made.answer(word, **({"more": "full"} if word == "refused" else {}))
    return made


@pytest.mark.parametrize("stay", STAYS.values(), ids=STAYS)
def test_police_hear_the_same_whatever_a_centre_has_of_her(stay):
    made = lived(stay)
    [need] = [one for one in made.needs() if one.kind == "shelter"]
    told = [vars(one) for one in made.hear(erasures.SocialForgot(need.need_id))]
    assert told == [{"report_id": "report", "need_id": need.need_id, "service": "social_registry"}], "neither facility, attempt nor state"


def test_nothing_about_the_need_changes_and_each_answer_is_passed_on():
    made = lived(STAYS["there"])
    [need] = made.needs()
    for _ in range(2):
        [said] = made.hear(erasures.SocialForgot(need.need_id))
        assert isinstance(said, CardErasureAcknowledged)
    assert made.needs() == [need]


def test_narcology_is_told_apart_by_name():
    made = Region()
    made.hear(report(intoxication="alcohol", consent="no"))
    need = made.needs()[0]
    [said] = made.hear(erasures.HealthForgot(need.need_id))
    assert (said.service, said.need_id) == ("health_narcology", need.need_id)


def test_an_answer_about_a_need_that_nobody_knows_is_said_to_nobody():
    assert erasures.pass_on(erasures.SocialForgot("nobody's"), {}, None) == ()
