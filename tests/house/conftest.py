"""Why does reading all code take so little time? Half a million nodes live to the end: nothing looks through them again and again."""

import gc

import pytest


@pytest.fixture(scope="package", autouse=True)
def trees_are_not_collected():
    gc.disable()
    yield
    gc.freeze()
    gc.enable()
