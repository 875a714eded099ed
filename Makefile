# Few verbs; `make help` tells them. PORT and DATA_DIR are taken from the environment.

SHELL := /bin/bash
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help install install-test run demo test check attack fix bench mutants docs lock

PORT ?= 8000
DATA_DIR ?= ./data
export PORT DATA_DIR

BIN := .venv/bin
PYTHON := $(BIN)/python
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --quiet

# ruff has the same rules (S104, S108, S308, S608) and wants a reason in the line; bandit could only be told to be silent.
ASKED_BY_RUFF := B104,B108,B308,B608,B703

help: ## what there is
	@echo "make VERB, where VERB is one of:"
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/\1|\2/p' Makefile | awk -F '|' '{ printf "  %-9s%s\n", $$1, $$2 }'
	@echo "PORT (8000) and DATA_DIR (./data) are taken from the environment: PORT=8080 make run"

install: ## make .venv with everything that running needs
	@deploy/install.sh run

run: install ## install, bring the database up to date, serve
	@$(PYTHON) -m alongside.config.translations
	@$(BIN)/alongside migrate
	@exec $(BIN)/alongside serve

demo: export DATA_DIR = ./demo-data
demo: export ALONGSIDE_DEMO = 1
demo: install ## the same with invented people to look at; data go to ./demo-data
	@$(PYTHON) -m alongside.config.translations
	@$(BIN)/alongside migrate
	@$(BIN)/alongside sample --demo
	@exec $(BIN)/alongside serve

install-test:
	@deploy/install.sh test

test: install-test ## every test: on SQLite, in a browser, and what touches the store on PostgreSQL
	@$(PYTHON) -m alongside.config.translations
	env -u DATABASE_URL $(PYTHON) -m pytest -n 3 --dist worksteal
	SERVERS=2 deploy/with-postgres.sh $(PYTHON) -m pytest -n 2 --dist worksteal -m store

check: install-test ## all that must be well before a change goes in: rules of the house, types, tests
	$(BIN)/ruff check
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(BIN)/bandit --quiet -ll --recursive alongside --exclude '*/tests/*' --skip $(ASKED_BY_RUFF)
	deploy/in-empty-folder.sh $(PYTHON) -m django makemigrations --check --dry-run --verbosity 1
	$(MAKE) test

attack: install-test ## try to break every promise: released figures, raw database files, hostile input; half an hour
	@$(PYTHON) -m alongside.config.translations
	@env -u DATABASE_URL $(PYTHON) -m tests.attack
	@deploy/with-postgres.sh $(PYTHON) -m tests.attack traces

fix: install-test ## mend what can be mended by itself
	$(BIN)/ruff check --fix

bench: install-test ## measure what is promised about speed and size
	$(PYTHON) -m bench

mutants: install-test ## change the gate one place at a time and see that a test notices; goes on where it stopped
	$(BIN)/mutmut run --max-children 1
	$(BIN)/mutmut results

docs: install ## write the documents that are made from the code
	deploy/in-empty-folder.sh $(PYTHON) -m alongside.config.documents

lock: install-test ## pin the newest versions that fit, with their hashes
	@$(PYTHON) -m pip install -q uv
	$(LOCK) --upgrade --output-file deploy/locks/run.txt
	$(LOCK) --upgrade --extra test --output-file deploy/locks/test.txt
