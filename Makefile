# Everything runs from .venv, with exactly what the locks name; nothing is installed elsewhere.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
EXACT := $(PIP) --require-hashes
# How often `make chaos` kills the bot, how many odd texts `make fuzz` reads, and how many turns it walks.
N ?= 1000
TEXTS ?= 100000
TURNS ?= 100000
# The oldest Python that the project supports, and all that `make test-pythons` looks for.
OLDEST := 3.11
PYTHONS ?= python3.11 python3.12 python3.13 python3.14

BOT_LOCK := deploy/requirements.lock
BUILD_LOCK := deploy/requirements-build.lock
DEV_LOCK := tests/requirements.lock
BENCH_LOCK := tests/benchmarks/requirements.lock
LOCKS := $(BOT_LOCK) $(BUILD_LOCK) $(DEV_LOCK) $(BENCH_LOCK)

# The environment is made anew for another PYTHON (only if one was asked for), for changed locks, and where an earlier
# attempt was cut short. Its stamps lie in it, and go with it.
TELL_VERSION := -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null
HAVE := $(shell $(BIN)/python $(TELL_VERSION))
WANT := $(if $(filter file,$(origin PYTHON)),$(HAVE))
WANT := $(or $(WANT),$(shell $(PYTHON) $(TELL_VERSION)))
MADE := $(VENV)/.made-with-$(WANT)
UNFINISHED := $(VENV)/.unfinished
BOT := $(VENV)/.bot-installed
DEV := $(VENV)/.dev-installed
BENCH := $(VENV)/.bench-installed
# For locking alone: what the locks are installed with is pip.
UV := .venv-lock/bin/uv

.DEFAULT_GOAL := help
.PHONY: help setup chat test lint types imports check unit bench bench-matching chaos fuzz picture
.PHONY: test-pythons test-newest test-lowest lock update clean always

help: ## show these targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(BOT) ## make .venv with the bot

CHECK := command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not installed: name a Python, as in make PYTHON=python3.12" >&2; exit 2; }; \
    $(PYTHON) -c 'import sys; sys.exit("Python $(OLDEST) or newer is needed: make PYTHON=python3.12 ..." if sys.version_info < tuple(map(int, "$(OLDEST)".split("."))) else 0)'

$(MADE): $(LOCKS) $(if $(HAVE),,always) $(if $(wildcard $(UNFINISHED)),always)
	@$(CHECK)
	@echo "Setting up $(VENV) (once, less than a minute) …" >&2
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(BOT): $(MADE) pyproject.toml
	@touch $(UNFINISHED)
	@$(EXACT) -r $(BOT_LOCK) -r $(BUILD_LOCK) </dev/null
	@$(PIP) --no-deps --no-build-isolation --editable . </dev/null
	@rm $(UNFINISHED)
	@touch $@

$(DEV): $(BOT)
	@echo "Adding what the tests need (once, about a minute) …" >&2
	@touch $(UNFINISHED)
	@$(EXACT) -r $(DEV_LOCK) </dev/null
	@rm $(UNFINISHED)
	@touch $@

$(BENCH): $(DEV)
	@touch $(UNFINISHED)
	@$(EXACT) -r $(BENCH_LOCK) </dev/null
	@rm $(UNFINISHED)
	@touch $@

chat: $(BOT) ## talk to the bot in this terminal (or through a pipe)
	@$(BIN)/python -m bot chat

test: lint types imports check unit ## everything that must hold

lint: $(DEV) ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV) ## types
	$(BIN)/mypy

imports: $(DEV) ## which module may import which
	$(BIN)/lint-imports

check: $(BOT) ## the knowledge
	$(BIN)/python -m bot check

unit: $(DEV) ## the tests
	$(BIN)/python -m pytest -n auto

chaos: $(DEV) ## kill the bot N times at every step of a turn and count what is lost: make chaos N=1000
	$(BIN)/python -m tests.chaos $(N)

