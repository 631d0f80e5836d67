"""Sending what Discord may refuse for the moment: what discord.py does not try again by itself."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import aiohttp
import discord
import structlog

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

log = structlog.get_logger(__name__)

T = TypeVar("T")

PAUSES = (1.0, 4.0)
"""Seconds before the second and third attempt. discord.py itself waits out 429 and repeats 500 and 502; a 503
and a closed connection it passes on."""


SERVER_ERROR = 500
"""From this HTTP status on it is Discord's own trouble."""


async def patiently(send: Callable[[], Awaitable[T]]) -> T:
    """Call `send` up to three times where the failure may pass; the last failure is raised.

    A request whose answer was lost may have been carried out: what `send` does must bear being done twice
    (reactions do, edits do, messages with a nonce do for some minutes).
    """
    for pause in PAUSES:
        try:
            return await send()
        except discord.HTTPException as error:
            if error.status < SERVER_ERROR:
                raise
            failure: Exception = error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            failure = error
        log.info("discord failed, trying again", error=str(failure), pause=pause)
        await asyncio.sleep(pause)
    return await send()
