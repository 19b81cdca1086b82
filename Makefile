# Everything a person or CI runs. `make demo` and `make test` need nothing but Python 3.11 to 3.14. The demo
# installs what it runs; every other target adds the tools of `requirements-dev.txt` to that.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEMO := $(VENV)/.demo
TESTS := $(VENV)/.tests
CRAWLERS := $(VENV)/crawlers
READERS := $(VENV)/readers
LEXICON := $(VENV)/lexicon
BROWSER := $(VENV)/browser
HERITRIX := 3.13.0
HERITRIX_SHA256 := 3376c6ecec719e79df4d97d4c3fd1d55b4300747b9a14355fd635bebc794ac0a
REGISTRY := build/apicurio
APICURIO := io.apicurio:apicurio-registry-app:3.3.3

# What Python compiles is kept, also where the environment says otherwise: tests start hundreds of processes,
# and each would compile all that it imports.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint compiled unit test-browser test-kafka test-crawlers test-readers test-registry test-containers eval-pages eval-wire eval-changes eval-stories eval-linked copies lexicon train-fold train-link soak faults faults-short bench fuzz audit kafka schemas settings alerts goldens picture lock check-wheels clean help

help:
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

$(DEMO): requirements.txt requirements-demo.txt deploy/requirements-build.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("copydesk needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r deploy/requirements-build.txt
	$(BIN)/python -m pip install --quiet --require-hashes --no-compile --no-build-isolation -r requirements-demo.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(TESTS): $(DEMO) requirements-dev.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	touch $@

demo: $(DEMO) ## the main job on the embedded broker: sample crawl in, folded stories out
	$(BIN)/copydesk demo --once

test: $(TESTS) ## lint, types, the import rule, and every test that needs no Apache Kafka
	$(MAKE) --no-print-directory -j 2 lint compiled
	$(MAKE) --no-print-directory unit

# mypy leaves a core free. The workers of pytest begin at the same moment with the same file: each would compile
# every test, had none done so before. What is wrong with a test is told by `unit`.
compiled: $(TESTS)
	$(BIN)/pytest --collect-only -q > /dev/null || true

lint: $(TESTS) ## ruff and mypy --strict on the service, the tests and deploy/, and the import rule
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(TESTS) ## the tests on the embedded broker
	$(BIN)/pytest -m "not kafka and not browser and not crawlers and not readers" -n 4 --dist worksteal

$(BROWSER)/.installed: $(TESTS) tests/browser/package.json tests/browser/package-lock.json
	mkdir -p $(BROWSER)
	cp tests/browser/package.json tests/browser/package-lock.json $(BROWSER)
	if command -v npm; then npm ci --silent --prefix $(BROWSER) || echo "axe-core is not there: its tests are skipped"; fi
	touch $@

test-browser: $(BROWSER)/.installed ## the desk in headless Chromium, which must be there, and axe-core if npm is (Debian: apt-get install chromium npm)
	COPYDESK_REQUIRE_BROWSER=1 $(BIN)/pytest -m browser tests/browser

test-kafka: $(TESTS) ## the stream tests again, on Apache Kafka from its jars (Java 17 and Maven)
	$(BIN)/pytest -m "kafka or stream" --broker apache -n 3 --dist worksteal

$(CRAWLERS)/.installed: $(TESTS) tests/crawlers/requirements.txt tests/crawlers/package.json tests/crawlers/package-lock.json
	$(BIN)/python -m venv $(CRAWLERS)
	$(CRAWLERS)/bin/python -m pip install --quiet --require-hashes -r tests/crawlers/requirements.txt
	cp tests/crawlers/package.json tests/crawlers/package-lock.json $(CRAWLERS)
	if command -v npm; then npm ci --silent --prefix $(CRAWLERS); fi
	if command -v mvn; then mvn --quiet --batch-mode \
	  org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy -DoutputDirectory=$(abspath $(CRAWLERS)) \
	  -Dartifact=org.archive.heritrix:heritrix:$(HERITRIX):zip:dist && \
	  echo "$(HERITRIX_SHA256)  $(CRAWLERS)/heritrix-$(HERITRIX)-dist.zip" | sha256sum --check --quiet; fi
	touch $@

test-crawlers: $(CRAWLERS)/.installed ## crawlers for real, on a site on this machine; skips those that are missing (wget, Node, Java, Maven)
	$(BIN)/pytest -m crawlers tests/crawlers

$(READERS)/.installed: $(TESTS) tests/readers/requirements.txt tests/readers/package.json tests/readers/package-lock.json
	$(BIN)/python -m venv $(READERS)
	$(READERS)/bin/python -m pip install --quiet --require-hashes -r tests/readers/requirements.txt
	cp tests/readers/package.json tests/readers/package-lock.json $(READERS)
	if command -v npm; then npm ci --silent --prefix $(READERS); fi
	touch $@

test-readers: $(READERS)/.installed ## other teams' clients, libraries and stores for real; skips those that are missing (Node, Java, Maven)
	$(BIN)/pytest -m readers tests/readers

$(REGISTRY)/quarkus-run.jar:
	mkdir -p $(REGISTRY)
	mvn --batch-mode --no-transfer-progress --strict-checksums --quiet \
	    org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
	    -Dartifact=$(APICURIO):tar.gz:all -DoutputDirectory=$(REGISTRY)
	tar --extract --touch --gzip --directory $(REGISTRY) --file $(REGISTRY)/*-all.tar.gz

test-registry: $(TESTS) $(REGISTRY)/quarkus-run.jar ## the registry example on a real Apicurio (160 MB; Maven and Java 21 or newer)
	COPYDESK_TEST_APICURIO=$(REGISTRY) $(BIN)/pytest tests/deploy/test_apicurio.py

test-containers: $(TESTS) ## the image and the compose file on a Docker engine (ten minutes; 4 GB of disk; ports 3000, 8066, 8067, 9090, 9094)
	COPYDESK_TEST_CONTAINERS=1 $(BIN)/pytest --durations=12 tests/containers

kafka: $(TESTS) ## a single-node Apache Kafka on this machine until Ctrl-C
	$(BIN)/python deploy/kafka/run_kafka.py

eval-pages: $(VENV)/.peers ## extraction against labelled pages (train, test, more), beside other extractors
	$(BIN)/python -m tests.eval.eval_pages

eval-wire: $(TESTS) ## attribution against labelled pages and the table of forms
	$(BIN)/python -m tests.eval.eval_wire

eval-changes: $(TESTS) ## what a new version says that the one before did not, on pairs of captures made by rule
	$(BIN)/python -m tests.eval.eval_changes

eval-stories: $(TESTS) ## folding against labelled copies, beside the usual methods, train and test
	$(BIN)/python -m tests.eval.eval_copies

eval-linked: $(TESTS) ## links between translations, train and test, with everything else in the window
	$(BIN)/python -m tests.eval.eval_linked --set train
	$(BIN)/python -m tests.eval.eval_linked --set test

train-fold: $(TESTS) ## train the verifier of FOLD anew; two runs write the same file
	$(BIN)/python -m tests.eval.train_fold --check

train-link: $(TESTS) ## train the verifier of LINK anew; two runs write the same file
	$(BIN)/python -m tests.eval.train_link --check

$(LEXICON)/.installed: $(TESTS) tests/lexicon/requirements.txt
	rm -rf $(LEXICON)
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps --target $(LEXICON) -r tests/lexicon/requirements.txt
	touch $@

lexicon: $(LEXICON)/.installed ## make the table of concepts anew (some minutes), then train what reads it
	PYTHONPATH=.:$(LEXICON) OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.lexicon.make
	$(BIN)/python -m tests.eval.train_link

fuzz: $(TESTS) ## change inputs at random and look for broken promises (five minutes)
	$(BIN)/python -m tests.fuzz.run --seconds 60

audit: $(TESTS) ## known vulnerabilities of what is locked; asks a public database over the network
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements.txt

soak: $(TESTS) ## does a worker grow over 20,000 pages? (some ten minutes)
	$(BIN)/python -m tests.bench.soak_pages
	$(BIN)/python -m tests.bench.soak_worker

faults-short: $(TESTS) ## a short round of every fault, on Apache Kafka; part of test-kafka
	$(BIN)/pytest --broker apache tests/faults

faults: $(TESTS) ## every fault again and again, on Apache Kafka, and a table of what came of it (an hour)
	$(BIN)/python -m tests.faults

$(VENV)/.peers: $(TESTS) requirements-bench.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-bench.txt
	touch $@

bench: $(VENV)/.peers ## how fast and how good, beside other tools; writes deploy/benchmarks (an hour)
	$(BIN)/python -m tests.bench.bench_read
	$(BIN)/python -m tests.bench.bench_index
	$(BIN)/python -m tests.bench.bench_identities
	$(BIN)/python -m tests.bench.bench_fold --window 100000 1000000 | tee deploy/benchmarks/fold.txt
	$(BIN)/python -m tests.bench.bench_concepts
	$(BIN)/python -m tests.bench.bench_spam
	$(BIN)/python -m tests.bench.bench_link
	$(BIN)/python -m tests.bench.bench_recovery
	$(BIN)/python -m tests.bench.bench_desk
	$(BIN)/python -m tests.bench.bench_stream
	$(BIN)/python -m tests.bench.sizing --write
	$(BIN)/python -m tests.bench.bench_pipelines

copies: $(VENV)/.peers ## the same, written to deploy/benchmarks/copies.md and deploy/LANGUAGES.md
	$(BIN)/python -m tests.eval.eval_copies --write

schemas: $(TESTS) ## write the JSON Schemas, the AsyncAPI document and the page of fields from the models
	$(BIN)/python -m service.contract.schema

settings: $(TESTS) ## write the page of all settings from the model
	$(BIN)/copydesk config --markdown > deploy/SETTINGS.md

alerts: $(TESTS) ## write the alerts as a PrometheusRule
	$(BIN)/python -m deploy.prometheus_rule

goldens: $(TESTS) ## write the digests of outputs for fixed inputs; only after an intended change of output
	$(BIN)/python -m tests.goldens --write

picture: $(TESTS) ## take the README's picture of the desk from the demo, in headless Chromium
	$(BIN)/python -m tests.browser.make_picture

# One resolution for every Python from 3.11 on and for every platform: what only some need has a marker.
# requirements.txt is what a worker needs; each other file names the one it adds to.
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --strip-extras --no-emit-index-url --quiet --custom-compile-command "make lock"
pinned = $$(sed -n 's/^\([a-z0-9-]*\)==.*/--no-emit-package \1/p' $(1))
on_top_of = { echo '-r $(1)'; cat $(2); } > $(2).new && mv $(2).new $(2)

lock: $(TESTS) ## resolve the dependencies anew and pin them with hashes; pins stay where they can
	$(LOCK) -o requirements.txt
	$(LOCK) --extra demo -c requirements.txt $(call pinned,requirements.txt) -o requirements-demo.txt
	$(call on_top_of,requirements.txt,requirements-demo.txt)
	$(LOCK) --extra otel -c requirements.txt $(call pinned,requirements.txt) -o requirements-otel.txt
	$(call on_top_of,requirements.txt,requirements-otel.txt)
	$(LOCK) --extra demo --extra otel --extra parquet --extra dev -c requirements.txt -c requirements-otel.txt \
	  $(call pinned,requirements.txt) -o requirements-dev.txt
	$(call on_top_of,requirements.txt,requirements-dev.txt)
	$(LOCK) --extra demo --extra otel --extra parquet --extra dev --extra bench -c requirements-dev.txt \
	  $(call pinned,requirements.txt requirements-dev.txt) -o requirements-bench.txt
	$(call on_top_of,requirements-dev.txt,requirements-bench.txt)
	$(patsubst pyproject.toml,deploy/requirements-build.in,$(LOCK)) -c requirements-dev.txt \
	  -o deploy/requirements-build.txt
	$(patsubst pyproject.toml,tests/crawlers/requirements.in,$(LOCK)) -o tests/crawlers/requirements.txt
	$(patsubst pyproject.toml,tests/readers/requirements.in,$(LOCK)) -o tests/readers/requirements.txt
	$(patsubst pyproject.toml,tests/lexicon/requirements.in,$(LOCK)) -c requirements-dev.txt \
	  -o tests/lexicon/requirements.txt

check-wheels: $(TESTS) ## has each locked package a wheel for every Python and platform? asks the registry
	$(BIN)/python deploy/check_wheels.py

clean: ## remove the environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
