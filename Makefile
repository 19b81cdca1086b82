# Everything a person or CI runs. `make demo` and `make test` need nothing but Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test lint unit test-browser test-kafka eval-pages eval-wire eval-stories train-fold soak faults faults-short bench fuzz audit kafka schemas settings goldens picture lock clean help

help:
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

$(STAMP): requirements-dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("copydesk needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

demo: $(STAMP) ## the main job on the embedded broker: sample crawl in, folded stories out
	$(BIN)/copydesk demo --once

test: lint unit ## lint, types, the import rule, and every test that needs no Apache Kafka

lint: $(STAMP) ## ruff, mypy --strict and the import rule
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(STAMP) ## the tests on the embedded broker
	$(BIN)/pytest -m "not kafka and not browser" -n 4 --dist worksteal

test-browser: $(STAMP) ## the desk in headless Chromium, which must be there (Debian: apt-get install chromium)
	COPYDESK_REQUIRE_BROWSER=1 $(BIN)/pytest -m browser tests/browser

test-kafka: $(STAMP) ## the stream tests again, on Apache Kafka from its jars (Java 17 and Maven)
	$(BIN)/pytest -m "kafka or stream" --broker apache -n 3 --dist worksteal

kafka: $(STAMP) ## a single-node Apache Kafka on this machine until Ctrl-C
	$(BIN)/python deploy/kafka/run_kafka.py

eval-pages: $(VENV)/.peers ## extraction against labelled pages (train, test, more), beside other extractors
	$(BIN)/python -m tests.eval.eval_pages

eval-wire: $(STAMP) ## attribution against labelled pages and the table of forms
	$(BIN)/python -m tests.eval.eval_wire

eval-stories: $(STAMP) ## folding against labelled copies, beside MinHash-LSH, SimHash and Jaccard
	$(BIN)/python -m tests.eval.eval_stories --set test --baselines
	$(BIN)/python -m tests.eval.eval_real --set train
	$(BIN)/python -m tests.eval.eval_real --set test

train-fold: $(STAMP) ## train the verifier of FOLD anew; two runs write the same file
	$(BIN)/python -m tests.eval.train_fold --check

fuzz: $(STAMP) ## change inputs at random and look for broken promises (five minutes)
	$(BIN)/python -m tests.fuzz.run --seconds 60

audit: $(STAMP) ## known vulnerabilities of what is locked; asks a public database over the network
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements.txt

soak: $(STAMP) ## does a worker grow over 20,000 pages? (some ten minutes)
	$(BIN)/python -m tests.bench.soak_pages
	$(BIN)/python -m tests.bench.soak_worker

faults-short: $(STAMP) ## a short round of every fault, on Apache Kafka; part of test-kafka
	$(BIN)/pytest --broker apache tests/faults

faults: $(STAMP) ## every fault again and again, on Apache Kafka, and a table of what came of it (an hour)
	$(BIN)/python -m tests.faults

$(VENV)/.peers: $(STAMP) requirements-bench.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-bench.txt
	touch $@

bench: $(VENV)/.peers ## how fast and how good, beside other tools; writes deploy/benchmarks (an hour)
	$(BIN)/python -m tests.bench.bench_read
	$(BIN)/python -m tests.bench.bench_index
	$(BIN)/python -m tests.bench.bench_identities
	$(BIN)/python -m tests.bench.bench_fold --window 100000 1000000 | tee deploy/benchmarks/fold.txt
	$(BIN)/python -m tests.bench.bench_spam
	$(BIN)/python -m tests.bench.bench_recovery
	$(BIN)/python -m tests.bench.bench_stream
	$(BIN)/python -m tests.bench.sizing --write
	$(BIN)/python -m tests.bench.bench_pipelines

schemas: $(STAMP) ## write the JSON Schemas and the AsyncAPI document from the models
	$(BIN)/python -m service.contract.schema

settings: $(STAMP) ## write the page of all settings from the model
	$(BIN)/copydesk config --markdown > deploy/SETTINGS.md

goldens: $(STAMP) ## write the digests of outputs for fixed inputs; only after an intended change of output
	$(BIN)/python -m tests.goldens --write

picture: $(STAMP) ## take the README's picture of the desk from the demo, in headless Chromium
	$(BIN)/python -m tests.browser.make_picture

lock: $(STAMP) ## resolve the dependencies anew and pin them with hashes
	$(BIN)/pip-compile -q --strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host \
	  --no-emit-find-links --no-emit-options --allow-unsafe -o requirements.txt pyproject.toml
	$(BIN)/pip-compile -q --strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host \
	  --no-emit-find-links --no-emit-options --allow-unsafe --extra dev -c requirements.txt \
	  -o requirements-dev.txt pyproject.toml
	$(BIN)/pip-compile -q --strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host \
	  --no-emit-find-links --no-emit-options --allow-unsafe --extra bench -c requirements-dev.txt \
	  -o requirements-bench.txt pyproject.toml

clean: ## remove the environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
