"""What set-up must have brought: parts that are missed only by their slowness or by empty boxes on paper."""

import os

from weasyprint.text import ffi

from tests.house.tree import ROOT


def test_type_faces_are_cut_by_harfbuzz():
    # Without libharfbuzz-subset0 a sheet takes seconds instead of tenths; pip does not bring it, chromium hides that.
    assert ffi.harfbuzz_subset is not None


def test_set_up_names_what_brings_it():
    setup = (ROOT / "scripts" / "setup").read_text(encoding="utf-8")
    assert "libharfbuzz-subset0" in setup.partition("FOR_RUN=")[2].splitlines()[0]


def test_scripts_can_be_started():
    starts = [ROOT / ".ci" / "run", *(ROOT / "scripts").iterdir()]
    assert not [file for file in starts if file.is_file() and not file.suffix and not os.access(file, os.X_OK)]


def test_ci_runs_the_gate_and_nothing_else():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    deeds = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert deeds == ["exec make test"]
