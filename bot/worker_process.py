"""The inside of a worker's process, and the messages between it and its parent (see `bot.workers`)."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import socket
import struct
import time
import traceback
from importlib import import_module
from typing import TYPE_CHECKING, Any

import psutil

from bot.errors import LimitError, PledgewatchError

if TYPE_CHECKING:
    from collections.abc import Callable

_GRACE = 5.0
"""Seconds past its deadline after which a call ends its own process, should the parent be gone."""

_OUT_OF_MEMORY = pickle.dumps(("memory", None, ""))
"""Made in advance: when it is needed there is no memory to make it."""
_LENGTH = struct.Struct("!Q")
_CHUNK = 1 << 18


def send(end: socket.socket, message: object) -> None:
    """Send one message; raises TimeoutError or OSError."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    end.sendall(_LENGTH.pack(len(data)))
    end.sendall(data)


def receive(end: socket.socket, until: float | None = None) -> Any:
    """The next message; `until` is a time of `time.monotonic`. Raises EOFError at the end of the stream."""

    def exactly(size: int) -> bytearray:
        data = bytearray()
        while len(data) < size:
            if until is not None:
                end.settimeout(max(until - time.monotonic(), 0.001))
            part = end.recv(min(size - len(data), _CHUNK))
            if not part:
                raise EOFError
            data += part
        return data

    (size,) = _LENGTH.unpack(exactly(_LENGTH.size))
    return pickle.loads(exactly(size))  # noqa: S301 (both ends are this program)


def serve() -> None:
    """What runs in the process: load, then answer until the parent goes away."""
    # Only the parent ends this process: when the whole group is told to stop, it finishes what is in hand.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    logging.getLogger().addHandler(logging.NullHandler())  # libraries' remarks on texts are nobody's news
    end = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    process = psutil.Process()
    try:
        factory, args, memory = receive(end)
        handler: Callable[[object], object] | None = None
        loaded = 0

        def load(_: object) -> None:
            nonlocal handler, loaded
            handler = _named(factory)(*args)
            loaded = process.memory_info().rss
            if memory is not None:
                _limit_memory(process.memory_info().vms + memory)

        _answer(end, load, None, lambda: 0)
        while handler:
            seconds, request = receive(end)
            # If the parent is killed while a call hangs, the system's own timer ends this process.
            signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
            _answer(end, handler, request, lambda: process.memory_info().rss - loaded)
            signal.setitimer(signal.ITIMER_REAL, 0)
    except (EOFError, OSError, MemoryError):
        return


def _answer(
    end: socket.socket, handler: Callable[[Any], object], request: object, grown: Callable[[], int]
) -> None:
    """Send what the handler makes of it: (bytes grown, ("answer" | "error" | "memory", value, trace))."""
    try:
        reply = pickle.dumps(("answer", handler(request), ""))
    except MemoryError:
        reply = _OUT_OF_MEMORY
    except RecursionError:
        reply = pickle.dumps(("error", LimitError("The text is too deeply nested."), ""))
    except PledgewatchError as error:
        reply = pickle.dumps(("error", error, ""))
    except Exception as error:  # the boundary of the process: everything has to be told to the parent
        reply = pickle.dumps(("error", f"{type(error).__name__}: {error}", traceback.format_exc()))
    send(end, (grown(), reply))


def _named(path: str) -> Callable[..., Callable[[object], object]]:
    module, _, name = path.partition(":")
    found: Callable[..., Callable[[object], object]] = getattr(import_module(module), name)
    return found


def _limit_memory(size: int) -> None:
    try:
        import resource  # not there on Windows, where the deadline alone protects
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
