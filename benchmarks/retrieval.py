"""Finding the claim that a sentence is about: public queries through storage's full text, then reranked.

    python -m benchmarks.retrieval

The weights of the reranking were chosen on the half of the queries whose hashed id is even; both halves are
shown, beside BM25 over words and rapidfuzz's token_set_ratio on the same queries.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process, utils

from benchmarks.bare import tuned_on
from benchmarks.quality import SHARED
from bot.analysis.ranking import rank
from storage import search
from storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Sequence

PUBLIC = SHARED / "data" / "public"
POOLS = ("checkthat", "promises")
CANDIDATES = 200
"""Claims that full text gives for a query; the right one is among them for nine in ten."""

_WORD = re.compile(r"\w+")

Ranking = list[str]


def main() -> None:
    """Measure and print."""
    queries_file = PUBLIC / "matching.dev.jsonl"
    files = [queries_file, *(PUBLIC / f"matching.claims.{pool}.jsonl" for pool in POOLS)]
    if missing := [file for file in files if not file.exists()]:
        print(f"retrieval: not measured ({missing[0]} is missing)")
        return
    queries = rows(queries_file)
    pools = {p: {r["id"]: r["text"] for r in rows(f)} for p, f in zip(POOLS, files[1:], strict=True)}
    hits = asyncio.run(found(queries, pools))
    words = {pool: Bm25(texts) for pool, texts in pools.items()}
    ways: dict[str, list[Ranking]] = {
        "BM25 over words": [words[q["pool"]].best(q["query"]) for q in queries],
        "token_set_ratio": [fuzzy(q["query"], pools[q["pool"]]) for q in queries],
        "full text": [[claim for claim, _ in one] for one in hits],
        "full text, reranked": [
            reranked(q["query"], one, pools[q["pool"]]) for q, one in zip(queries, hits, strict=True)
        ],
    }
    print(f"matching.dev.jsonl: {len(queries)} queries; MRR and share of right first ones")
    for name, rankings in ways.items():
        print(f"  {name:20} {'   '.join(figures(queries, rankings))}")
    kept = sum(any(c in q["gold"] for c, _ in one) for q, one in zip(queries, hits, strict=True))
    print(f"  the right claim is among the {CANDIDATES} of full text for {kept / len(queries):.3f}")


def rows(file: Path) -> list[dict[str, Any]]:
    """The rows of a JSON-lines file."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


async def found(
    queries: Sequence[dict[str, Any]], pools: dict[str, dict[str, str]]
) -> list[list[tuple[str, float]]]:
    """What storage's index gives for each query, with its scores; each pool is a guild."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite+aiosqlite:///{Path(folder) / 'retrieval.db'}")
        await db.open()
        try:
            numbered = dict(enumerate((pool, claim) for pool, texts in pools.items() for claim in texts))
            async with db.write() as tx:
                for pool, texts in pools.items():
                    bodies = {n: texts[claim] for n, (owner, claim) in numbered.items() if owner == pool}
                    for some in chunks(bodies, 500):
                        await search.put(tx, search.CLAIMS, pool, some)
            async with db.read() as cx:
                return [
                    [
                        (numbered[n][1], score)
                        for n, score in await search.ranked(
                            cx, search.CLAIMS, q["pool"], q["query"], CANDIDATES
                        )
                    ]
                    for q in queries
                ]
        finally:
            await db.close()


def chunks(bodies: dict[int, str], size: int) -> list[dict[int, str]]:
    """The same in parts: SQLite takes a limited number of values at a time."""
    items = list(bodies.items())
    return [dict(items[at : at + size]) for at in range(0, len(items), size)]


def reranked(query: str, hits: Sequence[tuple[str, float]], texts: dict[str, str]) -> Ranking:
    """Full text's candidates in the order of the product's ranking."""
    return [hits[at][0] for at in rank(query, [(texts[claim], score) for claim, score in hits])]


def fuzzy(query: str, texts: dict[str, str]) -> Ranking:
    """The baseline of one ratio."""
    scored = process.extract(
        query, texts, scorer=fuzz.token_set_ratio, processor=utils.default_process, limit=CANDIDATES
    )
    return [claim for _, _, claim in scored]


class Bm25:
    """The baseline: BM25 (k1 1.2, b 0.75) over lower-case words, nothing stemmed or left out."""

    def __init__(self, texts: dict[str, str]) -> None:
        """Index the texts."""
        self._counts = {claim: Counter(_WORD.findall(text.lower())) for claim, text in texts.items()}
        self._holders: dict[str, list[str]] = defaultdict(list)
        for claim, counts in self._counts.items():
            for word in counts:
                self._holders[word].append(claim)
        self._mean = sum(c.total() for c in self._counts.values()) / len(self._counts)

    def best(self, query: str) -> Ranking:
        """The claims that share words with the query, best first."""
        scores: dict[str, float] = defaultdict(float)
        for word in set(_WORD.findall(query.lower())):
            holders = self._holders.get(word, [])
            weight = math.log(1 + (len(self._counts) - len(holders) + 0.5) / (len(holders) + 0.5))
            for claim in holders:
                counts = self._counts[claim]
                n = counts[word]
                scores[claim] += weight * n * 2.2 / (n + 1.2 * (0.25 + 0.75 * counts.total() / self._mean))
        return sorted(scores, key=lambda claim: -scores[claim])


def figures(queries: Sequence[dict[str, Any]], rankings: Sequence[Ranking]) -> list[str]:
    """MRR and top-1 of both halves, of all, and of each pool."""
    parts: dict[str, list[float]] = defaultdict(list)
    for query, ranking in zip(queries, rankings, strict=True):
        place = next((n for n, claim in enumerate(ranking, 1) if claim in query["gold"]), None)
        half = "tuned half" if tuned_on(query["id"]) else "other half"
        for part in (half, "all", query["pool"]):
            parts[part].append(1 / place if place else 0.0)
    return [
        f"{part} {sum(parts[part]) / len(parts[part]):.3f} {parts[part].count(1.0) / len(parts[part]):.3f}"
        for part in ("tuned half", "other half", "all", *POOLS)
        if parts[part]
    ]


if __name__ == "__main__":
    main()
