"""What runs in the process that reads strangers' bytes; see `bot.workers`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import py3langid

from bot.articles import feeds, page
from bot.articles.requests import FeedRequest, PageRequest

if TYPE_CHECKING:
    from collections.abc import Callable


def start(max_bytes: int) -> Callable[[object], object]:
    """The handler, with everything loaded that the first page would else wait for."""
    py3langid.classify("Loads the model.")

    def handle(request: object) -> object:
        match request:
            case PageRequest(body, content_type, url):
                return page.read(body, content_type=content_type, url=url, max_bytes=max_bytes)
            case FeedRequest(body, content_type, url):
                return feeds.parse(body, content_type=content_type, url=url)
        raise TypeError(f"no such request: {type(request).__name__}")

    return handle
