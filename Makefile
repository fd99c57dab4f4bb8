# Every target that needs the environment sets it up first; that takes a moment when nothing has changed.
PYTHON ?= python3
BIN := .venv/bin
# uv makes the locks and pip-audit reads them. They live in an environment of their own, so that neither lock holds them.
UV := var/lock/bin/uv
PIP_AUDIT := var/lock/bin/pip-audit
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate

# make run PORT=8000 serves on another port than the setting's (7860).
.PHONY: setup setup-dev run test check audit gate test-all bench lock wheelhouse
.DEFAULT_GOAL := run

# make setup WHEELHOUSE=FOLDER installs from what `make wheelhouse` gathered on another machine, and asks no registry.
ifdef WHEELHOUSE
export PIP_NO_INDEX := 1
export PIP_FIND_LINKS := $(abspath $(WHEELHOUSE))
endif

setup:
	@$(PYTHON) scripts/set_up.py

setup-dev:
	@$(PYTHON) scripts/set_up.py --dev

run: setup
	@$(BIN)/machiplan ingest
	@exec $(BIN)/machiplan serve $(if $(PORT),--port $(PORT))

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# Whether a secret was committed, and whether a pinned package has a known vulnerability.
audit: setup-dev $(PIP_AUDIT)
	@files=$$(git ls-files) && echo "$$files" | xargs -d '\n' $(BIN)/detect-secrets-hook --no-verify --baseline .secrets.baseline
	@$(BIN)/python scripts/audit.py $(PIP_AUDIT) requirements.lock requirements-dev.lock

# Tests wait for servers and browsers a third of the time: three processes keep two cores busy. Each has an index, servers and
# browsers of its own, so that more of them want memory rather than save time.
test: setup-dev
	@$(BIN)/python -m pytest -n 3 --dist loadfile

# The long ones kill, fill and load the machine: one at a time.
test-all: test
	@$(BIN)/python -m pytest -m slow

# The clock is fixed so that a plan's end does not change the answers from one day to the next.
gate: setup
	@$(BIN)/machiplan ingest plans --index var/gate/index
	@$(BIN)/machiplan eval run --set dev --clock 2026-06-01T09:00 --index var/gate/index --record var/gate/run
	@$(BIN)/machiplan eval gate var/gate/run --baseline evals/baseline

bench: setup
	@$(BIN)/python scripts/bench.py

wheelhouse: setup
	@$(BIN)/python scripts/wheelhouse.py dist/wheelhouse

lock: $(UV)
	$(COMPILE) --upgrade pyproject.toml -o requirements.lock
	$(COMPILE) --upgrade --group dev -c requirements.lock -o requirements-dev.lock

$(UV) $(PIP_AUDIT):
	@$(PYTHON) -m venv var/lock && var/lock/bin/pip install -qq --disable-pip-version-check $(notdir $@)
