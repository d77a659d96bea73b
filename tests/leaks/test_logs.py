"""Does a log line hold our own sentences and numbers, and of everything else no more than its type?"""

import ast
import io
import logging
import subprocess
import sys

import pytest

from plumbing.logs import Guarded, Word, told, trace_of
from plumbing.refusals import refusal, without_values
from tests.house import tree

SECRET = "Ахметова Айгүл"
LEVELS = ("debug", "info", "warning", "error", "exception", "critical")


@pytest.fixture
def heard():
    """Gives what a logger of this name writes."""
    handlers = []

    def listen(name):
        out, logger = io.StringIO(), logging.getLogger(name)
        handler = logging.StreamHandler(out)
        handler.setFormatter(Guarded("%(message)s"))
        logger.addHandler(handler)
        logger.setLevel("DEBUG")
        logger.propagate = False
        handlers.append((logger, handler))
        return logger, out

    yield listen
    for logger, handler in handlers:
        logger.removeHandler(handler)
        logger.propagate = True


def test_numbers_and_words_are_written_and_any_other_text_is_not(heard):
    log, out = heard("qorgan.tests")
    log.warning("%s waits for %d of %s", Word("relay"), 3, SECRET)
    log.warning("%d of them", SECRET)
    log.warning("a person: %(who)s", {"who": {"name": SECRET}})
    assert out.getvalue() == "relay waits for 3 of (str)\n%d of them\na person: (dict)\n"


def test_a_strangers_finished_sentence_is_not_repeated_and_its_template_is(heard):
    log, out = heard("asyncio.tests")
    log.warning(f"could not take {SECRET}")
    log.warning("took %s in %d ms", SECRET, 7)
    log.error(ValueError(SECRET))
    said = out.getvalue()
    assert SECRET not in said and "asyncio.tests says something at test_logs.py" in said and "took (str) in 7 ms" in said


def test_a_fault_is_told_by_class_and_place_with_all_that_led_to_it(heard):
    log, out = heard("qorgan.tests")

    def inner(name):
        raise KeyError(name)

    try:
        try:
            inner(SECRET)
        except KeyError as error:
            raise RuntimeError(f"nobody is called {SECRET}") from error
    except RuntimeError:
        log.exception("a fault of ours")
    said = out.getvalue()
    assert SECRET not in said and "KeyError at tests/leaks/test_logs.py" in said and "RuntimeError at" in said and " inner" in said


def test_words_that_plumbing_chose_are_told_and_those_of_others_are_not():
    assert told(refusal("23514", without_values(Refused("23514")))) == "BadValue: 23514 persons name persons_name_check"
    assert SECRET not in told(ValueError(SECRET)) and SECRET not in trace_of(ValueError(SECRET))


class Refused(Exception):
    """As psycopg2 tells a refused row: its words quote the value and its detail the row."""

    def __init__(self, pgcode):
        super().__init__(f"invalid input: {SECRET}\nDETAIL: Failing row contains ({SECRET}).")
        self.pgcode = pgcode
        self.diag = type("Diag", (), {"table_name": "persons", "column_name": "name", "constraint_name": "persons_name_check"})


def test_a_process_that_ends_over_a_fault_prints_no_value():
    script = (
        "import threading, warnings; from plumbing import logs; logs.begin('DEBUG')\n"
        f"warnings.warn('{SECRET}')\n"
        f"thread = threading.Thread(target=lambda: {{}}['{SECRET}']); thread.start(); thread.join()\n"
        f"raise ValueError('{SECRET}')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=tree.ROOT)
    assert done.returncode == 1 and SECRET not in done.stderr + done.stdout
    assert "KeyError at" in done.stderr and "ValueError at" in done.stderr


def calls():
    for path in tree.python("plumbing", "services"):
        for node in ast.walk(tree.parsed(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS and ast.unparse(node.func.value) == "log":
                yield f"{tree.name(path)}:{node.lineno}", node


def test_every_line_that_is_logged_begins_with_a_sentence_written_in_the_code():
    found = dict(calls())
    loose = [where for where, node in found.items() if not (isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str))]
    assert len(found) > 10 and not loose, "a sentence that is put together cannot be told from what is put into it"


def test_no_word_is_made_of_what_came_from_outside():
    """Word() says that a text names nobody: it is given names of parts and queues, ids that were checked, and nothing else."""
    known = {"part", "dependency", "subject", "recipient.name", "text", "clock.step", "service.name", "self.service.name", "self.name",
             "sentence", "what", "told(error)", "', '.join(parts)", "', '.join(still)", "self._sentence",
             "error.strerror or 'unknown'"}  # the last: what the operating system calls its fault
    made = {ast.unparse(node.args[0]) for path in tree.python("plumbing", "services") for node in ast.walk(tree.parsed(path))
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Word") and node.args}
    texts = {one for one in made if not one.startswith(("'", '"'))}
    assert {one for one in texts if one not in known and " if " not in one} == set()
