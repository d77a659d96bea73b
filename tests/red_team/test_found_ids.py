"""Does the red team say so when there is nobody to be found, instead of counting every try as refused?"""

import pytest

from services.police_intake.wiring import SERVICE
from tests import stores
from tests.red_team.by_http import FOUND, _one

pytestmark = pytest.mark.stack


def test_where_nobody_is_the_red_team_has_tried_nothing(stack):
    service, question = FOUND["report"]
    assert service == SERVICE.name
    with pytest.raises(LookupError, match="nothing is there to be found"):
        _one(stores.fresh_database(SERVICE), question)
