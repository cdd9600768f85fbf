# quizgen: what can be made here. `make` alone lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := quizgen tests

.DEFAULT_GOAL := help
.PHONY: help exam test acceptance fuzz check lint types layers spelling snapshots readme bench wheel clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

exam: $(VENV)/.installed  ## write a 10-question practice exam into build/exam
	@mkdir -p build
	@if [ -d build/exam ]; then \
	  n=1; while [ -e build/exam-$$n ]; do n=$$((n + 1)); done; \
	  mv build/exam build/exam-$$n; echo "The earlier exam is kept in build/exam-$$n."; \
	fi
	@$(BIN)/quizgen exam --out build/exam

test: $(VENV)/.developed  ## run the tests
	$(BIN)/pytest -n auto

acceptance: $(VENV)/.developed  ## the properties of grading over 200 seeds of every template; some minutes
	QUIZGEN_SEEDS=200 $(BIN)/pytest tests/properties/test_grading.py

fuzz: $(VENV)/.developed  ## throw damaged files and answers at grading for a minute
	$(BIN)/python -m tests.fuzz --seconds 60

check: lint types layers spelling test  ## everything that must hold before a commit

lint: $(VENV)/.developed  ## ruff: style and formatting
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)

types: $(VENV)/.developed  ## mypy, strict
	$(BIN)/mypy

layers: $(VENV)/.developed  ## import-linter: imports go downwards only
	$(BIN)/lint-imports

spelling: $(VENV)/.developed  ## codespell
	$(BIN)/codespell quizgen question_bank templates docs *.md

snapshots: $(VENV)/.developed  ## write the pages in tests/snapshots anew, after a change that is meant to show
	QUIZGEN_UPDATE_SNAPSHOTS=1 $(BIN)/pytest tests/snapshots
	@git --no-pager diff --stat -- tests/snapshots

readme: $(VENV)/.developed  ## write the output in the README's sessions anew
	QUIZGEN_UPDATE_README=1 $(BIN)/pytest tests/test_readme.py tests/test_authoring.py

bench: $(VENV)/.developed  ## measure: ratios against named alternatives, in interleaved runs
	$(BIN)/python -m tests.benchmarks
	$(BIN)/python -m tests.benchmarks.cohorts

wheel: $(VENV)/.developed  ## build the wheel, with the bank and the page templates inside
	$(BIN)/python -m build --wheel --outdir build/dist

clean:  ## remove what was made
	rm -rf build $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	@echo "Setting up (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.developed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,browser]'
	@touch $@ $(VENV)/.installed
