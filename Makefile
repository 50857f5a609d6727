# Everything runs from .venv; nothing is installed elsewhere.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help setup chat test lint types imports check unit bench bench-matching

help: ## show these targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(STAMP) ## make .venv with the bot and its development tools

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12 …" if sys.version_info < (3, 11) else 0)'
	@echo "Setting up .venv (once, about a minute) …" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' </dev/null
	@touch $@

chat: $(STAMP) ## talk to the bot in this terminal (or through a pipe)
	@$(BIN)/python -m bot chat

test: lint types imports check unit ## everything that must hold

lint: $(STAMP) ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP) ## types
	$(BIN)/mypy

imports: $(STAMP) ## which module may import which
	$(BIN)/lint-imports

check: $(STAMP) ## the knowledge
	$(BIN)/python -m bot check

unit: $(STAMP) ## the tests
	$(BIN)/python -m pytest -n auto

bench: $(STAMP) ## start-up, memory and time per question
	$(BIN)/python -m tests.benchmarks

bench-matching: $(STAMP) ## matching beside its peers: make bench-matching DATA=folder [QUESTIONS=folder]
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]' </dev/null
	$(BIN)/python -m tests.benchmarks.matching $(DATA) $(if $(QUESTIONS),--questions $(QUESTIONS)) --json bench-matching.json
