"""Factories for the worker's tests: what they return runs in the worker's process."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING, Any

from bot.errors import InputError, ModelError

if TYPE_CHECKING:
    from collections.abc import Callable

MIB = 1 << 20


def start(*args: object) -> Callable[[Any], Any]:
    """A handler that does what the request's name says."""
    kept: list[bytearray] = []

    def handler(request: tuple[str, Any]) -> Any:
        what, value = request
        match what:
            case "echo":
                return value
            case "args":
                return args
            case "environment":
                return os.environ.get(value)
            case "sleep":
                time.sleep(value)
            case "spin":
                while True:
                    pass
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "ours":
                raise InputError(value)
            case "bug":
                raise ZeroDivisionError(value)
            case "nest":
                return handler(request)
            case "unpicklable":
                return lambda: None
            case "take":
                return len(bytearray(value * MIB))
            case "keep":
                kept.append(bytearray(os.urandom(MIB) * value))
                return len(kept)
        return None

    return handler


def broken() -> Callable[[Any], Any]:
    """A factory that cannot load."""
    raise ModelError("There is no model here.")
