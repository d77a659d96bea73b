"""What do the tests of closed doors share? One stack of their own that asks everybody for name and password."""

import pytest

from deploy.local.stack import Stack
from tests.deploy.conftest import POSTGRES
from tests.world import begun


@pytest.fixture(scope="package")
def stack(tmp_path_factory):
    one = Stack(tmp_path_factory.mktemp("secure"), POSTGRES, secure=True)
    one.start()
    yield one
    one.stop()


world = pytest.fixture(scope="package")(begun)
