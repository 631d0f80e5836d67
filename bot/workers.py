"""Work in processes of their own, so that no text and no page can stop, block or bloat the bot.

A `Worker` starts a fresh interpreter (spawned, never forked), which imports a factory, calls it once and then
answers one request at a time. A call that takes too long, wants too much memory or kills the process costs
that one call: the process is killed and the next call gets a new one. The two talk over a socket pair; when
either side goes away the other sees the end of it, so neither outlives the other.
"""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

import structlog

from bot.errors import AnalysisError, LimitError, PledgewatchError
from bot.worker_process import receive, send

if TYPE_CHECKING:
    from collections.abc import Callable

log = structlog.get_logger(__name__)

T = TypeVar("T")

START_DEADLINE = 120.0
"""Seconds for a process to import and load: 60 times what the spaCy model takes on an idle machine."""

_CODE = """\
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from bot.worker_process import serve
serve()
"""
_SECRET = re.compile(r"TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_?KEY|DATABASE_URL", re.IGNORECASE)
"""Names of environment variables that a worker, which reads strangers' bytes, never gets."""


class Worker:
    """One spawned process answering one call at a time.

    `factory` ("bot.analysis.service:start") is imported and called with `args` once in the process; it
    returns the handler, which is called with each request. Requests and answers must be picklable.
    `deadline`: seconds that a call may take. `memory`: bytes of address space (RLIMIT_AS) on top of what
    the process uses when loaded; None: no limit. `recycle_after`: bytes by which the process's resident
    memory may have grown since it was loaded; past that it is replaced between two calls.
    """

    def __init__(
        self,
        name: str,
        factory: str,
        args: tuple[object, ...] = (),
        *,
        deadline: float,
        memory: int | None = None,
        recycle_after: int | None = None,
    ) -> None:
        self.name = name
        self.started = 0
        """How many processes have been started so far."""
        self._factory, self._args = factory, args
        self._deadline, self._memory, self._recycle_after = deadline, memory, recycle_after
        self._child: _Child | None = None
        self._lock = asyncio.Lock()
        # A thread of its own: the pool that asyncio shares may be full of waiting work.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"worker-{name}")

    @property
    def pid(self) -> int | None:
        """Process id of the process that is running, None while there is none."""
        return self._child.process.pid if self._child else None

    async def start(self) -> None:
        """Start the process and wait until it is loaded; raises what the factory raised, or LimitError."""
        async with self._lock:
            await self._running()

    async def call(self, request: object, *, deadline: float | None = None) -> Any:
        """The handler's answer to `request`.

        Raises the PledgewatchError that the handler raised, LimitError when the call reached a limit or
        killed the process, AnalysisError when the handler failed in a way that was not foreseen.
        """
        seconds = self._deadline if deadline is None else deadline
        async with self._lock:
            child = await self._running()
            status, grown, value, trace = await self._ask(child, (seconds, request), seconds)
            if status == "memory" or (self._recycle_after is not None and grown > self._recycle_after):
                await self._drop()
        return self._result(status, value, trace)

    async def close(self) -> None:
        """Kill the process. A worker that was closed cannot be used again."""
        if self._child:
            self._child.process.kill()  # a call in hand ends with LimitError
        async with self._lock:
            await self._drop()
        self._thread.shutdown(wait=False)

    async def _running(self) -> _Child:
        if self._child and self._child.process.poll() is not None:
            await self._drop()
        if not self._child:
            self._child = _Child()
            self.started += 1
            hello = (self._factory, self._args, self._memory)
            status, _, value, trace = await self._ask(self._child, hello, START_DEADLINE)
            if status != "answer":
                await self._drop()
                self._result(status, value, trace)
        return self._child

    async def _ask(self, child: _Child, message: object, seconds: float) -> tuple[str, int, Any, str]:
        try:
            return await self._run(lambda: child.ask(message, seconds))
        except TimeoutError:
            await self._drop()
            raise LimitError(f"The {self.name} was stopped: it took more than {seconds:g} seconds.") from None
        except (EOFError, OSError):
            await self._drop()
            raise LimitError(f"The {self.name} died over what it was given.") from None
        except asyncio.CancelledError:
            self._child = None
            child.process.kill()  # ends the thread's wait, too
            self._thread.submit(child.discard)
            raise

    async def _drop(self) -> None:
        child, self._child = self._child, None
        if child:
            child.process.kill()
            await self._run(child.discard)

    async def _run(self, function: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, function)

    def _result(self, status: str, value: Any, trace: str) -> Any:
        if status == "answer":
            return value
        if status == "memory":
            raise LimitError(f"The {self.name} was stopped: it needed more memory than it may use.")
        if isinstance(value, PledgewatchError):
            raise value
        log.error("worker failed", worker=self.name, error=str(value), trace=trace)
        raise AnalysisError(f"The {self.name} failed: {value}.")


class _Child:
    """The parent's end of one process. The methods block; they are called in the worker's thread."""

    def __init__(self) -> None:
        self.socket, theirs = socket.socketpair()
        environment = {k: v for k, v in os.environ.items() if not _SECRET.search(k)}
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 (our own interpreter, no shell, fixed code)
                [sys.executable, "-c", _CODE, json.dumps(sys.path)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,  # Ctrl-C goes to the parent, which decides
            )

    def ask(self, message: object, seconds: float) -> tuple[str, int, Any, str]:
        """Send `message` and wait for the answer; raises TimeoutError, EOFError or OSError."""
        until = time.monotonic() + seconds
        self.socket.settimeout(seconds)
        send(self.socket, message)
        grown, reply = receive(self.socket, until)
        status, value, trace = pickle.loads(reply)  # noqa: S301 (from our own process)
        return status, grown, value, trace

    def discard(self) -> None:
        """Wait for the killed process and close the socket."""
        self.process.wait()
        self.socket.close()
