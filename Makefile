# Everything the README promises: set-up, the main job, tests, checks and benchmarks.
PYTHON_OK := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	  if $$p -c '$(PYTHON_OK)' >/dev/null 2>&1; then command -v $$p; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin
CLIENTS := .venv-clients
FAULTS := .venv-faults
SUPPLY := .venv-supply
SITE := .venv-docs
NODE := tests/node/node_modules/.ready
# The pinned files are complete, so that nothing is resolved anew: a later release can never be asked for.
PINNED := -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps
INSTALL := $(BIN)/python $(PINNED)

# The tests start the service some hundred times, each with all its modules: they are compiled once.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run quick test check docs clients validators faults planted dist supply bench requirements catalogues pictures clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 16

$(VENV)/.run: requirements/run.txt requirements/build.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/it"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the pinned dependencies …"
	@$(INSTALL) -r requirements/run.txt
	@$(INSTALL) -r requirements/build.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements/test.txt
	@echo "Installing the pinned test dependencies …"
	@$(INSTALL) -r requirements/test.txt
	@touch $@

$(CLIENTS)/.ready: $(VENV)/.run requirements/clients.txt
	@test -x $(CLIENTS)/bin/python || $(BIN)/python -m venv $(CLIENTS)
	@echo "Installing the pinned clients …"
	@$(CLIENTS)/bin/python $(PINNED) -r requirements/clients.txt
	@touch $@

# PostgreSQL and what watches it never run as root: theirs is a Python that every user may run.
$(FAULTS)/.ready: $(VENV)/.run requirements/faults.txt
	@test -x $(FAULTS)/bin/python || { /usr/bin/python3 -c '$(PYTHON_OK)' 2>/dev/null && \
	  /usr/bin/python3 -m venv --without-pip $(FAULTS); } || $(BIN)/python -m venv --without-pip $(FAULTS)
	@echo "Installing the pinned programs for the fault tests …"
	@$(BIN)/python -m pip --python $(FAULTS)/bin/python $(wordlist 3,99,$(PINNED)) -r requirements/faults.txt
	@touch $@

$(SUPPLY)/.ready: $(VENV)/.run requirements/supply.txt
	@test -x $(SUPPLY)/bin/python || $(BIN)/python -m venv $(SUPPLY)
	@echo "Installing the pinned programs that look at dependencies …"
	@$(SUPPLY)/bin/python $(PINNED) -r requirements/supply.txt
	@touch $@

$(SITE)/.ready: requirements/docs.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/it"; exit 1; }
	@test -x $(SITE)/bin/python || $(PYTHON) -m venv $(SITE)
	@echo "Installing the pinned program that builds the documentation …"
	@$(SITE)/bin/python $(PINNED) -r requirements/docs.txt
	@touch $@

