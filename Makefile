# The two commands: `make demo` and `make test`. Each sets up what it needs in .venv from a fresh clone.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The extras of the program. A name, since a comma written out would end an argument of $(if).
PROGRAM := reports,integrity
UV := $(shell command -v uv 2>/dev/null)

# Where no compiled files may be written, each of the many processes that the tests and figures start compiles them all.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test check soak bench build clean

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "planner needs Python 3.11 or newer; name one with PYTHON=..." >&2; exit 1; }
	$(if $(UV),uv venv --quiet --python $(PYTHON) $(VENV),$(PYTHON) -m venv $(VENV))

# The stamps say what pyproject.toml was last installed from.
$(VENV)/.program: pyproject.toml | $(VENV)/bin/python
	$(if $(UV),uv pip install --quiet --python $(BIN)/python -e '.[$(PROGRAM)]',$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[$(PROGRAM)]')
	@touch $@

$(VENV)/.development: pyproject.toml | $(VENV)/bin/python
	$(if $(UV),uv pip install --quiet --python $(BIN)/python -e '.[dev]',$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]')
	@touch $(VENV)/.program $@

demo: $(VENV)/.program
	$(BIN)/planner demo

test: $(VENV)/.development
	$(BIN)/python -m pytest -m "not soak"

check: $(VENV)/.development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The property tests with many more and new examples, and the long runs; some ten minutes.
soak: $(VENV)/.development
	PLANNER_EFFORT=20 $(BIN)/python -m pytest tests/rules tests/queries tests/sources tests/weekly tests/bundle \
		tests/mandates tests/exchange tests/evidence tests/integrity tests/test_fingerprints.py tests/test_texts.py \
		tests/test_journal.py -m "not soak"
	$(BIN)/python -m pytest -m soak -n 0

# The figures of docs/performance.md.
bench: $(VENV)/.development
	$(BIN)/python -m bench.startup
	$(BIN)/python -m bench.latest
	$(BIN)/python -m bench.app
	$(BIN)/python -m bench.keys
	$(BIN)/python -m bench.suspects
	$(BIN)/python -m bench.verify
	$(BIN)/python -m bench.weekly build/bench

build: $(VENV)/.development
	$(BIN)/python -m build --outdir dist .

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
