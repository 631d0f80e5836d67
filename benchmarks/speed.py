"""`make bench`: what the analysis costs over the bare spaCy parse of the same text, and articles a second.

    python -m benchmarks.speed [--rounds N] [--plot FILE]

The texts are the project's own: the sample articles and the labelled scenarios. Parse and analysis of one
text follow each other directly, in turns, so a busy machine slows both alike; of each text the fastest of
N rounds counts. The whole way (command line, process, database) is timed once over all texts.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from bot.analysis import pipeline
from bot.cli import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parent.parent
PLOT = ROOT / "docs" / "figures" / "speed.png"

MAX_RATIO = 1.25
"""What the analysis of an article may cost at most, as a multiple of the bare parse (issue 3)."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that one text took."""

    words: int
    parse: float
    analysis: float


def main() -> int:
    """Measure, print, draw; 1 where the analysis costs more than it may."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--plot", type=Path, default=PLOT)
    args = parser.parse_args()
    texts = own_texts()
    timings = measured([*texts, *joined(texts)], args.rounds)
    parse, analysis = sum(t.parse for t in timings), sum(t.analysis for t in timings)
    words = sum(t.words for t in timings)
    print(f"{len(timings)} texts, {words} words, fastest of {args.rounds} rounds")
    for least, most in pairwise((0, 200, 600, 10**9)):
        some = [t for t in timings if least <= t.words < most]
        ratio = sum(t.analysis for t in some) / sum(t.parse for t in some)
        mean = sum(t.words for t in some) // len(some)
        print(f"  about {mean:4} words: ratio {ratio:.3f} ({len(some)} texts)")
    print(f"bare parse      {parse * 1000 / len(timings):6.1f} ms a text   {words / parse:6.0f} words/s")
    print(
        f"whole analysis  {analysis * 1000 / len(timings):6.1f} ms a text   {words / analysis:6.0f} words/s"
    )
    print(f"ratio           {analysis / parse:6.3f}   (at most {MAX_RATIO})")
    print(f"analysis alone  {len(timings) / analysis:6.1f} articles/s of {words / len(timings):.0f} words")
    seconds = whole_way(texts)
    print(f"the whole way   {len(texts) / seconds:6.1f} articles/s, start of the process included")
    draw(timings, args.plot)
    print(f"drawn to {args.plot.relative_to(ROOT) if args.plot.is_relative_to(ROOT) else args.plot}")
    return int(analysis / parse > MAX_RATIO)


def own_texts() -> list[str]:
    """The project's own news texts."""
    examples = sorted((ROOT / "docs" / "examples").glob("*.txt"))
    texts = [documents.from_text(f.read_bytes(), name=f.name, guild="bench").text for f in examples]
    for file in sorted((ROOT / "tests" / "labels").glob("scenarios.*.jsonl")):
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
        texts += [row[part]["text"] for row in rows for part in ("earlier", "later")]
    return texts


def joined(texts: Sequence[str]) -> list[str]:
    """Longer texts: four and eight of them after each other."""
    starts = ((size, i) for size in (4, 8) for i in range(0, len(texts) - size, size))
    return ["\n\n".join(texts[i : i + size]) for size, i in starts]


def measured(texts: Sequence[str], rounds: int) -> list[Timing]:
    """Each text parsed and analysed, after one text to warm up."""
    loaded = pipeline.load()
    loaded.analyse(texts[0])
    timings = []
    for text in texts:
        parse = analysis = float("inf")
        for _ in range(rounds):
            parse = min(parse, seconds_of(parsed, loaded, text))
            analysis = min(analysis, seconds_of(loaded.analyse, text))
        timings.append(Timing(len(text.split()), parse, analysis))
    return timings


def parsed(loaded: pipeline.Pipeline, text: str) -> None:
    """The bare parse, with the memory zone that the analysis opens too."""
    with loaded.nlp.memory_zone():
        loaded.nlp(text)


def seconds_of(work: Callable[..., object], *given: object) -> float:
    """How long it took."""
    start = time.perf_counter()
    work(*given)
    return time.perf_counter() - start


def whole_way(texts: Sequence[str]) -> float:
    """Seconds for all texts through the command line into an empty database."""
    rows = [
        {"guild": "bench", "id": str(n), "date": "2024-01-01", "text": text} for n, text in enumerate(texts)
    ]
    given = "".join(json.dumps(row) + "\n" for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        argv = [sys.executable, "-m", "bot", "ingest", "--jsonl", "-", "--db", str(Path(folder) / "bench.db")]
        start = time.perf_counter()
        subprocess.run(argv, input=given, text=True, capture_output=True, check=True, cwd=ROOT)  # noqa: S603 - our own command
        return time.perf_counter() - start


def draw(timings: Sequence[Timing], file: Path) -> None:
    """Milliseconds over words, for the parse and for the analysis."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4), layout="constrained")
    words = [t.words for t in timings]
    axes.scatter(words, [t.parse * 1000 for t in timings], s=14, label="bare spaCy parse", color="#9aa5b1")
    axes.scatter(words, [t.analysis * 1000 for t in timings], s=14, label="whole analysis", color="#2f6fab")
    axes.set(xlabel="words in the text", ylabel="milliseconds", xlim=(0, None), ylim=(0, None))
    axes.set_title("Cost of analysing one article", loc="left")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=120)
    pyplot.close(figure)


if __name__ == "__main__":
    sys.exit(main())
