"""Does the wire stay in order when relays stop, pile up, or die?"""

import pytest

from tests.world import Part

pytestmark = [pytest.mark.failure, pytest.mark.stack]
UNSENT = ("SELECT sum(h.last_number - coalesce(c.sent_number, 0)) FROM outbox_heads h"
          " LEFT JOIN outbox_cursors c USING (topic, partition)")

RELAYING = ("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")


def test_a_relay_stopped_for_long_and_then_two_of_which_one_dies_keep_the_order(whole):
    whole.services["referral_router"].stop()
    rest, first, second = (Part(whole, "referral_router", *parts) for parts in (("step", "minutes"), ("relay",), ("relay",)))
    rest.begin()
    whole.post(whole.bodies(40))
    whole.wait(lambda: whole.sql("referral_router", UNSENT)[0][0] > 40)
    first.begin(QORGAN_MARK="after_publish=kill@2")
    whole.wait(lambda: whole.sql("referral_router", RELAYING)[0][0])
    second.begin()
    whole.wait(lambda: (whole.post(whole.bodies(2)), first.pid is None)[1])
    whole.rest()
    for part in (rest, second):
        part.stop()
