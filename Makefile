# Everything a newcomer needs. `make demo` and `make test` set up .venv by themselves, once.
# The packages come from the locks, with their hashes; then the project itself, without dependencies.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(if $(shell command -v $(name)),$(name))))
# Stamps: a lock or pyproject.toml that is newer makes the installation run again.
RUN := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help demo test soak run preview lint format types audit quality bench lock clean

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

demo: $(RUN) ## read the sample articles and show what comes of them
	@$(BIN)/python -m bot demo

test: $(DEV) ## run the test suite
	$(BIN)/python -m pytest

soak: $(DEV) ## pull the plug 200 times, post a burst of 1,000 links (half an hour)
	SOAK_KILLS=200 SOAK_LINKS=1000 $(BIN)/python -m pytest -s tests/crash

run: $(RUN) ## start the bot (needs DISCORD_TOKEN in .env)
	@$(BIN)/python -m bot run

preview: $(DEV) ## open the bot in a browser, with the sample articles posted; no Discord needed
	@$(BIN)/python -m bot preview

lint: $(DEV) ## ruff, rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(DEV) ## rewrite the files in ruff's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(DEV) ## mypy, strict
	$(BIN)/mypy

audit: $(DEV) ## look for known faults in the locked packages, where the advisories can be reached
	@$(BIN)/python -m benchmarks.audit

quality: $(RUN) ## measure extraction, alerts and page reading against the floors
	@$(BIN)/python -m benchmarks.quality

bench: $(DEV) ## measure speed against the bare spaCy parse, and how long the event loop is held
	@$(BIN)/python -m benchmarks.speed
	@$(BIN)/python -m benchmarks.event_loop

lock: ## write the two locks again (needs uv on the path)
	$(LOCK) --extra nli --group dev -o requirements-dev.lock
	$(LOCK) -c requirements-dev.lock -o requirements.lock

clean: ## remove .venv and the caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The development lock holds the runtime lock's packages too, in the same versions.
$(DEV): requirements-dev.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements-dev.lock
	$(PIP) install --no-deps -e .
	@touch $(RUN) $(DEV)

$(RUN): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps -e .
	@touch $(RUN)
