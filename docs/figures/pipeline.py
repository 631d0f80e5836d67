"""Draw the figure of docs/method.md: `python docs/figures/pipeline.py`, from the project's folder.

Writes pipeline.svg beside itself; with a file name as argument, that file in its format.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HERE = Path(__file__).parent

READ, ANALYSE, RECORD, PEOPLE = "#e3ecf5", "#e2f1e6", "#fbf0d9", "#f3e5f0"
"""Fill by where the step runs: reading process, analysis process, bot and database, Discord."""
INK, QUIET, LINE = "#1f2933", "#52606d", "#7b8794"

WIDE, HIGH = 2.15, 1.06
"""A box, in units of the drawing."""


@dataclass(frozen=True, slots=True)
class Box:
    """A step: where its middle is, its name, two short lines on it."""

    x: float
    y: float
    name: str
    about: str
    fill: str


BOXES = {
    "post": Box(1.2, 6.3, "Link, file, feed", "queued before\nanything else", PEOPLE),
    "page": Box(3.9, 6.3, "Page", "safe fetch; text, title,\nsite, date", READ),
    "parse": Box(6.6, 6.3, "Parse", "spaCy: tags and\ndependencies", ANALYSE),
    "cast": Box(9.3, 6.3, "Cast", "names, seats, roles,\n“it”, “the group”", ANALYSE),
    "promises": Box(9.3, 4.3, "Commitments", "trigger, who is bound,\ncontent, polarity", ANALYSE),
    "reports": Box(9.3, 2.3, "Reports", "a sentence: its events,\nmood, figures", ANALYSE),
    "group": Box(6.6, 4.3, "Grouping", "told before?\nlikeness ≥ 0.62", ANALYSE),
    "record": Box(3.9, 4.3, "Record", "claims, tellings,\nreports; full text", RECORD),
    "rules": Box(6.6, 2.3, "Rules", "actor, topic, clash\n→ a score", ANALYSE),
    "gates": Box(3.9, 2.3, "Gates", "threshold as learnt;\none a claim and article", RECORD),
    "alert": Box(1.2, 2.3, "Alert", "both quotes,\nand why", PEOPLE),
    "review": Box(1.2, 4.3, "Review", "people confirm,\ndismiss, correct", PEOPLE),
    "second": Box(6.6, 0.5, "Second opinion", "optional NLI model,\nunsettled pairs only", ANALYSE),
}

ARROWS = (
    ("post", "page"),
    ("page", "parse"),
    ("parse", "cast"),
    ("cast", "promises"),
    ("promises", "group"),
    ("group", "record"),
    ("promises", "reports"),
    ("reports", "rules"),
    ("rules", "gates"),
    ("gates", "alert"),
    ("alert", "review"),
    ("review", "record"),
)

LEGEND = (
    (PEOPLE, "Discord"),
    (READ, "reading process"),
    (ANALYSE, "analysis process"),
    (RECORD, "bot and database"),
)


def main() -> None:
    """Draw everything and write the file."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "pipeline.svg"
    figure = Figure(figsize=(10.4, 7.2))
    axes = figure.subplots()
    axes.set(xlim=(-0.1, 10.6), ylim=(-0.35, 7.15))
    axes.set_aspect("equal")
    axes.axis("off")
    for box in BOXES.values():
        draw(axes, box)
    for start, end in ARROWS:
        arrow(axes, BOXES[start], BOXES[end])
    between(axes, (6.6, 2.3 - HIGH / 2), (6.6, 0.5 + HIGH / 2), both=True)
    # The claims of the same actor, or on the same things, that the reports are held against.
    between(axes, (3.9 + WIDE / 2, 4.3 - 0.32), (6.6 - 0.55, 2.3 + HIGH / 2), bend=-0.25)
    axes.text(5.0, 3.24, "claims that\nit may bear on", fontsize=8.5, color=QUIET, ha="center", va="center")
    legend(axes)
    metadata = {"Date": None} if target.suffix == ".svg" else None
    # Salted, so that the same drawing gives the same file.
    with rc_context({"svg.hashsalt": "pledgewatch"}):
        figure.savefig(target, bbox_inches="tight", facecolor="white", dpi=110, metadata=metadata)


def draw(axes: Axes, box: Box) -> None:
    """One box with its words."""
    corner = (box.x - WIDE / 2, box.y - HIGH / 2)
    style = "round,pad=0,rounding_size=0.12"
    patch = FancyBboxPatch(corner, WIDE, HIGH, boxstyle=style, fc=box.fill, ec=LINE, lw=1.0)
    axes.add_patch(patch)
    axes.text(box.x, box.y + 0.27, box.name, fontsize=11, weight="bold", color=INK, ha="center", va="center")
    axes.text(box.x, box.y - 0.17, box.about, fontsize=8.5, color=QUIET, ha="center", va="center")


def arrow(axes: Axes, start: Box, end: Box) -> None:
    """A straight arrow between two boxes of one row or one column."""
    if start.y == end.y:
        way = 1 if end.x > start.x else -1
        between(axes, (start.x + way * WIDE / 2, start.y), (end.x - way * WIDE / 2, end.y))
    else:
        way = 1 if end.y > start.y else -1
        between(axes, (start.x, start.y + way * HIGH / 2), (end.x, end.y - way * HIGH / 2))


def between(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], *, bend: float = 0.0, both: bool = False
) -> None:
    """An arrow from point to point."""
    style = {"arrowstyle": "<|-|>" if both else "-|>", "color": LINE, "lw": 1.3, "shrinkA": 2, "shrinkB": 2}
    style["connectionstyle"] = f"arc3,rad={bend}"
    axes.annotate("", xy=end, xytext=start, arrowprops=style)


def legend(axes: Axes) -> None:
    """Where each step runs."""
    for number, (fill, words) in enumerate(LEGEND):
        y = 0.9 - 0.32 * number
        patch = FancyBboxPatch((0.15, y - 0.09), 0.3, 0.18, boxstyle="round,pad=0", fc=fill, ec=LINE, lw=0.8)
        axes.add_patch(patch)
        axes.text(0.6, y, words, fontsize=8.5, color=QUIET, va="center")


if __name__ == "__main__":
    main()