fuzz: $(DEV) ## read many odd texts, walk through many turns: make fuzz TEXTS=100000 TURNS=100000
	FUZZ_TEXTS=$(TEXTS) FUZZ_TURNS=$(TURNS) $(BIN)/python -m pytest -n auto tests/understanding/test_cost.py tests/dialogue/test_walks.py

bench: $(DEV) ## start-up, memory, time per question; load on Telegram beside an echo bot
	$(BIN)/python -m tests.benchmarks

bench-matching: $(BENCH) ## matching beside its peers: make bench-matching DATA=folder [QUESTIONS=folder]
	$(BIN)/python -m tests.benchmarks.matching $(DATA) $(if $(QUESTIONS),--questions $(QUESTIONS)) --json bench-matching.json

picture: $(DEV) ## draw the picture of the README anew
	$(BIN)/python -m tests.picture

test-pythons: ## the tests on each supported Python that is found
	@tried=; missing=; failed=; for python in $(PYTHONS); do \
	    if ! $$python -c '' 2>/dev/null; then missing="$$missing $$python"; continue; fi; \
	    tried=yes; echo "== $$($$python --version)"; \
	    $(MAKE) --no-print-directory unit PYTHON=$$python VENV=.venv-$$(basename $$python) || failed="$$failed $$python"; \
	done; \
	if [ -n "$$missing" ]; then echo "Not found, so not tried:$$missing" >&2; fi; \
	if [ -n "$$failed" ]; then echo "Failed on:$$failed" >&2; exit 1; fi; \
	test -n "$$tried"

test-newest: ## the tests with the newest libraries that pyproject.toml allows
	@$(CHECK)
	@$(PYTHON) -m venv --clear .venv-newest
	@.venv-newest/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' </dev/null
	.venv-newest/bin/python -m pytest -n auto

test-lowest: $(UV) ## the tests with the oldest libraries that pyproject.toml allows
	@$(CHECK)
	@$(PYTHON) -m venv --clear .venv-lowest
	@$(UV) pip compile --quiet --python .venv-lowest --resolution lowest-direct --only-binary :all: --no-header --no-annotate -o .venv-lowest/lowest.txt pyproject.toml
	@$(UV) pip install --quiet --python .venv-lowest --constraint .venv-lowest/lowest.txt --editable '.[dev]'
	.venv-lowest/bin/python -m pytest -n auto

lock: $(UV) ## lock the dependencies anew, newer ones only where pyproject.toml asks for them
	@cat $(wildcard $(LOCKS)) >.venv-lock/all.lock
	@$(RELOCK) $(UPGRADE) --all-extras -o .venv-lock/all.lock pyproject.toml
	@$(AGREE) -o $(BOT_LOCK) pyproject.toml
	@$(AGREE) -o $(DEV_LOCK) --extra dev pyproject.toml
	@$(AGREE) -o $(BENCH_LOCK) --extra bench pyproject.toml
	@.venv-lock/bin/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' | $(AGREE) -o $(BUILD_LOCK) - >/dev/null

update: ## lock the newest of everything, and run all that must hold on it, on the newest and on the oldest libraries
	@$(MAKE) --no-print-directory lock UPGRADE=--upgrade
	@$(MAKE) --no-print-directory test
	@$(MAKE) --no-print-directory test-newest test-lowest

# One lock for every Python and system, by markers. All of them are cut from one solution, so that they agree.
RELOCK = $(UV) pip compile --quiet --universal --fork-strategy fewest --python-version $(OLDEST) --generate-hashes --no-annotate --no-header --no-emit-index-url
AGREE = $(RELOCK) --constraint .venv-lock/all.lock

$(UV):
	@$(CHECK)
	@$(PYTHON) -m venv --clear .venv-lock
	@.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check uv </dev/null

clean: ## remove the environments, caches and learnt indexes
	rm -rf .venv .venv-* build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache knowledge/.index
	find bot tests -name __pycache__ -type d -prune -exec rm -rf {} +
