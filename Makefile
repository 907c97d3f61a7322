# make demo    set up, build the bundled corpus, answer three questions
# make test    set up, pass every test
# make check   lint, format, types, import layers
# make bench   speed and ranking, side by side with peers
# make ui      build both front ends from their TypeScript (needs node; what is built is committed)
# make docs    the guide and the reference as web pages (docs/_build/html), offline, any warning is an error
# make notebooks   pair the notebooks with their text form, take their outputs out
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.casekit-ready

UI := src/casekit/jupyter/ui

.PHONY: demo test check bench ui docs notebooks clean

$(READY): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $(READY)

demo: $(READY)
	@$(BIN)/casekit build
	@$(BIN)/casekit search '沃尔玛的扫码购有多少用户?' -k 3
	@$(BIN)/casekit search '步步高的會員數位化做到什麼程度?' -k 3
	@$(BIN)/casekit search 'How do shop assistants keep in touch with customers?' -k 3
	@echo
	@echo "接下来试试 / try next:  $(BIN)/casekit show case-walmart"

test: $(READY)
	$(BIN)/python -m pytest

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[dev,bench]'
	$(BIN)/python -m pytest tests/bench/test_*.py tests/bench/bench_*.py -m bench -s

# The panel's bundler comes as one optional package a platform, of which registries have some only: npm ci refuses that.
ui: $(READY)
	cd $(UI)/panel && npm install --no-save && PATH="$(abspath $(BIN)):$$PATH" npm run build
	cd $(UI)/widgets && npm ci && npm run build
	$(BIN)/python $(UI)/stamp.py

docs: $(READY)
	$(BIN)/python -m sphinx -q -W --keep-going docs docs/_build/html
	@echo docs/_build/html/index.html

notebooks: $(READY)
	$(BIN)/jupytext --sync notebooks/*.ipynb
	$(BIN)/jupyter nbconvert --clear-output --inplace notebooks/*.ipynb

clean:
	rm -rf $(VENV) docs/_build docs/api docs/*/made index/gen-* index/CURRENT