# Built from nothing whenever a page or a folder changed: what was built of a page that is gone would stay, and
# a link to it would seem to lead somewhere.
var/docs/.built: $(SITE)/.ready $(shell find $(CURDIR)/*.md $(CURDIR)/docs -not -name '*.pyc' -not -name __pycache__)
	@rm -rf var/docs
	@$(SITE)/bin/python -B -m sphinx --quiet --fail-on-warning --keep-going -c docs/site . var/docs
	@touch $@

# The lock file has lforms without what it is built from: what runs in a browser is built already.
$(NODE): tests/node/package-lock.json
	@command -v npm >/dev/null || { echo "Node.js 20 or newer is needed, with npm"; exit 1; }
	@echo "Installing the pinned validators and forms …"
	@npm ci --prefix tests/node --ignore-scripts --no-audit --no-fund --silent
	@touch $@

run: $(VENV)/.run  ## set up and serve the demo clinic on this machine
	@$(BIN)/medication-checklist demo

# Neither the other rooms' fixtures nor others' plugins are loaded; the texts of all rooms are looked at by make test.
quick: $(VENV)/.test  ## run the domain's tests with few examples while you write; one subject takes a second: make quick OF=patients
	@PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 $(BIN)/python -m pytest -p _hypothesis_pytestplugin --hypothesis-profile=loop \
	  --confcutdir=tests/domain --ignore=tests/domain/wording/test_english.py tests/domain/$(OF)

test: $(VENV)/.test  ## run every test, a real PostgreSQL, Chromium and Firefox among them
	@PYTHON=$(BIN)/python sh tests/install_browser.sh
	@sh tests/faults/install_programs.sh haproxy pgbouncer
	@$(BIN)/python -m pytest -n 2 --dist worksteal

CHECKED := tests/test_import_rules.py tests/test_sizes.py tests/store/database/test_migrations.py \
  tests/access/test_statement_counts.py tests/docs/test_links.py tests/docs/test_navigation.py \
  tests/docs/test_tables.py tests/docs/test_examples.py
check: $(VENV)/.test  ## formatter, linters, types, import rules, catalogues, migrations, counts of statements, the docs' links, tables and examples; what the main job takes
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/bandit --quiet --recursive --configfile pyproject.toml service migrations
	@$(BIN)/mypy
	@$(BIN)/medication-checklist catalogues check
	@$(if $(CHECKED),$(BIN)/python -m pytest -q $(CHECKED))
	@$(BIN)/python -m benchmarks.counts

docs: var/docs/.built  ## build the documentation as a site to browse and search without any other host
	@echo "Open var/docs/index.html in a browser."

clients: $(CLIENTS)/.ready  ## run FHIR, SMART and CDS Hooks clients that others wrote against a demo
	@$(CLIENTS)/bin/python -m pytest --confcutdir=tests/clients -W default tests/clients

validators: $(VENV)/.test $(NODE)  ## have others' validators look at what is written as FHIR, and a form of others ask it
	@PYTHON=$(BIN)/python sh tests/install_browser.sh
	@$(BIN)/python -m pytest -n 0 tests/node

faults: $(VENV)/.test $(FAULTS)/.ready  ## kill the service and its databases, and count what is lost (takes long)
	@sh tests/faults/install_programs.sh
	@$(BIN)/python -m pytest -n 0 -s tests/faults/long

planted: $(VENV)/.test  ## plant faults in copies of the service: each promise's tests notice them (takes long)
	@$(BIN)/python -m pytest -n 2 tests/promises/planted/long

# Everything that is installed elsewhere is made here, and tried by the tests as it lies in dist/.
dist: $(VENV)/.test $(SUPPLY)/.ready  ## build and try a release: wheel, source archive, pinned dependencies, bill of materials (SBOM)
	@rm -rf dist
	@$(BIN)/python -m hatchling build --directory dist
	@cp requirements/run.txt dist/requirements.txt
	@cp seed/guidance/*.toml dist
	@$(BIN)/python -m requirements.make_bill $(SUPPLY)/bin dist/*.whl dist/sbom.cdx.json
	@cd dist && sha256sum * > SHA256SUMS
	@DIST=dist $(BIN)/python -m pytest -n 0 tests/packaging

# Strict, since without it the look-up is content where it could ask nobody.
supply: $(SUPPLY)/.ready  ## look for published weaknesses of what is pinned
	@$(SUPPLY)/bin/pip-audit --strict --disable-pip --requirement requirements/run.txt

bench: $(VENV)/.test $(CLIENTS)/.ready  ## measure the main job against its floor
	@$(BIN)/python -m benchmarks

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-emit-find-links --no-header --no-annotate
requirements:  ## pin the dependencies anew (needs uv)
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) --group build -c requirements/run.txt -o requirements/build.txt
	$(COMPILE) --group test pyproject.toml -c requirements/build.txt -o requirements/test.txt
	for of in clients docs faults supply; do $(COMPILE) requirements/$$of.in -o requirements/$$of.txt; done

catalogues: $(VENV)/.run  ## bring the other languages' texts in step with the English ones
	@$(BIN)/medication-checklist catalogues update

pictures: $(VENV)/.test  ## make the documentation's pictures anew
	@PYTHON=$(BIN)/python sh tests/install_browser.sh
	@$(BIN)/python -m docs.make_pictures

clean:  ## remove the virtual environments, the demo's data and what was built
	rm -rf $(VENV) $(CLIENTS) $(FAULTS) $(SUPPLY) $(SITE) tests/node/node_modules dist var
