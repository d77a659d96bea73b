"""Which Qorgan do stories of later days drive? Each one of its own: a clock put forward by weeks is felt by no other story."""

import pytest

from tests.world import begun

world = pytest.fixture(scope="module")(begun)
