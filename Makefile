# Everything a newcomer needs: Python >= 3.11 and make. Each target prepares its own .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo serve wheel test check check-all bench chaos lighthouse spark lock messages clean

$(VENV)/.runtime: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Recalldesk needs Python 3.11 or newer; name one with PYTHON=python3.12 make …"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.development: $(VENV)/.runtime requirements-dev.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

demo: $(VENV)/.runtime
	@RECALLDESK_PROFILE=demo RECALLDESK_HOME=$${RECALLDESK_HOME:-var/demo} $(BIN)/recalldesk demo

serve: $(VENV)/.runtime
	@$(BIN)/recalldesk serve

test: $(VENV)/.development
	@scripts/test

check: $(VENV)/.development
	@scripts/check

check-all: $(VENV)/.development
	@RECALLDESK_ALL_PAGES=1 scripts/test tests/portal/browser tests/console/browser tests/demo tests/guide tests/operating tests/postgres tests/benchmarks tests/chaos tests/claims/desk tests/drill tests/keeping tests/portal/stand_in tests/takeover

bench: $(VENV)/.development
	@$(BIN)/python -m benchmarks; all=$$?; $(BIN)/python -m benchmarks --write year && exit $$all

# Needs Node 20 and npm; only measurements and one test use it.
lighthouse: benchmarks/lighthouse/node_modules/.installed
benchmarks/lighthouse/node_modules/.installed: benchmarks/lighthouse/package-lock.json
	cd benchmarks/lighthouse && npm ci --no-progress
	@touch $@

# Needs Java. Only the matching of order files with RECALLDESK_MATCHING_ENGINE=spark and its test use it.
spark: $(VENV)/.spark
$(VENV)/.spark: $(VENV)/.development requirements-spark.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-spark.txt
	@touch $@

chaos: $(VENV)/.development
	@$(BIN)/python -m chaos $(if $(SEED),--seed $(SEED)) $(if $(CLAIMS),--claims $(CLAIMS)) $(if $(KILLS),--kills $(KILLS)) $(if $(KEEP),--keep $(KEEP))

wheel: $(VENV)/.runtime
	@scripts/wheel

messages: $(VENV)/.development
	@$(BIN)/python scripts/messages.py update

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --group install -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra spark pyproject.toml -c requirements.txt -o requirements-spark.txt

clean:
	@find var -name CLUSTER_IS_AT -exec sh -c 'for each; do echo "The database of $$(dirname "$$each") lies outside and stays: $$(cat "$$each")"; done' sh {} + 2>/dev/null || true
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis benchmarks/lighthouse/node_modules
