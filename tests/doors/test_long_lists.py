"""Does what waits for oneself stand on one's list, however much waits for others and is due before it?"""

from contextlib import closing

import psycopg2
import pytest

from services.health_narcology.wiring import SERVICE as HEALTH
from services.police_intake.wiring import SERVICE as POLICE
from services.social_registry.wiring import SERVICE as SOCIAL
from tests.doors import seeds

pytestmark = pytest.mark.stack
WAITS = """INSERT INTO tasks (subject, kind, queue, reason, region, key, opened_at, due_at)
SELECT {}, 'unheard_of', 'queue', {}, '', 'k', now(), now() + {} FROM generate_series(1, {}) n"""


def waits(door, own):
    """2500 tasks of nobody's place, due at once, and one of one's own, due tomorrow."""
    with closing(psycopg2.connect(door.desk.settings.dsn)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(WAITS.format("'strange-' || n", "'of others'", "interval '0'", 2500))
        cursor.execute(WAITS.format(f"'{own}'", "'this one is mine'", "interval '1 day'", 1))


@pytest.mark.parametrize(("who", "own", "path"), [
    ((POLICE, "clerk"), "", "/worklist"), ((POLICE, "clerk"), "", "/handover"),
    ((SOCIAL, "manager"), "guest-KZ-55", "/worklist"), ((HEALTH, "detox"), "detox-KZ-55", "/worklist"),
], ids=["clerk", "clerk at the handover", "centre", "detox"])
def test_nobodys_own_task_is_crowded_out_by_those_of_others(enter, who, own, path):
    person = enter(*who)
    waits(person.at, own or seeds.ids(person.at, "record")[0])
    page = person.get(path).text
    assert "this one is mine" in page and "of others" not in page
