# Quatrain: `make run` starts it, `make test` proves it.
.DEFAULT_GOAL := help
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; exit; }; done; echo python3)
BIN := .venv/bin
UV := $(BIN)/uv --quiet
QUICK := -m "not slow and not browser and not postgres"
# Text, engine, alignment, checks, exports, command line: what needs no database; and what holds pages and API together.
QUICKLY := tests/unit --ignore=tests/unit/services --ignore=tests/unit/storage --ignore=tests/unit/jobs \
  tests/web/test_templates.py tests/web/test_catalogues.py tests/api/test_spec.py
export UV_PROJECT_ENVIRONMENT := .venv
export UV_NO_PROGRESS := 1
# Nothing is written inside the clone but .venv; bytecode is kept there, without it a start takes twice as long.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/cache/python
export HYPOTHESIS_STORAGE_DIRECTORY := $(CURDIR)/.venv/cache/hypothesis

.PHONY: help run test check quick setup lint bench catalogues shots test-tools training-test clean

help: ## what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST)

run: .venv/.run ## start Quatrain; prints its address, Ctrl-C stops it
	@exec $(BIN)/quatrain serve --ensure-models

setup: .venv/.dev ## prepare the environment for working on Quatrain, nothing else

test: .venv/.dev test-tools lint ## everything: lint, types, import rules, all tests
	$(BIN)/pytest -n 2 --dist loadgroup --durations=20

check: .venv/.dev ## the quick part: lint, and the tests that need no database, side by side
	@$(MAKE) --no-print-directory -j 2 --output-sync=target lint quick

quick: .venv/.dev
	$(BIN)/pytest -q -n 2 $(QUICK) $(QUICKLY)

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --cache-dir .venv/cache/import-linter

bench: .venv/.dev ## measure speed and memory as ratios, side by side
	$(BIN)/python -m bench

shots: .venv/.dev test-tools ## make the README's screenshots anew
	$(BIN)/python scripts/shots.py

catalogues: .venv/.dev ## take new interface strings into translations/
	$(BIN)/python scripts/catalogues.py

training-test: .venv/training/.ready ## the training of starters: a toy run (torch, an environment of its own)
	.venv/training/bin/python -m pytest -q --confcutdir=tests/unit/training tests/unit/training

.venv/training/.ready: training/requirements.txt
	@$(PYTHON) -m venv .venv/training
	@.venv/training/bin/pip install --quiet $(TORCH) -r training/requirements.txt
	@touch $@

test-tools: .venv/bin/uv
	@scripts/test-tools.sh
	@scripts/schemas.sh

clean: ## remove the environment
	rm -rf .venv

# The stamps make a second start quick: nothing is synced unless the lock has changed.
.venv/bin/uv: scripts/bootstrap.py uv.lock
	@$(PYTHON) scripts/bootstrap.py && touch $@

.venv/.run: .venv/bin/uv pyproject.toml uv.lock
	@$(UV) sync --frozen --no-dev --inexact && touch $@

.venv/.dev: .venv/bin/uv pyproject.toml uv.lock
	@$(UV) sync --frozen && touch $@ .venv/.run
