# run · test · check · bench · soak · pictures. Everything else is `python manage.py --help`.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/.venv/bin:$(PATH)

# uv installs in a quarter of the time where it is found; pip is enough.
INSTALL = $(if $(shell command -v uv),uv pip install --quiet --python $(BIN)/python,$(BIN)/pip install --quiet --disable-pip-version-check)

NOT_INSTALLED = Paket Python tidak dapat dipasang; alasannya tercetak di atas. Periksa internet atau proxy, lalu ulangi perintah yang sama.

.PHONY: run test check audit fuzz bench soak pictures setup setup-dev browser format clean

run: setup
	@$(BIN)/python -c '' 2>/dev/null || { echo "Folder .venv tidak dapat dipakai lagi (Python-nya diganti atau dipindah). Ketik: rm -rf .venv && make run" >&2; exit 1; }
	@$(BIN)/python -m dashboard.launch

test: setup-dev browser check
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(BIN)/python -m tests.audit --in-passing

# Known weaknesses of the packages; exit code 1 for one that is found.
audit: setup-dev
	@$(BIN)/python -m tests.audit

# More than 170 000 inputs for the parsers and 20 000 requests to the API; half an hour.
fuzz: setup-dev
	$(BIN)/python -m tests.fuzz
	$(BIN)/python -m tests.fuzz.api

bench: setup-dev browser
	$(BIN)/python -m tests.bench

# Twenty thousand live updates in a real browser: heap, nodes and listeners must stay flat (SOAK_UPDATES for less).
soak: setup-dev browser
	$(BIN)/python -m tests.bench.soak

# Every scene in every theme from the running demonstration, into docs/layar; and what each fault looks like, as its test
# has seen it, into docs/layar/gangguan.
pictures: setup-dev browser
	$(BIN)/python -m tests.pictures
	FAULT_PICTURES=docs/layar/gangguan $(BIN)/python -m pytest tests/journeys -m pictured

format: setup-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

setup: .venv/.installed
setup-dev: .venv/.installed-dev

.venv/.installed: requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "Perintah $(PYTHON) tidak ada. Pasang Python 3.11 atau lebih baru: sudo apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Perlu Python 3.11 atau lebih baru; yang ada: $$($(PYTHON) --version 2>&1). Pasang lalu ulangi: make run PYTHON=python3.11" >&2; exit 1; }
	@touch .write-test 2>/dev/null && rm .write-test || { echo "Folder $(CURDIR) tidak dapat ditulisi. Salin proyek ke folder milik Anda." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Modul venv tidak ada pada $(PYTHON). Pasang lalu ulangi: sudo apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Folder .venv tidak dapat dibuat. Kosongkan tempat di disk, hapus .venv, lalu ulangi." >&2; exit 1; }
	@$(INSTALL) -r $< || { echo "$(NOT_INSTALLED)" >&2; exit 1; }
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.txt
	@$(INSTALL) -r requirements-dev.txt || { echo "$(NOT_INSTALLED)" >&2; exit 1; }
	@touch $@

browser:
	@command -v chromium >/dev/null && command -v pdftotext >/dev/null || { \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium poppler-utils qpdf >/dev/null; \
	  else echo "Uji memerlukan Chromium dan poppler. Ketik: sudo apt-get install chromium poppler-utils qpdf"; exit 1; fi; }

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
