"""The audit of the dependencies: what it says, and that it never fails for lack of a network."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.audit import verdict

ROOT = Path(__file__).parents[1]


def test_a_known_fault_is_a_failure() -> None:
    """The package, the advisory and the remedy are named."""
    rows = [
        {"name": "one", "version": "1.0", "vulns": []},
        {"name": "two", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]},
        {"name": "three", "skip_reason": "not found"},
    ]
    sentence, status = verdict({"dependencies": rows}, "")
    assert status == 1
    assert "2 packages, 1 known faults; 1 could not be looked up." in sentence
    assert "two 2.0: PYSEC-1, mended in 2.1" in sentence


def test_packages_without_faults_are_fine() -> None:
    """Status 0, and how many were looked at."""
    found = {"dependencies": [{"name": "one", "version": "1.0", "vulns": []}]}
    assert verdict(found, "") == ("Dependencies audited: 1 packages, 0 known faults.", 0)


def test_where_nothing_can_be_asked_that_is_said() -> None:
    """A mirror that knows no advisories, or no network at all."""
    for found in ({}, {"dependencies": [{"name": "one", "skip_reason": "not found"}]}):
        sentence, status = verdict(found, "no route")
        assert (status, "not audited" in sentence) == (0, True)


def test_without_a_network_it_ends_well() -> None:
    """The real pip-audit behind a proxy that is not there: a sentence and status 0."""
    dead = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"), "http://127.0.0.1:9")
    environment = {k: v for k, v in os.environ.items() if k.upper() != "NO_PROXY"} | dead
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.audit"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.count("\n")) == (0, 1), done.stderr
    assert "not audited" in done.stdout
