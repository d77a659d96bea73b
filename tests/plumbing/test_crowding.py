"""Does a crowd wait in line instead of taking all connections?"""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

from fastapi import FastAPI
from starlette.testclient import TestClient

from plumbing.crowding import AT_ONCE, few_at_once


def test_a_crowd_of_sixty_is_served_a_few_at_once_and_everybody_in_the_end():
    app, lock, at_once, full = FastAPI(lifespan=few_at_once), Lock(), [0, 0], Event()

    @app.get("/")
    def slow():
        with lock:
            at_once[0] += 1
            at_once[1] = max(at_once)
            if at_once[0] == AT_ONCE:
                full.set()
        full.wait(30)  # nobody leaves before the line has formed, however slow the crowd comes
        time.sleep(0.02)
        with lock:
            at_once[0] -= 1

    with TestClient(app) as door, ThreadPoolExecutor(60) as crowd:
        statuses = list(crowd.map(lambda _: door.get("/").status_code, range(60)))
    assert statuses == [200] * 60 and at_once[1] == AT_ONCE
