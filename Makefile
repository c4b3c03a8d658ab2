# One command each; nothing here needs more than Python ≥ 3.11, git and make.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= $(shell for v in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$v -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$v && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --progress-bar off
PORT ?= 3000
WORKERS ?= 3
# pip's own bar shows one package at a time, and quiet pip shows none: one line that counts them says how far it is.
define COUNT
awk -v all=$$(grep -c '^[^ ]*==' $(1)) '\
	function say(what) { if (tty) printf "\r  %s\033[K", what; fflush() } \
	BEGIN { tty = system("test -t 1") == 0 } \
	/^(Collecting|Processing|Ignoring|Requirement already)/ { say(++n " of " all " packages") } \
	/^Installing/ { say("unpacking " all " packages") } \
	END { if (tty) printf "\r\033[K" }'
endef
# Tests start many processes; where nothing may be kept compiled, each would compile everything again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo demo-reset test bench proof lint format pages lock

help:  ## Show what there is to run
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: .venv/.sandbox  ## Only set up .venv, with .venv/bin/throughline in it

demo: .venv/.sandbox  ## Open a local Slack with the bot in it (page on PORT, 3000)
	@PORT=$(PORT) $(BIN)/throughline demo

demo-reset:  ## Forget everything the demo kept between starts
	@rm -rf .demo && echo "The demo starts afresh next time."

test: .venv/.test lint  ## Run everything CI runs
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder --ignore=tests/proof
	@$(BIN)/python -m pytest tests/proof  # lives many lives at a time itself: beside others it would only wait

bench: .venv/.test  ## Measure how fast it is, and how well it finds; or one PART=drain (build/bench.json)
	@$(BIN)/python -m tests.bench $(PART)

proof: .venv/.test  ## Prove how it holds: 80 minutes, or one PART=acked (build/proof.json)
	@$(BIN)/python -m tests.proof $(PART)

lint: .venv/.test  ## Style, types and the import contracts
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

format: .venv/.test  ## Let ruff lay out the code
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

pages: .venv/.test  ## Write the pages of docs/ that are made from the code
	@$(BIN)/python -m bot.pages docs

lock: .venv/.test  ## Renew the pinned requirements (needs uv)
	@for set in "run:" "sandbox:--extra sandbox" "test:--extra sandbox --extra test"; do \
		uv pip compile pyproject.toml $${set#*:} --universal --generate-hashes --no-emit-index-url --no-header \
			--python-version 3.11 --upgrade -q -o requirements/$${set%%:*}.txt; done

.venv/.made: Makefile
	@test -n "$(PYTHON)" || { echo "Throughline needs Python 3.11 or newer; install it and run make again."; exit 1; }
	@echo "Setting up .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		echo "This Python cannot make virtual environments: on Debian, apt install python3-venv."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@touch $@

.venv/.sandbox: .venv/.made requirements/sandbox.txt pyproject.toml
	@echo "Installing what the bot and its local Slack need (about a minute, once)"
	@set -o pipefail; $(PIP) --require-hashes -r requirements/sandbox.txt | $(call COUNT,requirements/sandbox.txt)
	@$(PIP) -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/.test: .venv/.sandbox requirements/test.txt
	@echo "Installing what the tests need (about a minute, once)"
	@set -o pipefail; $(PIP) --require-hashes -r requirements/test.txt | $(call COUNT,requirements/test.txt)
	@touch $@
