PYTHON ?= python3
VENV := .venv
STAMP := $(VENV)/.ready

.PHONY: test setup lock

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

# Pin what pyproject.toml asks for; run after changing a dependency.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --group dev pyproject.toml -o requirements-dev.lock
