"""How a transaction begins and ends, so that a cancelled task cannot leave one open."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")


async def start(connection: AsyncConnection) -> AsyncConnection:
    """Connect and begin; where that fails, nothing stays open."""
    await connection.start()
    try:
        await connection.begin()
    except BaseException:
        await connection.close()
        raise
    return connection


async def commit(connection: AsyncConnection) -> None:
    """Commit and give the connection back."""
    try:
        await connection.commit()
    finally:
        await connection.close()  # rolls back what could not be committed


async def abandon(connection: AsyncConnection) -> None:
    """Roll back and give the connection back."""
    try:
        await connection.rollback()
    finally:
        await connection.close()


async def to_the_end(work: Coroutine[Any, Any, T] | asyncio.Future[T]) -> T:
    """Await `work` to its end even if we are cancelled meanwhile, and be cancelled then."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        if not task.cancelled():
            task.exception()  # seen: the cancellation goes first
        raise cancelled
    return task.result()
