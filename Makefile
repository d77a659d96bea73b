# Which commands are there? Bare `make` prints them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
ONCE ?=
SECURE ?=
PG ?= wheel
# Two workers, each with a broker and a database of its own: most tests wait for something.
SIDE_BY_SIDE := -n 2 --dist loadscope --no-loadscope-reorder
# Named, since collecting every test takes longer than running these. All of them run in `make test`.
FAST := tests/house tests/diagrams $(wildcard tests/*/test_decisions*.py) tests/police_intake/test_persons.py \
  tests/police_intake/test_households.py tests/police_intake/test_cards.py \
  $(addprefix tests/plumbing/test_,codec.py deciding.py identity.py rules.py rule_order.py rule_locks.py sealing.py settings.py transitions.py)
export ONCE TLS_CERT TLS_CA
export QORGAN_TEST_POSTGRES := $(PG)

.PHONY: help setup up recover down status doctor demo replay test test-fast test-long noninterference bench screenshots lint lock
.DEFAULT_GOAL := help

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# The stamp is newer than the lock only after a whole installation.
$(STAMP): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "$(PYTHON) is missing or older than Python 3.11: name another, as in make setup PYTHON=python3.12."; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "$(PYTHON) cannot make a virtual environment: install its venv module (Debian: python3-venv)."; exit 1; }
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements.lock \
	  || { echo "The packages could not be installed: check that pip reaches a package index (there are wheels for Linux with glibc on x86-64 and for macOS), then make setup again."; exit 1; }
	@$(BIN)/python -m deploy.local warm
	@touch $@

setup: $(STAMP) ## make .venv with the locked packages, fetch Kafka
	@$(BIN)/python -m deploy.local warm

up: $(STAMP) ## start everything in the background; see var/endpoints.json (SECURE=1: with closed doors)
	@$(BIN)/python -m deploy.local up --postgres $(PG) $(if $(SECURE),--secure)

recover: $(STAMP) ## accept a new Kafka under old databases, then go on as make up
	@$(BIN)/python -m deploy.local recover --postgres $(PG) $(if $(SECURE),--secure) \
	  && $(BIN)/python -m deploy.local up --postgres $(PG) $(if $(SECURE),--secure)

down: $(STAMP) ## stop what make up started
	@$(BIN)/python -m deploy.local down

status: $(STAMP) ## say what runs
	@$(BIN)/python -m deploy.local status

doctor: $(STAMP) ## say what is well and what is not, why, and which command mends it
	@$(BIN)/python -m deploy.local doctor

demo: $(STAMP) ## a day of reports from the journals to the answers (ONCE=1: end there)
	@exec $(BIN)/python -m simulation.demo

replay: $(STAMP) ## decide again what the running router has decided, or an invented month; it must come out equal
	@exec $(BIN)/python -m simulation.again

test: $(STAMP) ## everything but the long runs (PG=system: Debian's PostgreSQL 15)
	@exec $(BIN)/python -m pytest tests -m "not long" $(SIDE_BY_SIDE)

test-fast: $(STAMP) ## house rules, decisions and pure pipes, with a tenth of the chance examples: a quarter of a minute
	@QORGAN_EXAMPLES_PERCENT=10 exec $(BIN)/python -m pytest $(FAST) -q -m "not stack" $(SIDE_BY_SIDE)

test-long: $(STAMP) ## every failure, twenty times
	@exec $(BIN)/python -m tests.failures.long

noninterference: $(STAMP) ## one day with other secrets: every byte of police, court and narcology is equal (REPORTS=)
	@exec $(BIN)/python -m tests.noninterference

bench: $(STAMP) ## how fast, beside peers (REPORTS=, ROUNDS=, SECONDS=); the table is in tests/benchmarks
	@exec $(BIN)/python -m tests.benchmarks

screenshots: $(STAMP) ## take the pages' pictures into docs/screenshots (needs Chromium)
	@QORGAN_SCREENSHOTS=docs/screenshots exec $(BIN)/python -m pytest tests/pages -q -m browser

lock: $(STAMP) ## write down what the rules in force say, so that none is edited: after a new rule, and at a release
	@$(BIN)/python -m plumbing.rule_locks services

lint: $(STAMP) ## ruff, mypy, import rules
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
