# Lockstep. `make help` says what each target does.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test check bench mutate lock clean lint fast-tests core-tests other-tests venv venv-dev packages

BIN := .venv/bin
REPORTS := .lockstep/reports
PYTEST := $(BIN)/python -m pytest --timeout 300

help: ## Show this list
	@echo "Lockstep: targets of this Makefile"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: venv ## See 24 hires go from signal to open gate; KEEP=1 leaves server, worker and UI up
	@$(BIN)/lockstep demo $(if $(KEEP),--keep)

test: packages lint core-tests other-tests ## Check everything: what CI runs (10 minutes at most, 2 cores)
	@$(BIN)/python scripts/skipped.py $(REPORTS)/core.xml $(REPORTS)/other.xml

check: ## Lint, types, import contracts and the fast tests (a minute at most)
	@$(MAKE) --no-print-directory -j2 --output-sync=target lint fast-tests

bench: venv-dev ## Measure against the targets; writes .lockstep/bench.json
	@$(BIN)/python -m lockstep.bench

mutate: venv-dev ## Plant faults in core, say which no test noticed; MUTANTS=400 by default
	@$(BIN)/python scripts/mutate.py

lock: venv-dev ## Resolve pyproject.toml into both lock files; UPGRADE=1 moves every pin
	@UPGRADE=$(UPGRADE) scripts/lock

clean: ## Remove .venv, .lockstep (also the embedded server's database) and caches
	rm -rf .venv .lockstep .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache \
		build dist lockstep.egg-info .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

lint: venv-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/shellcheck .ci/run scripts/venv scripts/lock scripts/debian-packages deploy/temporal/*.sh
	$(BIN)/hadolint Dockerfile

fast-tests: venv-dev
	$(PYTEST) -q -m "not slow"

# A rule that no test reaches is a rule nobody knows: every line and every branch of core.
core-tests: venv-dev
	$(PYTEST) tests/core --junitxml $(REPORTS)/core.xml \
		--cov=lockstep/core --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=100

other-tests: venv-dev
	$(PYTEST) --ignore tests/core --junitxml $(REPORTS)/other.xml

venv:
	@scripts/venv runtime

venv-dev:
	@scripts/venv dev

packages:
	@scripts/debian-packages
