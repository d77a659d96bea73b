"""Can each principal do at Kafka what it must, and nothing else? Every cell of the matrix is tried on a real broker."""

from contextlib import closing

import pytest
from kafka import KafkaAdminClient, KafkaProducer
from kafka.errors import KafkaError

from deploy.local import acls, topics
from plumbing.broker import connection
from plumbing.settings import KafkaLogin, login_from
from tests.secure import expected as law
from tests.secure.trying import all_acts

pytestmark = pytest.mark.stack


def access(stack, user):
    return connection(stack.kafka, login_from(stack.login(user)))


@pytest.fixture(scope="module")
def furnished(stack):
    """A message in every topic, so that who may read has something to read; and a topic of nobody."""
    client = topics.admin(stack.kafka, stack.login("admin"))
    extra = {name: {"num_partitions": 1, "replication_factor": 1} for name in (law.STRANGE, law.KEPT)}
    client.create_topics(extra, wait_for_metadata=True)
    with closing(KafkaProducer(**access(stack, "admin"))) as producer:
        for place in law.PLACES:
            if not place.startswith("__"):
                producer.send(place, b"said", partition=0).get(10)
    yield stack
    client.delete_topics([law.STRANGE], raise_errors=False)
    client.close()


@pytest.mark.parametrize("who", law.PRINCIPALS)
def test_every_act_at_every_place_is_let_through_or_refused_as_the_catalogue_says(furnished, who):
    found = {(who, act, place): done for act, place, done in all_acts(access(furnished, who))}
    cells = {cell for cell in law.cells() if cell[0] == who}
    assert set(found) == cells, "every cell is tried"
    assert {cell: done for cell, done in found.items() if done != law.expected(cell)} == {}


def test_a_principal_is_there_for_each_who_is_named_and_for_nobody_else():
    assert set(acls.users(topics.CATALOGUE)) == {*law.PRINCIPALS, "admin", "broker"}


@pytest.mark.parametrize("login", [
    {}, {"security_protocol": "SASL_PLAINTEXT", "sasl_mechanism": "PLAIN", "sasl_plain_username": "admin", "sasl_plain_password": ""},
    {"security_protocol": "SASL_PLAINTEXT", "sasl_mechanism": "SCRAM-SHA-256", "sasl_plain_username": "stranger", "sasl_plain_password": "x"},
    {"security_protocol": "SASL_PLAINTEXT", "sasl_mechanism": "SCRAM-SHA-256", "sasl_plain_username": "admin", "sasl_plain_password": ""},
], ids=["anonymous", "another mechanism", "a user of nobody", "no password"])
def test_who_says_no_name_or_a_wrong_one_learns_nothing(stack, login):
    with pytest.raises((KafkaError, ValueError, AssertionError)):
        KafkaAdminClient(bootstrap_servers=stack.kafka, bootstrap_timeout_ms=1500, **login)


def test_the_password_of_one_opens_nothing_in_the_name_of_another(stack):
    stolen = KafkaLogin("referral_router", stack.login("anybody")["QORGAN_KAFKA_PASSWORD_FILE"])
    with pytest.raises(KafkaError):
        KafkaAdminClient(**connection(stack.kafka, stolen), bootstrap_timeout_ms=1500)
