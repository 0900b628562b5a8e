# Needs Python 3.11 or newer, make and git; everything else is installed into .venv from requirements.lock.
#   make run      assess an example case
#   make test     everything that must pass, stopping at the first failure
# `make help` lists the rest.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CASE ?= examples/s1-radiculopathy.yaml
STEP = @printf '\n== %s\n'
# Reviews are overdue by the day of the commit: a version that was green stays green, and `make check` looks at the calendar.
COMMITTED = $(shell git log -1 --format=%cs 2>/dev/null || date +%F)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.PHONY: help setup run serve test test-postgres lint check explore golden bench load book lock clean

help:
	@echo 'make run      assess an example case (CASE=path for another one)'
	@echo 'make serve    the web application on http://localhost:8000'
	@echo 'make test     style, types, import layers, knowledge base and every test'
	@echo 'make test-postgres  the tests of the web application again, on PostgreSQL'
	@echo 'make check    make test, reviews overdue today, every example case: before a pull request'
	@echo 'make explore  the property tests on examples never tried before'
	@echo 'make golden   rewrite the expected outputs under tests/golden; read the diff before committing it'
	@echo 'make bench    how long an assessment and a plan take'
	@echo 'make load     fifty people at once in the web application, for a minute (installs Locust in build)'
	@echo 'make book     everything Soleus knows as HTML pages in build/book'
	@echo 'make setup    only the environment in .venv'
	@echo 'make lock     pin the newest allowed packages anew (network)'
	@echo 'make clean    remove .venv and everything built'

setup: $(READY)

# PYTHON=/path/to/python overrides the search.
$(READY): requirements.lock pyproject.toml
	@set -e; \
	found=''; \
	for candidate in $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3 python; do \
		if "$$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
			found="$$candidate"; break; \
		fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo 'Soleus needs Python 3.11 or newer with the modules venv and ensurepip, and none was found.' >&2; \
		echo 'Install it (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.12;' >&2; \
		echo 'Windows and others: python.org), or name one: make PYTHON=/path/to/python3 setup' >&2; \
		exit 1; \
	fi; \
	echo "Setting up $(VENV) with $$("$$found" --version) (about a minute the first time) ..."; \
	if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then "$$found" -m venv --clear $(VENV); fi; \
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock; \
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .; \
	$(BIN)/python -m compileall -q src; \
	touch $(READY)

run: $(READY)
	@$(BIN)/soleus assess $(CASE)

serve: $(READY)
	@$(BIN)/soleus serve

lint: $(READY)
	$(STEP) 'ruff: style and common mistakes'
	@$(BIN)/ruff check src tests benchmarks
	$(STEP) 'mypy: types'
	@$(BIN)/mypy
	$(STEP) 'import-linter: layers'
	@$(BIN)/lint-imports
	$(STEP) 'soleus knowledge check: the medical data'
	@$(BIN)/soleus knowledge check --today $(COMMITTED)

test: lint
	$(STEP) 'Chromium and axe-core for the browser tests'
	@.ci/browser
	$(STEP) 'pytest: every test, a file a core'
	@$(BIN)/pytest --numprocesses auto --dist loadfile

test-postgres: $(READY)
	$(STEP) 'pytest: the web application on PostgreSQL'
	@.ci/browser
	@.ci/postgres $(BIN)/pytest tests/web --numprocesses auto --dist loadfile

check: test
	$(STEP) 'soleus knowledge check: reviews that are overdue today'
	@$(BIN)/soleus knowledge check
	@set -e; for case in examples/*.yaml; do \
		printf '\n== soleus assess %s\n' "$$case"; \
		$(BIN)/soleus assess "$$case" > /dev/null; \
	done
	@printf '\nAll of it passes.\n'

explore: $(READY)
	@HYPOTHESIS_PROFILE=explore $(BIN)/pytest tests/properties

golden: $(READY)
	@$(BIN)/pytest tests/golden --rewrite-golden
	@echo 'Read the diff of tests/golden before you commit it.'

bench: $(READY)
	@$(BIN)/python benchmarks/assess.py
	@$(BIN)/python benchmarks/inference.py
	@$(BIN)/python benchmarks/startup.py
	@$(BIN)/python benchmarks/plan.py

# Locust brings twenty packages that nothing else needs: it gets an environment of its own.
load: $(READY)
	@if ! [ -x build/load-venv/bin/locust ]; then $(BIN)/python -m venv --clear build/load-venv && build/load-venv/bin/python -m pip install --quiet 'locust>=2.40,<3'; fi
	@$(BIN)/python benchmarks/web_load.py

book: $(READY)
	@$(BIN)/soleus knowledge book build/book

lock: $(READY)
	@$(BIN)/python -m venv --clear build/lock-venv
	@build/lock-venv/bin/python -m pip install --quiet uv
	@rm -f uv.lock
	@build/lock-venv/bin/uv lock --quiet --no-config
	@{ echo '# Every package of the runtime, test and build groups of pyproject.toml, pinned and hashed, for Python 3.11 and newer.'; \
	   echo '# Made by `make lock`; do not edit.'; \
	   build/lock-venv/bin/uv export --quiet --no-config --frozen --format requirements-txt --all-groups --no-emit-project --no-header --no-annotate; \
	 } > requirements.lock.new
	@mv requirements.lock.new requirements.lock
	@rm -rf uv.lock build/lock-venv
	@echo 'requirements.lock is written anew; now run make check.'

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
