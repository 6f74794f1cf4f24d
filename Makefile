# The doors of the project. `make up` on a fresh machine needs Python 3, pip, git and a network.
PYTHON ?= python3
BIN := .venv/bin
EVAL ?= ../shared/eval

.PHONY: setup up test test-all check evaluate bench lock vendor clean

setup:            ## install and build only
	@$(PYTHON) bootstrap.py

up: setup         ## set up, start everything, print the address of the web chat
	@$(BIN)/ansim up

test: setup       ## set up and test (the quick tests)
	@$(BIN)/python -m pytest -n 2 --dist loadfile

test-all: setup   ## all tests: also running servers and the browser
	@$(BIN)/python -m pytest -m "slow or not slow"

check: setup      ## style, types, and Rasa's own check of its files
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m bot.validate

evaluate: setup   ## figures on the question sets (EVAL=folder)
	@for set in provisions unanswerable emergency; do echo "== $$set"; \
	  $(BIN)/ansim evaluate $$set $(EVAL)/$$set.jsonl || exit 1; done
	@echo "== intents (some minutes)"; $(BIN)/ansim evaluate intents tests/nlu/intent_blind_*.tsv

bench: setup      ## speed and quality beside plain bm25s and plain MiniLM + FAISS
	@$(BIN)/ansim bench $(wildcard $(EVAL)/provisions.jsonl)

lock:             ## resolve requirements.lock anew from pyproject.toml
	@uv pip compile pyproject.toml --extra dev --python-version 3.10 --generate-hashes --no-emit-index-url \
	  --no-annotate --no-header -q -o requirements.lock

vendor:           ## fetch Leaflet, and axe-core for the tests, anew (needs npm; the copied files are committed)
	@bot/channels/web/vendor/fetch.sh
	@tests/browser/vendor/fetch.sh

clean:            ## remove what was built (not the packages)
	@rm -rf .ansim build *.egg-info
