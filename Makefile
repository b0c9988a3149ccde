# ZANTARA: `make run` starts everything, `make test` proves it, `make help` lists the rest.

VENV     := .venv
BIN      := $(VENV)/bin
PYTHON   ?= $(shell for p in python3.11 python3.12 python3; do \
              $$p -c 'import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))' 2>/dev/null \
              && echo $$p && break; done)
MEMBERS  := shared $(wildcard services/*) deploy/cli
PROJECTS := $(addsuffix /pyproject.toml,$(MEMBERS))
TESTS    := $(wildcard tests/unit tests/contracts tests/bus tests/integration tests/e2e)
CHECKED  := shared services deploy/cli
PIP      := $(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps
ARGS     ?=

# What is installed is known by a stamp named after the content that it was installed from.
RUN_STAMP := $(VENV)/.run-$(shell cat requirements.lock $(PROJECTS) | cksum | tr -d ' ')
DEV_STAMP := $(VENV)/.dev-$(shell cat requirements-dev.lock $(PROJECTS) | cksum | tr -d ' ')

UV         ?= uv
UV_COMPILE := $(UV) pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header \
              --no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
              --no-emit-package zantara-shared --no-emit-package zantara-cli \
              $(foreach service,$(wildcard services/*),--no-emit-package zantara-$(notdir $(service))) \
              $(PROJECTS) --group pyproject.toml:build

.DEFAULT_GOAL := help
.PHONY: help run status install dev model test check lint format types imports bench quality browser clean-data clean lock

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

run: $(RUN_STAMP) ## start everything on this machine until Ctrl-C (ARGS="--no-sample" and others)
	@exec $(BIN)/zantara up $(ARGS)

status: $(RUN_STAMP) ## show what runs and whether it is ready
	@exec $(BIN)/zantara status $(ARGS)

install: $(RUN_STAMP) ## only install what running needs
dev: $(DEV_STAMP) ## install what testing and checking need too

model: $(RUN_STAMP) ## build the offline embedding model (run and test do it too)
	@$(BIN)/python -c 'import os, pathlib; from zantara_cli.stack.model import ensure_model; \
	ensure_model(pathlib.Path(os.environ.get("ZANTARA_MODEL_DIR") or ".zantara/models"), print)'

test: $(DEV_STAMP) ## all tests: unit, contracts, bus, integration, end to end (ARGS="-k name")
	@$(MAKE) --no-print-directory -s model
	@$(BIN)/python -m pytest $(TESTS) $(ARGS)

check: lint types imports ## what CI runs: lint, types, import rules, size budgets, then all tests
	@$(MAKE) --no-print-directory -s test

lint: $(DEV_STAMP) ## ruff: rules and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(DEV_STAMP) ## let ruff rewrite what it can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: $(DEV_STAMP) ## mypy, strict
	@$(BIN)/mypy $(CHECKED)

imports: $(DEV_STAMP) ## who may import whom
	@$(BIN)/lint-imports --no-cache

bench: $(DEV_STAMP) ## measure on the real parts and print the table
	@$(MAKE) --no-print-directory -s model
	@$(BIN)/python -m pytest -q -s tests/bench $(ARGS)

quality: $(DEV_STAMP) ## measure answers, lookups and classification on data
	@$(MAKE) --no-print-directory -s model
	@$(BIN)/python -m pytest -q -s tests/quality $(ARGS)

browser: $(DEV_STAMP) ## the page in a real browser (needs Debian's chromium)
	@$(MAKE) --no-print-directory -s model
	@$(BIN)/python -m pytest -q tests/browser $(ARGS)

clean-data: ## forget all data (refused while an instance runs)
	@if [ -x $(BIN)/python ]; then $(BIN)/python -m zantara_cli.stack.forget; \
	else echo "nothing is installed here, so nothing has run: remove the data directory by hand"; fi

clean: ## remove the virtual environment and caches, not the data
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find $(MEMBERS) tests -name __pycache__ -type d -prune -exec rm -rf {} +

lock: ## write both lock files anew from the pyproject files (needs uv)
	@$(UV_COMPILE) --upgrade --output-file requirements.lock
	@$(UV_COMPILE) --group pyproject.toml:dev --constraints requirements.lock --output-file requirements-dev.lock

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or 3.12 is needed (set PYTHON=...)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "no virtual environment: on Debian, apt install python3-venv" >&2; exit 1; }

$(RUN_STAMP): | $(BIN)/python
	@echo "installing the pinned packages into $(VENV), once"
	@$(PIP) --only-binary :all: --require-hashes -r requirements.lock
	@$(PIP) --no-build-isolation $(addprefix -e ./,$(MEMBERS))
	@rm -f $(VENV)/.run-* && touch $@

$(DEV_STAMP): | $(RUN_STAMP)
	@echo "installing the tools for tests and checks, once"
	@$(PIP) --only-binary :all: --require-hashes -r requirements-dev.lock
	@rm -f $(VENV)/.dev-* && touch $@
