# Cuelight. `make help` lists what there is.

PYTHON ?= $(shell command -v python3 || echo python3)
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
NPM := npm --prefix frontend
# Two processes by default: more gain nothing on a small machine, whose browser and databases work too.
JOBS ?= 2

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help up test conformance pictures model bench bench-canvas lock format clean web worker prepare scaled-check \
	environment frontend check-format lint types contracts drift test-python test-services test-frontend test-browser \
	chromium require-python openapi migrations

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  \033[1m%-15s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: require-python ## Install what is missing, build, migrate, load the examples and serve
	@exec $(PYTHON) -m config.make_up up

test: environment check-format lint types contracts drift test-python test-services test-frontend test-browser ## Run every check and every test
	@echo "Everything holds."

pictures: environment chromium ## Take the pictures of every page, in both themes, for docs/screens.md
	@CUELIGHT_PICTURES=$(CURDIR)/docs/images/pages $(PYTEST) tests/e2e/test_pages.py tests/e2e/test_title_chooser.py -q

conformance: environment ## Compare a running server with recordings of AWS (CUELIGHT_CONFORMANCE names their folder)
	@$(BIN)/python -m tests.conformance.service $(OPTIONS)

model: require-python ## Install the embedded language model now; `make up` does it behind
	@$(PYTHON) -m config.make_up model

bench: environment ## Measure the engine, embedded and on PostgreSQL with Redis
	@$(BIN)/python -m bench

bench-canvas: environment chromium ## Measure the canvas in Chromium: opening, dragging, colours, typing, weight
	@$(BIN)/python -m bench.canvas

format: environment ## Format Python and TypeScript
	@$(BIN)/ruff check --fix-only --quiet . ; $(BIN)/ruff format .
	@$(NPM) run format

lock: require-python ## Lock requirements/*.in again, hashes and all (needs uv)
	@cd requirements && for name in runtime test; do \
		constraint=$$([ $$name = runtime ] || echo "--constraint runtime.txt"); \
		uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
			$$constraint $$name.in --output-file $$name.txt || exit 1; done; \
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-deps model.in --output-file model.txt

clean: ## Remove what was built; the data in var/ stays
	rm -rf .venv frontend/node_modules frontend/dist tests/aws_api/node/node_modules test-results .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

## The scaled form: settings say where PostgreSQL and Redis are (.env.example)

prepare: ## Scaled form: migrate, load the examples, make the first account
	@$(BIN)/python manage.py prepare

web: ## Scaled form: serve pages, API and WebSocket
	@exec $(BIN)/python manage.py serve

worker: ## Scaled form: run states; start as many as wanted
	@exec $(BIN)/celery -A config.celery worker --pool threads --concurrency 4 --queues work,mail \
		--without-gossip --without-mingle --without-heartbeat --loglevel INFO

scaled-check: environment ## Run a workflow through web and worker processes on local PostgreSQL and Redis
	@$(PYTEST) tests/e2e/test_scaled.py

## Steps of `make test`

require-python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
		echo "Python 3.11 or newer is missing: sudo apt-get install -y python3 python3-venv"; exit 1; }

environment: require-python
	@$(PYTHON) -m config.make_up tests

frontend: require-python ## Build the front end
	@$(PYTHON) -m config.make_up frontend

check-format:
	@echo "• formatting"
	@$(BIN)/ruff format --check --quiet . || { $(BIN)/ruff format --check .; echo "make format puts it right"; exit 1; }
	@$(NPM) run --silent format:check

lint:
	@echo "• lint"
	@$(BIN)/ruff check --quiet .
	@$(NPM) run --silent lint

types:
	@echo "• types"
	@$(BIN)/mypy
	@$(NPM) run --silent typecheck

contracts:
	@echo "• import contracts"
	@$(BIN)/lint-imports --no-logo

drift openapi: export CUELIGHT_VAR := $(CURDIR)/test-results/var
drift openapi: export CUELIGHT_ENV_FILE :=

drift:
	@echo "• drift: migrations and OpenAPI"
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python manage.py spectacular --validate --fail-on-warn --file test-results/openapi.yaml
	@diff -u docs/openapi.yaml test-results/openapi.yaml || { echo "make openapi writes it again"; exit 1; }
	@$(NPM) run --silent types:check

openapi: ## Write docs/openapi.yaml from the code, and the front end's types from that
	@$(BIN)/python manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml
	@$(NPM) run --silent types

test-python:
	@echo "• Python tests, on SQLite"
	@$(PYTEST) --ignore tests/e2e --ignore tests/chaos --ignore tests/conformance/test_service_api.py -n $(JOBS) -q
	@$(PYTEST) tests/chaos tests/conformance/test_service_api.py -q

test-services:
	@if variables=$$($(BIN)/python -m tests.support.services); then \
		echo "• the runner's tests again, on PostgreSQL and Redis"; \
		eval "$$variables"; $(PYTEST) tests/runner tests/people tests/designer -n $(JOBS) -q; \
	elif [ -n "$$CUELIGHT_REQUIRE_SERVICES" ]; then exit 1; \
	else echo "• PostgreSQL and Redis do not answer on localhost: the runner's tests ran on SQLite alone"; fi

test-frontend:
	@echo "• front-end tests"
	@$(NPM) run --silent test

test-browser: chromium
	@echo "• browser tests, and whole processes"
	@$(PYTEST) tests/e2e -q

chromium:
	@$(BIN)/python -m tests.support.browser >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "• installing Chromium from Debian's packages"; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
		else echo "The browser tests need Chromium: sudo apt-get install -y chromium"; exit 1; fi; }
