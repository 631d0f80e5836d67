"""Short articles in pairs: a company promises not to close a base, and closes it. Every pair has its own.

With the rules as they are nearly every pair makes one commitment, one piece of evidence and one alert, in
whatever order its two articles are read; what they make is measured, not assumed (`record.undisturbed`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bot.analysis import names

CITIES = ("Glasgow", "Porto", "Bremen", "Lyon", "Gdansk", "Malmo", "Turin", "Cork", "Ghent", "Zagreb")

SHORTEST_NAME = 5

REST = (
    "The news came in the afternoon, and nobody in the street was surprised by it.",
    "It was raining in the city on that day, as it had been for most of the week before.",
    "The base stands beside the old road to the harbour, between a school and a bakery.",
)
"""What makes a page of it: where there is next to nothing to read, nothing is read."""


@cache
def companies() -> tuple[str, ...]:
    """Companies of the seed table whose names are one plain word."""
    known = {k.name for k in names.seed().values() if k.kind == "company" and not k.of}
    return tuple(sorted(name for name in known if name.isalpha() and len(name) >= SHORTEST_NAME))


@dataclass(frozen=True)
class News:
    """One article."""

    path: str
    title: str
    day: str
    text: str

    @property
    def plain(self) -> str:
        """As the reader of pages gives it."""
        return "\n\n".join([self.text, *REST])

    @property
    def html(self) -> bytes:
        """As a page."""
        rest = "".join(f"<p>{sentence}</p>" for sentence in REST)
        return (
            f"<!doctype html><html lang=en><head><title>{self.title}</title>"
            f'<meta property="og:title" content="{self.title}"><meta property="og:type" content="article">'
            f'<meta property="article:published_time" content="{self.day}T09:00:00Z"></head>'
            f"<body><article><h1>{self.title}</h1><p>{self.text}</p>{rest}</article></body></html>"
        ).encode()


def news(number: int) -> News:
    """Article `number`: even ones promise, the odd one after it tells of the breach."""
    company, pair = companies()[number // 2], number // 2
    city, people = CITIES[pair % len(CITIES)], 200 + pair
    if number % 2 == 0:
        text = (
            f"{company} promised on Wednesday not to close its base in {city}, which employs {people} people."
        )
        return News(f"/{number}", f"{company} and its base", "2021-07-28", text)
    text = f"{company} has closed its base in {city}. About {people} people lost their jobs."
    return News(f"/{number}", f"What became of {company}", "2021-09-28", text)
