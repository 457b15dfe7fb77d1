# Everything runs in .venv, made on first use; only Python 3.11–3.13 and make are needed before.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help book test check mutants serve lint records repository clean

help:  ## Show these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*##/make \1 \t/' | expand -t 18

.venv/installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; (3, 11) <= sys.version_info < (3, 14) or sys.exit(\
	"Python 3.11, 3.12 or 3.13 is needed and $(PYTHON) is " + sys.version.split()[0] \
	+ ": name another one, as in make book PYTHON=python3.12")'
	@echo "Installing into .venv (some minutes the first time) …"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 \
	    || { $(PYTHON) -m venv --clear .venv && $(BIN)/python -m pip --version >/dev/null; } \
	    || { echo "$(PYTHON) makes no environment with pip: on Debian and Ubuntu," \
	         "apt install python3-venv, then make again" >&2; exit 1; }
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check \
	    --no-deps --no-build-isolation --editable .
	@touch $@

book: .venv/installed  ## Execute the notebooks and build the site; one page alone: PAGE=lenet5
	@$(BIN)/python tools/build_book.py $(if $(PAGE),--page "$(PAGE)")

test: .venv/installed  ## Run every test: package, notebooks, site in a browser, Colab rehearsal
	@$(BIN)/python tools/run_tests.py

check: lint  ## Before each commit: lint, and the tests that train and build nothing
	@$(BIN)/python -m pytest --quiet --numprocesses 2 -m "not slow and not weekly"

mutants: .venv/installed  ## Put small faults into the package, tell which test sees each
	@nice $(BIN)/python tools/mutants.py

serve: book  ## Build the site and serve it on this machine
	@echo "Serving http://127.0.0.1:$(PORT)/ until Ctrl-C"
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

lint: .venv/installed  ## Check style, types, stored notebooks, workflows and addresses
	@echo "Checking …"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "Run: $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/mypy lessons_src tools
	@$(BIN)/python tools/notebooks.py check
	@$(BIN)/python tools/repository.py check
	@$(BIN)/python tools/mutants.py check
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml

records: .venv/installed  ## Train for the book's records: NET=lenet5 RECIPE=note SEED=0, or EXPERIMENT=ladder
	@test -n "$(EXPERIMENT)$(NET)" || { \
	    echo "Name what to train: make records NET=lenet5, or make records EXPERIMENT=ladder"; exit 1; }
	@$(BIN)/python -m lessons_src record $(EXPERIMENT)$(NET) \
	    $(if $(RECIPE),--recipe $(RECIPE)) $(if $(SEED),--seeds $(SEED))

repository:  ## Name the repository everywhere: make repository URL=https://github.com/you/course
	@$(PYTHON) tools/repository.py set "$(URL)"

clean:  ## Remove what was built; .venv stays
	rm -rf _build .pytest_cache .ruff_cache .mypy_cache
