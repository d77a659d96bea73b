"""Is a request too large or wrong refused in words, before anyone reads it whole?"""

import asyncio
import json

import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from plumbing.problems import BODY_BYTES_MAX, BadField, BodyLimit, Problem, answer_problem


@pytest.fixture(scope="module")
def door():
    app = FastAPI()
    app.add_middleware(BodyLimit)
    app.add_exception_handler(Problem, answer_problem)

    @app.post("/size")
    async def size(request: Request):
        return len(await request.body())

    @app.get("/refused")
    def refused():
        raise Problem(422, "bad-fields", "two fields are wrong", [BadField("a.b", "too old", "leave it out")])

    @app.get("/away")
    def away():
        raise Problem(503, "database-away", "come back")

    return TestClient(app)


def in_parts(size):
    """A body sent in parts: no content-length is declared."""
    left = size
    while left:
        part = min(left, 65_536)
        left -= part
        yield b"x" * part


def test_a_body_of_one_megabyte_is_read(door):
    assert door.post("/size", content=b"x" * BODY_BYTES_MAX).json() == BODY_BYTES_MAX
    assert door.post("/size", content=in_parts(BODY_BYTES_MAX)).json() == BODY_BYTES_MAX


@pytest.mark.parametrize("body", [b"x" * (BODY_BYTES_MAX + 1), in_parts(BODY_BYTES_MAX + 1)], ids=["declared", "undeclared"])
def test_one_byte_more_is_refused_in_words(door, body):
    answer = door.post("/size", content=body)
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert answer.json()["type"] == "urn:qorgan:problem:body-too-large"
    assert answer.json()["detail"] == "the body is larger than 1048576 bytes: send it in parts, or import it as a file"


def test_an_endless_body_is_not_read_to_its_end():
    read = []

    async def receive():
        read.append(1)
        return {"type": "http.request", "body": b"x" * 65_536, "more_body": True}

    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(BodyLimit(None)({"type": "http"}, receive, send))
    assert sent[0]["status"] == 413 and len(read) == BODY_BYTES_MAX // 65_536 + 1


def test_a_problem_names_every_bad_field_with_rule_and_mend(door):
    answer = door.get("/refused")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json() == {
        "type": "urn:qorgan:problem:bad-fields", "title": "bad fields", "status": 422, "detail": "two fields are wrong",
        "errors": [{"field": "a.b", "rule": "too old", "mend": "leave it out"}],
    }


def test_who_may_try_again_is_told_when(door):
    assert (door.get("/away").status_code, door.get("/away").headers["retry-after"]) == (503, "2")


def test_a_body_that_ends_early_is_no_fault_of_ours(door):
    assert json.loads(door.post("/size", content=b"").text) == 0
