"""Does the benchmark itself run, on a few hundred reports, with equal work and nobody lost?"""

import pytest

from tests.benchmarks import table
from tests.benchmarks.ground import Ground
from tests.benchmarks.running import Plan, run_all

pytestmark = [pytest.mark.stack, pytest.mark.long]


def test_peers_do_equal_work_and_nobody_is_lost():
    ground, told = Ground(), []
    try:
        ground.begin()
        results = run_all(ground, Plan(reports=300, few=100, rounds=1, seconds=5, paces=(20.0,), kill_after=2), told.append)
    finally:
        ground.end()
    assert results.unequal == []
    assert [one.lost for one in (*results.seen, results.recovery)] == [0, 0]
    figures = table.figures(results)
    print("\n".join([*told, str(figures)]))
    assert all(figures.values())
    assert len(table.lines(results, Plan(300, 100, 1))) > 15
