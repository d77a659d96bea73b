"""Does the open column of a record kept apart name its station, and never a person who stands in the station's cell?"""

from contextlib import closing

import pytest

from plumbing.service import Heard
from services.police_intake import messages as m
from services.police_intake.wiring import SERVICE
from tests import stores

pytestmark = pytest.mark.stack
STATIONS = ("УП г. Павлодар", "Другой отдел", "ОП Аксуского р-на", "Pavlodar city police department, station 2", "Полиция бөлімі")
OTHERS = ("Канарейкина Зәуре", "740812400000", "+7 709 123 45 67", "бгджзлпфцчшщы", "", "УП г. Павлодар " + "x" * 300)


def test_a_shifted_record_shows_no_name_where_its_station_should_stand(stack):
    step = stores.pinned_step(SERVICE, stores.fresh_database(SERVICE))
    with closing(step.database):
        for n, text in enumerate((*STATIONS, *OTHERS)):
            step.run([Heard(m.SetAside("held", "why", {"station": text}, f"hash {n}", (), None), f"m/{n}", "key")])
        with step.database.transaction() as tx:
            kept = sorted(station for (station,) in tx.rows("SELECT station FROM held_records"))
    assert kept == sorted((*STATIONS, *("" for _ in OTHERS)))
