"""What a finding says has happened, in one word: two reports with the same one are of one kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.models import Finding


def verb(finding: Finding) -> str:
    """The predicate of the report's event that the finding's marks touch; empty where they touch none."""
    report = finding.report
    for start, end in finding.marks:
        for row in report.frame.get("events", ()):
            first, last = row["at"]
            if first < report.start + end and report.start + start < last:
                return str(row["p"])
    return ""
