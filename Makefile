# What a developer, an operator trying things out, and CI type. `make` alone lists it.

.DEFAULT_GOAL := help
.PHONY: help run test check fix migrate words fonts pictures privacy bench night lock

BIN := .venv/bin
FLASK := $(BIN)/flask --app app

help: ## Say what can be done here.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: ## Set everything up and serve a filled demonstration at http://127.0.0.1:5000.
	@scripts/run

test: ## Set everything up and run the whole gate, as CI does.
	@scripts/gate

check: ## Run the fast static part of the gate.
	@scripts/setup check
	@scripts/check

fix: ## Put format, imports and simple findings right.
	@scripts/setup check
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

migrate: ## Write the next migration from the models: make migrate m="give records a digest".
	@scripts/setup check
	@$(BIN)/python -m scripts.migrate "$(m)"

words: ## Collect the words for people and bring the catalogs up to date.
	@scripts/setup check
	@$(BIN)/python -m scripts.words update

fonts: ## Cut the type faces of the sheets to the characters in use.
	@scripts/setup test
	@$(BIN)/python -m scripts.fonts

pictures: ## Take the pictures of every page, in every language and size.
	@scripts/setup test
	@MINGBAI_PICTURES=docs/pictures/all $(BIN)/python -m pytest -q tests/journeys

privacy: ## Print how much the privacy guard finds, and how often it is wrong.
	@scripts/setup check
	@$(BIN)/python -m tests.publicity.privacy.measure

bench: ## Measure the speed of what residents and clerks wait for.
	@scripts/setup test
	@scripts/postgresql $(BIN)/python -m bench

night: ## Run what takes longer: the whole gate, then long properties on both databases.
	@scripts/gate
	@HYPOTHESIS_PROFILE=night scripts/postgresql $(BIN)/python -m pytest -q

lock: ## Resolve the dependencies of setup.cfg anew into requirements/.
	@scripts/setup check
	@$(BIN)/pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 setup.cfg -o requirements/run.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11 --extra test setup.cfg -o requirements/test.txt
