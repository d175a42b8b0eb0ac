PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
EDITOR := tests/editor/node_modules/.ready
EXAMPLE ?= examples/eu-ukraine-2026.yaml

.PHONY: report test setup lint docs examples bench coverage look lock vendor

# The main job on a real example; prints the path of the PDF.
report: $(STAMP)
	$(BIN)/assess score $(EXAMPLE) --out out

test: $(STAMP) lint
	@tools/system_check.sh tests
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(EDITOR); fi
	$(BIN)/python -m pytest -n auto --dist loadgroup

lint: $(STAMP)
	$(BIN)/ruff check assess tests benchmarks tools
	$(BIN)/mypy
	$(BIN)/lint-imports

setup: $(STAMP)

$(STAMP): requirements-dev.lock pyproject.toml
	@tools/system_check.sh
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

# The language server that editors use for YAML, as pinned; one test drives it.
$(EDITOR): tests/editor/package-lock.json
	cd tests/editor && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

# Write what is generated from the code: documents, blank questionnaire, JSON Schema.
docs: $(STAMP)
	$(BIN)/python tools/make_docs.py

# Figures that documents quote; ratios taken in one run.
bench: $(STAMP)
	$(BIN)/python -m benchmarks

# How often the likely range holds the truth in simulation; docs/method.md quotes it. Half an hour.
coverage: $(STAMP)
	$(BIN)/python -m benchmarks.coverage > docs/coverage.txt

# Every example in every language and paper as sheets of pictures, to look at after a change of a template.
look: $(STAMP)
	@tools/system_check.sh tests
	$(BIN)/python tools/look.py out/look

# Pin what pyproject.toml asks for; run after changing a dependency.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --all-extras --group dev pyproject.toml -o requirements-dev.lock

# Build the YAML library of the offline form anew; needs npm and the network.
vendor:
	tools/vendor_yaml.sh
