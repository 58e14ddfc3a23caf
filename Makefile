# Each target does all its own set-up; the second time that takes a moment. ARGS="…" is handed on to the program.
export VENV ?= .venv
# Each of a suite's processes would compile every test anew: seconds apiece.
unexport PYTHONDONTWRITEBYTECODE
PYTHON := $(VENV)/bin/python
SETUP := @python3 .ci/setup.py
COUNTS ?= full
REFERENCE := $(or $(WORKSTATION_REFERENCE),../shared)

.PHONY: help run test faults bench coverage demo train pictures lint docs lock wheels build clean \
        packages-for-tests format style types layers pages

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 12

run: ## the workstation in practice wiring: nothing to configure, nothing leaves the machine
	$(SETUP) run
	@$(PYTHON) -m workstation run $(ARGS)

test: ## every suite with short counts; what is timed or heard has the machine to itself
	$(SETUP) test
	@ran() { $(PYTHON) -m pytest "$$@" $(ARGS) || [ $$? -eq 5 ]; }; failed=0; \
	ran -n $$((2 * $$(nproc))) --dist worksteal -m "not bench and not quiet and not exchange" || failed=1; \
	ran -m "(bench or quiet) and not exchange" || failed=1; \
	ran -n $$(($$(nproc) + 1)) --dist worksteal -m "exchange and not bench and not quiet" || failed=1; \
	ran -m "exchange and (bench or quiet)" || failed=1; exit $$failed

faults: ## kills, outages and bad input with the full counts (COUNTS=short for a look)
	$(SETUP) test
	WORKSTATION_COUNTS=$(COUNTS) $(PYTHON) -m pytest -m faults $(ARGS)

bench: ## measurements against baselines of the same run, full counts
	$(SETUP) bench
	WORKSTATION_COUNTS=$(COUNTS) $(PYTHON) -m pytest -m bench $(ARGS)

demo: ## real call notes through the real widgets (NOTES=file.csv)
	$(SETUP) run
	$(PYTHON) -m workstation demo --notes $(or $(NOTES),$(REFERENCE)/data/messages/train.csv.xz) \
	    $(or $(ARGS),--limit 200 --out out/demo)

train: ## the category weights, and how well they do, from the reference data
	$(SETUP) test
	$(PYTHON) -m workstation train $(ARGS)

pictures: ## a picture of every screen and state
	$(SETUP) run
	$(PYTHON) -m workstation pictures $(ARGS)

coverage: ## every branch of the domain is tested
	$(SETUP) test
	$(PYTHON) -m pytest tests/unit --cov=workstation/domain --cov-branch --cov-report=term-missing:skip-covered \
	    --cov-fail-under=100

lint: format style types layers pages ## format, style, types, layers, generated pages

format style types layers pages: packages-for-tests

packages-for-tests:
	$(SETUP) test

format:
	$(PYTHON) -m ruff format --check .

style:
	$(PYTHON) -m ruff check .

types:
	$(PYTHON) -m mypy
	$(PYTHON) -m mypy .ci build_installer.py

layers:
	$(VENV)/bin/lint-imports

pages:
	$(if $(wildcard workstation/build/docs.py),$(PYTHON) -m workstation.build.docs --check,@echo no pages are generated yet)

docs: ## write the generated pages anew
	$(SETUP) run
	$(PYTHON) -m workstation.build.docs

lock: ## resolve pyproject.toml into requirements.lock (UPGRADE=1 takes the newest versions)
	$(SETUP) test
	$(PYTHON) .ci/lock.py

wheels: ## all packages of a workstation in one folder, for a site without an index
	$(SETUP) wheels $(or $(FOLDER),out/wheels)

build: ## a folder that starts on a machine without Python
	$(SETUP) build
	$(PYTHON) build_installer.py --smoke $(ARGS)

clean: ## remove what can be made again
	rm -rf build dist out $(VENV) .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
