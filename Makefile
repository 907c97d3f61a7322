# make demo    set up, build the bundled corpus, answer three questions
# make quick   lint, format, types, and the tests that need no model, no browser and no built workshop: under three minutes
# make test    set up, pass every test, on all cores: under eight minutes on two
# make test-all as make test, with every case where that takes a seeded sample of many that are alike
# make shuffled as make test, in an order drawn from ORDER (told at the start)
# make fuzz    try the properties with many examples that no run has seen before
# make hostile add 200 hostile files, each in a process of its own, and measure how time grows with pathological texts (an hour)
# make mutants change one thing at a time in addresses, folding, quotations and figures, and see that a test notices (hours)
# make lock    the versions and hashes of development, CI and the light road anew (requirements/; needs uv)
# make sbom    the bill of materials of what is installed, as CycloneDX
# make audit   ask for known weaknesses of what is locked (needs a connection)
# make kills   hundreds of kills of every command that writes, at random moments; nothing acknowledged may be lost
# make nospace full, limited and read-only disks at random moments
# make damage  a thousand files flipped, cut, swapped, deleted: named, and no wrong answer in silence
# make crowd   two writers, a builder and ten readers at once
# make servers the contract of backends over a real Milvus server and its library (an environment of their own, some minutes)
# make check   lint, format, types, import layers
# make bench   speed and ranking, side by side with peers
# make ui      build both front ends from their TypeScript (needs node; what is built is committed)
# make ui-test lint and unit tests of the front ends (needs node and what make ui has fetched)
# make docs    the guide and the reference as web pages (docs/_build/html), offline, any warning is an error
# make wheel   the package as it is installed elsewhere, in dist/
# make release build the wheel, look into it, prove it by the README's main job in a fresh light environment
# make notebooks   pair the notebooks with their text form, take their outputs out
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.casekit-ready

# Compiled files are kept, whatever the environment says: a run starts hundreds of processes that read the same modules.
export PYTHONDONTWRITEBYTECODE :=

UI := src/casekit/jupyter/ui

# tests/distribution.py says what a worker runs together; what is expensive to build is built once for all (tests/shared_builds.py).
WORKERS ?= logical
PYTEST := $(BIN)/python -m pytest
PARALLEL = -n $(WORKERS) --maxprocesses 8 --dist loadfile --no-loadscope-reorder

.PHONY: servers demo quick style types units test test-all shuffled fuzz kills nospace damage crowd hostile mutants lock sbom audit check bench ui ui-test docs wheel release notebooks clean

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

quick: $(READY)
	@$(MAKE) --no-print-directory style
	@$(MAKE) --no-print-directory -j 2 types units

style: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

units: $(READY)
	$(PYTEST) tests/unit -q $(PARALLEL) -m 'not model and not browser and not slow'

# One worker more than cores: tests of the browser wait for it a third of their time.
test: WORKERS = $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
test: $(READY)
	$(PYTEST) $(PARALLEL)

test-all: export CASEKIT_TESTS = all
test-all: test

shuffled: export CASEKIT_SHUFFLE = $(or $(ORDER),$(shell date +%s))
shuffled: test

fuzz: $(READY)
	CASEKIT_HYPOTHESIS=fuzz $(PYTEST) $(PARALLEL) tests/unit -m hypothesis --hypothesis-show-statistics

hostile: $(READY)
	$(BIN)/python -m tests.hostile.run
	$(BIN)/python -m tests.hostile.growth

mutants: $(READY)
	$(BIN)/python -m tests.hostile.mutate

lock: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --no-annotate --extra dev \
		pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --no-annotate \
		$(foreach name,huggingface-hub hf-xet fsspec tqdm click httpx2 httpcore2 truststore,--no-emit-package $(name)) \
		requirements/light.in -o requirements/light.txt

sbom: $(READY)
	@$(BIN)/python requirements/environment.py sbom

audit: $(READY)
	$(BIN)/python -m pip install --quiet pip-audit
	$(BIN)/pip-audit --requirement requirements/dev.txt --require-hashes --disable-pip

SEED ?= 1

kills: $(READY)
	$(BIN)/python -m tests.suites.kills $(or $(TIMES),500) --seed $(SEED)

nospace: $(READY)
	$(BIN)/python -m tests.suites.nospace $(or $(TIMES),300) --seed $(SEED)

damage: $(READY)
	$(BIN)/python -m tests.suites.damage $(or $(TIMES),1000) --seed $(SEED)

crowd: $(READY)
	$(BIN)/python -m tests.suites.crowd --seconds $(or $(SECONDS_EACH),30)

check: style types
	$(BIN)/lint-imports

# Real servers, in an environment of their own (their libraries want other versions) and a network namespace (Milvus listens on all interfaces).
servers: $(READY)
	tests/servers/run.sh "$(abspath $(BIN))"

bench: $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[dev,bench]'
	$(BIN)/python -m pytest tests/bench/test_*.py tests/bench/bench_*.py -m bench -s
	CASEKIT_GATE=full $(BIN)/python -m pytest tests/gate/test_floors.py -s

# The panel's bundler comes as one optional package a platform, of which registries have some only: npm ci refuses that.
ui: $(READY)
	cd $(UI)/panel && npm install --no-save && PATH="$(abspath $(BIN)):$$PATH" npm run build
	cd $(UI)/widgets && npm ci && npm run build
	$(BIN)/python $(UI)/stamp.py

ui-test:
	test -d $(UI)/panel/node_modules || (cd $(UI)/panel && npm install --no-save)
	test -d $(UI)/widgets/node_modules || (cd $(UI)/widgets && npm ci)
	cd $(UI) && npm ci && npm run lint && npm run check && npm test
	cd $(UI)/panel && npm run check
	cd $(UI)/widgets && npm run check

docs: $(READY)
	$(BIN)/python -m sphinx -q -W --keep-going docs docs/_build/html
	@echo docs/_build/html/index.html

wheel: $(READY)
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

release: $(READY)
	$(BIN)/python requirements/release.py

notebooks: $(READY)
	$(BIN)/jupytext --sync notebooks/*.ipynb
	$(BIN)/jupyter nbconvert --clear-output --inplace notebooks/*.ipynb

clean:
	rm -rf $(VENV) docs/_build docs/api docs/*/made index/gen-* index/CURRENT
