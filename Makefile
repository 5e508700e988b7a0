# Two commands: `make demo` shows what this is, `make test` runs everything that CI runs.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test docs format schema notebooks readme bench bench-paths bench-sparql wasm clean

demo: $(VENV)/.installed
	@$(BIN)/kg check
	@$(BIN)/kg build -o build
	@$(BIN)/kg demo -o build/demo.html

test: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/kg check --strict
	$(BIN)/kg format --check seeds
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

docs: $(VENV)/.tested
	$(BIN)/python -m sphinx -E -W --keep-going -q docs build/docs
	@echo "build/docs/index.html"

format: $(VENV)/.tested
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

schema: $(VENV)/.installed
	$(BIN)/kg schema > ontology/seed.schema.json.new && mv ontology/seed.schema.json.new ontology/seed.schema.json

notebooks: $(VENV)/.tested
	$(BIN)/python tests/renew_notebooks.py

readme: $(VENV)/.tested
	$(BIN)/python tests/renew_readme.py

wasm: $(VENV)/.installed
	@$(BIN)/python -m kg.pinned build/npm

bench: $(VENV)/.tested
	$(BIN)/python benchmarks/run.py
	$(BIN)/python -m benchmarks.drawing
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	$(BIN)/python benchmarks/metapaths.py

bench-paths: $(VENV)/.tested
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	$(BIN)/python benchmarks/paths.py

bench-sparql: $(VENV)/.tested
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	$(BIN)/python -m benchmarks.sparql

$(VENV)/.installed: pyproject.toml
	@echo "making the environment in $(VENV) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[curate]'
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group test --group check --group docs
	@touch $@

clean:
	rm -rf $(VENV) build dist docs/reference docs/notebooks .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
