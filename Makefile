# The two commands: `make demo` and `make test`. Each sets up what it needs in .venv from a fresh clone.
PYTHON ?= python3
VENV := .venv
# Where Python puts the programs of an environment.
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
# The extras of the program. A name, since a comma written out would end an argument of $(if).
PROGRAM := import,reports,integrity
UV := $(shell command -v uv 2>/dev/null)

# Where no compiled files may be written, each of the many processes that the tests and figures start compiles them all.
unexport PYTHONDONTWRITEBYTECODE
# Settings of pip's that would put packages elsewhere than into .venv, or leave out what they need.
unexport PIP_USER PIP_TARGET PIP_PREFIX PIP_ROOT PIP_NO_DEPS PIP_NO_BUILD_ISOLATION PIP_DRY_RUN

.PHONY: demo locked lock test test-more test-texts snapshots check fresh soak bench house same docs catalog build clean

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "planner needs Python 3.11 or newer; name one with PYTHON=..." >&2; exit 1; }
	$(if $(UV),uv venv --quiet --python $(PYTHON) $(VENV),$(PYTHON) -m venv $(VENV)) || { rm -rf $(VENV); exit 1; }

# pip compiles what it installs with one processor, and this with all of them.
COMPILE = $(if $(UV),,-$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib)

# The stamps say what pyproject.toml was last installed from.
$(VENV)/.program: pyproject.toml | $(BIN)/python
	$(if $(UV),uv pip install --quiet --python $(BIN)/python -e '.[$(PROGRAM)]',$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -e '.[$(PROGRAM)]')
	$(COMPILE)
	@touch $@

# uv, unlike pip, leaves packages uncompiled; then each process of the tests would compile them all.
$(VENV)/.development: pyproject.toml | $(BIN)/python
	$(if $(UV),uv pip install --quiet --compile-bytecode --python $(BIN)/python -e '.[dev]',$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -e '.[dev]')
	$(COMPILE)
	@touch $(VENV)/.program $@

# Exactly the versions that the tests were last run with, each checked by its digest, instead of the newest allowed ones.
# The other targets then use them, until pyproject.toml changes.
locked: requirements.lock pyproject.toml | $(BIN)/python
	$(if $(UV),uv pip install --quiet --compile-bytecode --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile) --require-hashes -r requirements.lock
	$(if $(UV),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile) --no-deps -e .
	$(COMPILE)
	@touch $(VENV)/.program $(VENV)/.development $(VENV)/.site

# The newest versions that pyproject.toml allows, for all systems and Pythons, with the digests of all their files.
lock:
	$(or $(UV),$(error this target needs uv)) pip compile pyproject.toml --extra dev --extra docs --universal --python-version 3.11 \
		--upgrade --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet -o requirements.lock

demo: $(VENV)/.program
	$(BIN)/planner demo

test: $(VENV)/.development
	$(BIN)/python -m pytest

# What `make test` leaves out to stay under five minutes: more cases on PostgreSQL, the wheel, more real processes.
# docs/decisions/0099: continuous integration runs both selections.
test-more: $(VENV)/.development
	$(BIN)/python -m pytest -m more

# The tests that need the five official texts: in the folder that PLANNER_SOURCES names, else in ../shared/sources.
test-texts: $(VENV)/.development
	$(BIN)/python -m pytest -m texts

# The pictures of the app's screens that the tests compare with.
snapshots: $(VENV)/.development
	$(BIN)/python -m pytest tests/tui/snapshots --snapshot-update
	$(BIN)/python -m pytest tests/tui/snapshots --snapshot-update -m more

check: $(VENV)/.development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The property tests with many more and new examples, and the long runs; some ten minutes.
soak: $(VENV)/.development
	PLANNER_EFFORT=20 $(BIN)/python -m pytest tests/domain/rules tests/queries tests/register tests/sources tests/weekly \
		tests/bundle tests/mandates tests/exchange tests/intake tests/sheets tests/evidence tests/integrity tests/past_days tests/base/test_fingerprints.py \
		tests/base/test_texts.py tests/store/test_journal.py tests/writes/test_clock.py
	$(BIN)/python -m pytest -m "soak and not texts" -n 0

# Fresh clones tried as other machines have them: every Python at hand, no cache, no terminal, a home that is no folder.
fresh:
	$(PYTHON) -m bench.fresh

# The programs that the figures compare with, each in an environment of its own: posting needs another Textual than planner.
OTHERS := posting harlequin doorstop
# The newest tree-sitter crashes posting.
posting := posting==2.11.1 'tree-sitter>=0.25,<0.26'
harlequin := harlequin==2.17.0
doorstop := doorstop==3.2

build/bench/others/%.installed: | $(BIN)/python
	rm -rf $(@D)/$*
	$(if $(UV),uv venv --quiet --python $(BIN)/python $(@D)/$*,$(BIN)/python -m venv $(@D)/$*)
	$(if $(UV),uv pip install --quiet --python $(@D)/$*/bin/python $($*),$(@D)/$*/bin/python -m pip install --quiet --disable-pip-version-check $($*))
	@touch $@

# The figures of docs/performance.md, which it writes. ONLY names parts of it: make bench ONLY="keys weekly"
bench: $(VENV)/.development $(OTHERS:%=build/bench/others/%.installed)
	$(BIN)/python -m bench.speed $(ONLY)

# How the code is built, in figures. AT names git revisions to show next to today: make house AT=v1.0
house:
	@$(PYTHON) -m bench.house $(if $(AT),--at $(AT))

# Whether the program writes the same files as an earlier one from the same database: make same BEFORE=REVISION
same: $(VENV)/.development
	$(BIN)/python -m bench.same_outputs --before $(or $(BEFORE),$(error name a git revision: make same BEFORE=REVISION))

# What builds the site of the documentation. No test needs it.
$(VENV)/.site: pyproject.toml | $(VENV)/.development
	$(if $(UV),uv pip install --quiet --python $(BIN)/python -e '.[docs]',$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -e '.[docs]')
	@touch $@

# The parts of docs/ that are generated from the program, and then the site, in build/site. A dead link ends it.
docs: $(VENV)/.site
	$(BIN)/python -m bench.docs
	$(BIN)/zensical build --strict

# The messages for translators, in build/planner.pot: docs/translating.md.
catalog: $(VENV)/.development
	$(BIN)/python -m bench.catalog

build: $(VENV)/.development
	$(BIN)/python -m build --outdir dist .

clean:
	rm -rf $(VENV) build dist .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
