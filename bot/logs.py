"""Structured logs on standard error: text for people, JSON on request."""

from __future__ import annotations

import logging
import re
import sys
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Sequence

HIDDEN = "[secret]"

_TOKENS = re.compile(
    r"(?i)((?:webhooks|interactions)/\d+/)[\w.-]+"  # Discord's addresses for answers
    r"|(\b(?:Bot|Bearer|Basic) )[\w.+/=-]{12,}"
    r"|(\b\w+://[^\s:/@]*:)[^\s/@]+(?=@)"  # the password of an address
)
"""What is secret by its form, with what stays of it in front."""


class Redacting(logging.Formatter):
    """Whatever another formatter made of a line, without secrets: our own, and those that libraries print."""

    def __init__(self, inner: logging.Formatter, secrets: Sequence[str]) -> None:
        super().__init__()
        self._inner = inner
        self._known = sorted(filter(None, secrets), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = self._inner.format(record)
        for secret in self._known:
            line = line.replace(secret, HIDDEN)
        return _TOKENS.sub(lambda found: "".join(filter(None, found.groups())) + HIDDEN, line)


def configure(*, level: str, as_json: bool, secrets: Sequence[str] = ()) -> None:
    """Set up structlog and the standard library's loggers; `level` is one of debug, info, warning, error.

    `secrets` are blotted out wherever they would be printed.
    """
    threshold = logging.getLevelNamesMapping()[level.upper()]
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.types.Processor = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            renderer,
        ],
    )
    handler.setFormatter(Redacting(formatter, secrets))
    # A line that cannot be written would otherwise print itself, secrets and all.
    logging.raiseExceptions = False
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(threshold)
