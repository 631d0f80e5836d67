"""Feed the page reader 10,000 random and broken pages: nothing but PageError may come out.

Half are broken by the rules of the tests' `mutations`, half by atheris, which looks for new paths through
the reader. Where atheris is not to be had, all are of the first kind. Exit status 1 on any other exception.

    .venv/bin/python -m benchmarks.fuzz_reader [--pages 10000] [--seed 1]
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

from bot.errors import PageError
from tests.articles.mutations import CONTENT_TYPES, URLS, mutated, seeds

_SLOW = 60
"""Seconds that atheris gives one page."""


def main() -> int:
    """Run both halves and say what came of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--atheris", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.atheris:
        return _guided(args.pages, args.seed)
    guided = args.pages // 2 if importlib.util.find_spec("atheris") else 0
    failed = _broken(args.pages - guided, args.seed)
    if guided:
        failed += _in_a_process(guided, args.seed)
    print(f"{args.pages} pages, {failed} escaped")
    return 1 if failed else 0


def _broken(pages: int, seed: int) -> int:
    from bot.articles.page import read

    random, originals = Random(seed), seeds()  # noqa: S311 (to be repeatable is the point)
    ends: Counter[str] = Counter()
    slowest = 0.0
    for _ in range(pages):
        body = mutated(originals, random)
        started = time.perf_counter()
        try:
            ends[read(body, content_type=random.choice(CONTENT_TYPES), url=random.choice(URLS)).kind] += 1
        except PageError:
            ends["PageError"] += 1
        except Exception:  # what this is looking for
            ends["escaped"] += 1
            traceback.print_exc()
            kept = Path(tempfile.mkdtemp()) / "page.html"
            kept.write_bytes(body)
            print(f"kept as {kept}")
        slowest = max(slowest, time.perf_counter() - started)
    told = ", ".join(f"{count} {kind}" for kind, count in ends.most_common())
    print(f"{pages} broken pages: {told}, the slowest took {slowest:.2f} s")
    return ends["escaped"]


def _in_a_process(pages: int, seed: int) -> int:
    """atheris ends its process when it is done, so it has one of its own."""
    command = [sys.executable, "-m", "benchmarks.fuzz_reader", "--atheris", "--pages", str(pages)]
    done = subprocess.run([*command, "--seed", str(seed)], capture_output=True, text=True)  # noqa: S603 (ourselves)
    last = [line for line in done.stderr.splitlines() if line.startswith(("Done", "#"))]
    print(f"{pages} pages of atheris: {last[-1] if last else 'no word of it'}")
    if done.returncode:
        print(done.stdout[-3_000:], done.stderr[-5_000:])
    return 1 if done.returncode else 0


def _guided(pages: int, seed: int) -> int:
    import atheris

    with atheris.instrument_imports(include=["bot.articles"]):  # hence no import at the top
        from bot.articles.page import read

    def one(body: bytes) -> None:
        try:
            read(body, content_type=None, url="https://www.orlandcourier.example/news/a-1")
        except PageError:
            return

    with tempfile.TemporaryDirectory() as corpus:
        for number, body in enumerate(seeds()):
            (Path(corpus) / str(number)).write_bytes(body)
        options = [
            f"-runs={pages}",
            f"-seed={seed}",
            f"-timeout={_SLOW}",
            "-max_len=20000",
            "-rss_limit_mb=4096",
        ]
        atheris.Setup([sys.argv[0], *options, corpus], one)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
