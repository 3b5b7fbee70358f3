# `make help` lists the commands. PORT, PYTHON, QUICK and UPGRADE can be given on the line.
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
UV_VERSION := 0.13.9

# Quoted wherever a shell sees it.
PROJECT := <<cookiecutter.project_slug>>
VENV := $(CURDIR)/.venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
INSTALLED := .venv/.installed
LOCKS := requirements/dev.txt $(wildcard $(PROJECT)/requirements/*.txt)
# What a production server of the project needs; the peers stand beside it.
SERVED := $(filter-out %/dev.txt %/test-celery.txt %/test-graphql.txt,$(wildcard $(PROJECT)/requirements/*.txt))

.PHONY: help demo test check format lock artefacts bench hooks in-place

help: ## List the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

demo: $(INSTALLED) ## Bake a project into ./demo, install, migrate, seed and serve it
	@test -d demo || echo "Baking ./demo ..."
	@test -d demo || git clean -fdXq -- '$(PROJECT)' 2>/dev/null || true
	@test -d demo || $(BIN)/cookiecutter . --no-input project_name=Demo project_slug=demo
	@$(MAKE) --no-print-directory -C demo PYTHON=$(PYTHON) PORT=$(PORT) seed run

$(INSTALLED): $(LOCKS)
	@echo "Installing into .venv ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(UV) pip install --python $(BIN)/python $(foreach file,$(LOCKS),-r '$(file)')
	@touch $@

test: $(INSTALLED) ## Run the template's tests: every answer, every combination
	$(BIN)/python -m pytest --numprocesses auto

check: $(INSTALLED) ## Black, isort, flake8 and mypy on the template as it lies
	$(BIN)/black --check .
	$(BIN)/isort --check-only .
	$(BIN)/flake8
	cd '$(PROJECT)' && $(BIN)/isort --check-only . && $(BIN)/flake8
	cd '$(PROJECT)' && PYTHONDONTWRITEBYTECODE=1 TIME_ZONE=UTC $(BIN)/mypy --cache-dir ../.mypy_cache

format: $(INSTALLED) ## Format the code
	$(BIN)/isort .
	cd '$(PROJECT)' && $(BIN)/isort .
	$(BIN)/black .

lock: $(INSTALLED) ## Resolve every requirements file (UPGRADE=1 for newer versions)
	@$(BIN)/python -m scripts.lock --uv $(UV) $(if $(UPGRADE),--upgrade)

artefacts: $(INSTALLED) ## Make the OpenAPI, Postman and ER diagram files of the bakes anew
	$(BIN)/python -m scripts.artefacts

bench: $(INSTALLED) .venv-bench/.installed ## Measure the baked project beside its peers, ~15 min (QUICK=1: 3)
	$(BIN)/python -m benchmarks $(if $(QUICK),--quick)

.venv-bench/.installed: requirements/bench.txt $(SERVED)
	@echo "Installing the peers into .venv-bench ..."
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	$(UV) pip install --python .venv-bench/bin/python $(foreach file,$^,-r '$(file)')
	@touch $@

hooks: $(INSTALLED) ## Let git run the checks before each commit
	$(BIN)/pre-commit install

in-place: $(INSTALLED) ## Run the template's source as it lies: make in-place DO="manage.py check"
	@mkdir -p .in-place
	cd '$(PROJECT)' && PYTHONDONTWRITEBYTECODE=1 TIME_ZONE=UTC \
	  DATABASE_URL=sqlite:///$(CURDIR)/.in-place/db.sqlite3 $(BIN)/python $(DO)
