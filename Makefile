# `make demo` and `make test` set up everything they need in .venv.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: goldens help setup demo test fast lint bench gallery templates docs clean

help:
	@echo "make demo       check and build the shipped examples into build/demo"
	@echo "make test       all tests, types and style"
	@echo "make fast       the fast tests only"
	@echo "make bench      speed, as ratios in one run"
	@echo "make gallery    every example as pictures in build/gallery (needs LibreOffice)"
	@echo "make templates  rebuild the Word templates from their texts"
	@echo "make docs       write docs/reference from the data"

setup: .venv/.ready

.venv/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "casc-mla needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt hatchling
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --no-build-isolation --editable '.[dev]'
	@touch .venv/.ready

demo: setup
	$(BIN)/casc-mla demo --out build/demo

test: setup lint
	$(BIN)/python -m pytest

fast: setup
	$(BIN)/python -m pytest -m "not slow"

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup
	$(BIN)/python tools/bench.py

gallery: setup
	$(BIN)/python tools/gallery.py build/gallery

goldens: setup
	$(BIN)/python tools/make_goldens.py

templates: setup
	$(BIN)/python tools/make_templates.py

docs: setup
	$(BIN)/python tools/make_docs.py

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
