# Everything from a fresh clone with Python 3.11 or later, make and a package index.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash

BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)
CORE := tests/unit tests/spec tests/structure
USERS := tests/browser tests/examples $(if $(JUNHENG_REFERENCE_DATA),tests/reference/test_tutorials.py) # what users see and run, and the pages that begin with one sample
DESK := tests/web
SEEN := tests/web/browser
OUT := out
DEMO := $(OUT)/demo

# Only what stands in requirements/ with its hash is ever installed; both installers refuse anything else.
ifdef UV
INSTALL := $(UV) pip install --quiet --python $(BIN)/python
else
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

.PHONY: help setup spark demo test test-core lint types imports docs docs-check suites suite-users suite-rules suite-desk suite-desk-seen suite-desk-postgres system bench fuzz lock picture readme clean

help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' Makefile | column -t -s '	'

setup: .venv/.project .venv/.test ## build .venv from the hash-locked files of requirements/

spark: .venv/.project .venv/.spark ## add the engine of --engine spark (half a gigabyte; needs Java 17 or later)

demo: export JUNHENG_KEY_FILE := $(DEMO)/city.key
demo: .venv/.project ## a made-up county: taken in, measured, planned, and its desk opened (JUNHENG_DEMO_SERVE=0: not opened)
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	$(BIN)/junheng sample $(DEMO)/sample --size county --seed 7 --variant narrow
	$(BIN)/junheng import $(DEMO)/sample --city $(DEMO)/city --year 2025
	$(BIN)/junheng measure --city $(DEMO)/city --out $(OUT)
	$(BIN)/junheng plan balance --city $(DEMO)/city --out $(OUT)/plan.json --html $(OUT)/plan.html --xlsx $(OUT)/plan.xlsx
	$(BIN)/junheng plan check $(OUT)/plan.json --city $(DEMO)/city
	$(BIN)/python -m junheng.samples.work_plan $(DEMO)/city $(DEMO)/工作要点.txt
	$(BIN)/junheng read $(DEMO)/工作要点.txt --city $(DEMO)/city --only tasks
	$(BIN)/python -m junheng.web.demo $(DEMO)/city $(DEMO)/工作要点.txt

test: system setup .venv/.spark ## every check and every suite, two at a time
	@$(MAKE) --jobs=2 --output-sync=target --keep-going lint types imports docs-check suite-rules suite-users suite-desk suite-desk-seen suite-desk-postgres

test-core: setup ## what needs nothing but Python
	$(BIN)/python -m pytest $(CORE)

lint: setup
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

imports: setup
	$(BIN)/lint-imports

docs: setup .venv/.spark ## write docs/reference anew, and every output that the docs show
	$(BIN)/python -m docs.build reference
	$(BIN)/python -m docs.build outputs

docs-check: setup
	$(BIN)/python -m docs.build --check

suites: suite-rules suite-users suite-desk suite-desk-seen

suite-users: setup .venv/.spark
	$(BIN)/python -m pytest $(USERS)

suite-rules: setup .venv/.spark # the engines are asked of all that the specs drew, so both are in one run
	$(BIN)/python -m pytest tests $(addprefix --ignore=,$(USERS) $(DESK))

suite-desk: setup # a county is taken in and measured first
	$(BIN)/python -m pytest $(DESK) --ignore=$(SEEN)

suite-desk-seen: setup system # the same pages in Chromium; beside the others, so that both lanes end together
	$(BIN)/python -m pytest $(SEEN)

# the rows of the desk on the other database: all that is asked of rows alone, and the pages that write them
DESK_ROWS := tests/unit/people tests/unit/web/test_backups.py tests/web/test_people_pages.py tests/web/test_kills.py

suite-desk-postgres: setup system
	.ci/postgres beside $(BIN)/python -m pytest $(DESK_ROWS) --deselect tests/web/test_people_pages.py::test_a_page_asks_the_database_a_fixed_number_of_times

system: ## Chromium and LibreOffice, for the suites that look at what users see, PostgreSQL, and Java for Spark
	@.ci/system

bench: setup .venv/.bench .venv/.spark ## measure speed against bare reading, hand SQL and pandas
	$(BIN)/python benchmarks/intake_1000.py 1000 3
	$(BIN)/python benchmarks/wide_sheets.py 3
	$(BIN)/python benchmarks/counts.py 3 0.7 7 20
	$(BIN)/python benchmarks/city.py 7
	$(BIN)/python benchmarks/balance.py 7
	$(BIN)/python benchmarks/web.py
	JUNHENG_REFERENCE_DATA=$${JUNHENG_REFERENCE_DATA:-../shared} $(BIN)/python benchmarks/documents.py 3

fuzz: setup .venv/.fuzz ## ten minutes of coverage-guided fuzzing of the reading of documents
	$(BIN)/python benchmarks/fuzz_documents.py 600

readme: setup ## run the demo and paste what it prints into the readmes
	$(BIN)/python -m docs.readme

picture: setup system ## take the screenshot of the readmes from out/, as the demo left it
	$(BIN)/python -m tests.browser.picture

pictures: setup system ## take the manual's pictures of the desk, while every page of it is looked at
	rm -rf $(OUT)/pictures # put in place at the end: the pages that are looked at show the pictures
	JUNHENG_PICTURES=$(OUT)/pictures $(BIN)/python -m pytest $(SEEN)/test_every_page.py
	cp -r $(OUT)/pictures/. src/junheng/web/static/web/manual/

lock: ## resolve requirements/ anew from pyproject.toml (needs uv)
	requirements/lock.sh

clean: ## remove what was built or computed here
	rm -rf .venv out .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# --- the environment; each stamp is newer than what it was made from -----------------------------------

.venv/.made:
	@requirements/venv.sh
	@touch $@

.venv/.%: requirements/%.txt .venv/.made
	$(INSTALL) --require-hashes -r $<
	@touch $@

# pyspark comes as a source archive: setuptools, hash-locked in build.txt, builds it, so nothing is fetched without a hash
.venv/.spark: requirements/spark.txt .venv/.build
	$(INSTALL) --no-build-isolation --require-hashes -r $<
	@touch $@

# hatchling comes hash-locked from build.txt, so nothing is fetched here; the entry point is an ordinary one
.venv/.project: .venv/.base .venv/.build pyproject.toml
	$(INSTALL) --no-index --no-deps --no-build-isolation --editable .
	@touch $@
