"""`make audit`: known faults of the locked packages, as pip-audit finds them.

Advisories are asked for over the network. Where they cannot be reached that is said, and it is no failure; a
package with a known fault is one.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements-dev.lock"

SECONDS = 300.0
"""How long it may take: about one request a package, and a slow network."""


def main() -> int:
    """Ask, and say what came of it; the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        arguments = ["-r", LOCK, "--disable-pip", "--require-hashes", "-f", "json", "-o", answer]
        arguments += ["--progress-spinner", "off", "--timeout", "10"]
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter, arguments of our own
                [sys.executable, "-m", "pip_audit", *map(str, arguments)],
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )
            trouble = done.stderr.strip().splitlines()[-1:] or ["no answer"]
        except subprocess.TimeoutExpired:
            trouble = [f"no answer within {SECONDS:g} seconds"]
        found = json.loads(answer.read_text("utf-8")) if answer.exists() else {}
    sentence, status = verdict(found, trouble[0])
    print(sentence)
    return status


def verdict(found: dict[str, Any], trouble: str) -> tuple[str, int]:
    """The sentence on an answer of pip-audit, and the exit status. `trouble`: why there is no answer."""
    asked = [row for row in found.get("dependencies", ()) if "vulns" in row]
    if not asked:
        return f"Dependencies not audited: the advisories cannot be reached ({trouble[:200]}).", 0
    faults = [
        f"  {row['name']} {row['version']}: {fault['id']}"
        + (f", mended in {', '.join(fault['fix_versions'])}" if fault.get("fix_versions") else "")
        for row in asked
        for fault in row["vulns"]
    ]
    left_out = len(found["dependencies"]) - len(asked)
    text = f"Dependencies audited: {len(asked)} packages, {len(faults)} known faults"
    text += f"; {left_out} could not be looked up." if left_out else "."
    return "\n".join([text, *faults]), 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
