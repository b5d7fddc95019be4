# run · test · check · bench. Everything else is `python manage.py --help`.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/.venv/bin:$(PATH)

# uv installs in a quarter of the time where it is found; pip is enough.
INSTALL = $(if $(shell command -v uv),uv pip install --quiet --python $(BIN)/python,$(BIN)/pip install --quiet --disable-pip-version-check)

.PHONY: run test check bench setup setup-dev browser format clean

run: setup
	@$(BIN)/python -m dashboard.launch

test: setup-dev browser check
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup-dev browser
	$(BIN)/python -m tests.bench

format: setup-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

setup: .venv/.installed
setup-dev: .venv/.installed-dev

.venv/.installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Perlu Python 3.11 atau lebih baru; yang ada: $$($(PYTHON) --version). Pasang lalu ulangi: make run PYTHON=python3.11"; exit 1; }
	@touch .write-test 2>/dev/null && rm .write-test || { echo "Folder $(CURDIR) tidak dapat ditulisi. Salin proyek ke folder milik Anda."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "venv tidak ada. Pasang dengan: apt-get install python3-venv"; exit 1; }
	@$(INSTALL) -r requirements.txt
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.txt
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

browser:
	@command -v chromium >/dev/null && command -v pdftotext >/dev/null || { \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium poppler-utils qpdf >/dev/null; \
	  else echo "Uji memerlukan Chromium dan poppler. Ketik: sudo apt-get install chromium poppler-utils qpdf"; exit 1; fi; }

clean:
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache
