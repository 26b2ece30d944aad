# Each target is a line that works typed by hand as well. The set-up is tools/set_up.py; it does
# nothing unless pyproject.toml or constraints.txt has changed, or the checkout was moved.

PYTHON ?= python3
BIN := .venv/bin
unexport PYTHONPATH     # a module called `scenes` there would take the place of ours

.PHONY: film slides films gallery setup browser test check lint types format bench lock words

film: setup          ## Train the first lecture and render media/films/loss_function.zh.mp4
	$(BIN)/epochreel render

slides: setup        ## The same as a PowerPoint deck, media/slides/loss_function.zh.pptx
	$(BIN)/epochreel slides

films: setup         ## Every lecture that ships, as a draft, into media/films
	for lecture in $$($(BIN)/epochreel lectures | cut -d ' ' -f 1); do \
	    $(BIN)/epochreel render $$lecture --quality draft || exit 1; done

gallery: setup       ## Draw the pictures of docs/gallery.md and docs/motion.md anew
	$(BIN)/python -m tools.gallery
	$(BIN)/python -m tools.motions

setup:               ## System libraries, .venv and the pinned packages
	@$(PYTHON) tools/set_up.py

browser:             ## Chromium, in which the tests open pages
	@$(PYTHON) tools/browser.py

test: setup browser  ## Every test
	$(BIN)/pytest -n auto --dist worksteal

check: lint types test

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-cache

types: setup
	$(BIN)/mypy

format: setup        ## Mend what lint can mend by itself
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: setup         ## Measure the speed; all of it, in half an hour: make bench BENCH=--full
	$(BIN)/python -m tools.bench $(BENCH)

words: setup         ## Bring what the code says into the files of translations
	$(BIN)/python -m tools.words

# Pins stay where they still fit pyproject.toml; `make lock LOCK=--upgrade` takes the newest.
lock: setup          ## Write constraints.txt anew
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --extra dev \
	    --group set-up --universal --fork-strategy fewest --no-annotate --no-emit-index-url \
	    --quiet --output-file constraints.txt $(LOCK)
