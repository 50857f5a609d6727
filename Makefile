# Everything runs from .venv; nothing is installed elsewhere.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
BOT := .venv/.bot-installed
DEV := .venv/.dev-installed
# How often `make chaos` kills the bot.
N ?= 1000

.DEFAULT_GOAL := help
.PHONY: help setup chat test lint types imports check unit bench bench-matching chaos lock

help: ## show these targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(BOT) ## make .venv with the bot

$(BOT): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12 …" if sys.version_info < (3, 11) else 0)'
	@echo "Setting up .venv (once, less than a minute) …" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) --editable . </dev/null
	@touch $@

$(DEV): $(BOT)
	@echo "Adding what the tests need (once, about a minute) …" >&2
	@$(PIP) --editable '.[dev]' </dev/null
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

bench: $(DEV) ## start-up, memory, time per question; load on Telegram beside an echo bot
	$(BIN)/python -m tests.benchmarks

bench-matching: $(DEV) ## matching beside its peers: make bench-matching DATA=folder [QUESTIONS=folder]
	@$(PIP) --editable '.[bench]' </dev/null
	$(BIN)/python -m tests.benchmarks.matching $(DATA) $(if $(QUESTIONS),--questions $(QUESTIONS)) --json bench-matching.json

lock: $(BOT) ## pin the image's dependencies anew, with their hashes
	@$(PIP) 'pip-tools>=7.4' </dev/null
	$(BIN)/pip-compile $(PIN) -o deploy/requirements.lock pyproject.toml
	$(BIN)/pip-compile $(PIN) --allow-unsafe --only-build-deps --build-deps-for wheel -o deploy/requirements-build.lock pyproject.toml

PIN := --quiet --generate-hashes --strip-extras --no-annotate --no-header --no-emit-index-url --no-emit-options
