"""The container file and what is sent to its builder."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_only_what_is_copied_is_sent() -> None:
    """What the Dockerfile copies from the folder is what .dockerignore lets through, and nothing else."""
    copied = {
        name
        for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for name in line.split()[1:-1]
    }
    rules = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in rules
    assert {rule[1:] for rule in rules if rule.startswith("!")} == copied
