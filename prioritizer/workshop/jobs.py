"""The thread that owns the session file, so that no screen ever waits for a disk."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from prioritizer.errors import PrioritizerError

T = TypeVar("T")
_Job = tuple[Callable[[], Any], "Future[Any]"]


class Writer:
    """Runs jobs one after another on one thread; ends when it is closed.

    A daemon thread: an acknowledged edit is on the disk before its job ends, so a
    program that stops may drop only what nobody was told is saved.
    """

    def __init__(self, name: str) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self.closed = False
        self._thread.start()

    def submit(self, job: Callable[[], T]) -> Future[T]:
        """Queues a job; the future has its result or its exception."""
        future: Future[T] = Future()
        if self.closed:
            raise PrioritizerError("This session is closed; open it again.")
        self._jobs.put((job, future))
        return future

    def call(self, job: Callable[[], T]) -> T:
        """Runs a job and waits for it; from the writer's own thread, at once."""
        if threading.current_thread() is self._thread:
            return job()
        return self.submit(job).result()

    def close(self) -> None:
        """Finishes what is queued and ends the thread."""
        if not self.closed:
            self.closed = True
            self._jobs.put(None)
            self._thread.join()

    def _run(self) -> None:
        while (item := self._jobs.get()) is not None:
            job, future = item
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result = job()
            except BaseException as error:  # handed to whoever waits, never lost
                future.set_exception(error)
            else:
                future.set_result(result)
