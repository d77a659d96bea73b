"""Is a report still accepted while Kafka is away, and does everything go on when it is back?"""

import pytest

from tests.talking import ask

pytestmark = [pytest.mark.failure, pytest.mark.stack]


def test_intake_answers_while_the_broker_is_dead_and_all_follows(whole):
    whole.stack.broker.kill()
    taken = whole.post(whole.bodies(30))
    assert taken
    status, ready = ask("GET", f"{whole.url('police_intake')}/readyz")
    assert (status, ready) == (200, {"database": True, "kafka": False})
    away = 'qorgan_dependency_up{dependency="kafka",service="police_intake"} 0.0'
    whole.wait(lambda: away in ask("GET", f"{whole.url('police_intake')}/metrics")[1])
    assert whole.see(taken[0])["needs"] == []
    whole.stack.broker.start()
    whole.rest()
    assert whole.see(taken[0])["needs"] != []


def test_a_broker_that_freezes_under_load_loses_nothing(whole):
    posting = whole.posting(30)
    whole.stack.broker.pause()
    taken = posting.result(60)
    assert len(taken) > 20
    whole.stack.broker.resume()


def test_a_broker_killed_under_load_loses_nothing(whole):
    posting = whole.posting(40)
    whole.wait(lambda: whole.sql("referral_router", "SELECT count(*) FROM needs")[0][0] > 0)
    whole.stack.broker.kill()
    whole.stack.broker.start()
    posting.result(60)
