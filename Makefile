PYTHON ?= python3
VENV := .venv
STAMP := $(VENV)/.ready

.PHONY: test setup

setup: $(STAMP)

$(STAMP): requirements-dev.lock pyproject.toml
	@tools/system_check.sh
	test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

test: $(STAMP)
	$(VENV)/bin/ruff check assess tests
	$(VENV)/bin/mypy
	$(VENV)/bin/python -m pytest -n 2
