# Zielwerk. `make` prints the list.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
UV := .tools/bin/uv
RUN := .venv/bin
PEERS ?= .tools/peers
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: help setup run up down status token test test-containers check format format-check lint types layers dependencies drift contracts clients bench bench-peers faults clean

help: ## Print this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.ready ## Install everything: uv from pip, then the locked workspace

.tools/bin/uv:
	$(PYTHON) -m venv .tools
	.tools/bin/pip install --quiet 'uv==0.13.8'

.venv/.ready: .tools/bin/uv uv.lock pyproject.toml $(wildcard libs/*/pyproject.toml services/*/pyproject.toml deploy/*/pyproject.toml)
	$(UV) sync --frozen --quiet --compile-bytecode --python $(PYTHON)
	@touch $@

run: setup ## Start everything with the demonstration; Ctrl-C stops it
	@$(RUN)/python -m stack run

up: setup ## The same in the background; ready when this returns
	@$(RUN)/python -m stack up

down: setup ## Stop what `make up` started
	@$(RUN)/python -m stack down

status: setup ## Say what is running
	@$(RUN)/python -m stack status

token: setup ## Print a development token: make token role=supervisor unit=MAIS-NRW
	@$(RUN)/python -m stack token $(foreach r,$(role),--role $(r)) $(foreach u,$(unit),--unit $(u))

test: setup ## Run all tests
	$(RUN)/pytest -n 2 --dist loadfile

test-containers: setup ## The same tests on the official PostgreSQL image, where a Docker engine answers
	TEST_CONTAINERS=1 $(RUN)/pytest -n 2 --dist loadfile

check: format-check lint types layers dependencies drift test ## Everything CI runs, in the order that fails fastest

format: setup ## Format all code
	$(RUN)/ruff format .
	$(RUN)/ruff check --fix .

format-check: setup
	$(RUN)/ruff format --check .

lint: setup
	$(RUN)/ruff check .

types: setup
	$(RUN)/mypy libs services deploy tests

layers: setup
	$(RUN)/lint-imports

dependencies: setup
	@for member in libs/* services/* deploy/stack deploy/demonstration; do echo "deptry $$member"; (cd $$member && deptry src --config pyproject.toml) || exit 1; done

drift: setup
	$(RUN)/python tests/support/contracts.py check

contracts: setup ## Write the contracts of all services, and the clients made from them
	$(RUN)/python tests/support/contracts.py write

clients: contracts ## The same: clients are always made from fresh contracts

bench: setup ## Measure the promises of speed side by side with their limits
	$(RUN)/python tests/benchmarks/run.py

faults: setup ## Kill the service and PostgreSQL again and again while files come in, and recount
	FAULT_ROUNDS=8 $(RUN)/pytest tests/faults

bench-peers: setup $(PEERS)/.ready ## Measure the upload beside Django and Directus; make bench-peers months="5 48"
	$(RUN)/python tests/benchmarks/peers/run.py $(PEERS) $(or $(months),5 48)

$(PEERS)/.ready: .venv/.ready tests/benchmarks/peers/requirements.txt $(wildcard tests/benchmarks/peers/directus/*.json tests/benchmarks/peers/directus/*/*)
	$(PYTHON) -m venv $(PEERS)/python
	$(PEERS)/python/bin/pip install --quiet --requirement tests/benchmarks/peers/requirements.txt
	mkdir -p $(PEERS)/node && cp -R tests/benchmarks/peers/directus/. $(PEERS)/node
	cd $(PEERS)/node && npm install --ignore-scripts --no-package-lock --no-audit --no-fund --loglevel=error
	@touch $@

clean: down ## Stop, and remove what was installed and generated
	rm -rf .venv .tools .zielwerk .mypy_cache .ruff_cache .pytest_cache .hypothesis
