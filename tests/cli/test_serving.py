"""`run` where it cannot run."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def test_run_without_a_token_is_one_sentence_and_says_not_to_try_again(tmp_path: Path) -> None:
    """The operator reads which setting is missing; the status tells a service manager to leave it."""
    done = subprocess.run(  # noqa: S603 - our own interpreter on our own program
        [sys.executable, "-m", "bot", "run", "--db", str(tmp_path / "x.db")],
        env=os.environ | {"DISCORD_TOKEN": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 78
    assert done.stdout == ""
    assert "DISCORD_TOKEN" in done.stderr
    assert len(done.stderr.splitlines()) == 1
