"""Which Qorgan do the tests of this folder drive? One of their own: a package's fixture lives where it is written."""

import pytest

from tests.world import begun

world = pytest.fixture(scope="package")(begun)
