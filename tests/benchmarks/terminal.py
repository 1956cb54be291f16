"""A program in a real pty with a terminal emulator behind: what a person would see, and when."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

import pyte

from prioritizer.tui import PAINTS

Seen = Callable[[Sequence[str]], bool]


class Terminal:
    """A child process in a pty; its screen is kept by an emulator.

    The emulator costs the same for each program that is compared, and runs only after
    the clock of a reading was taken.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 120,
        lines: int = 36,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            # What is compared with paints as often as we do.
            ours = {"TERM": "xterm-256color", "TEXTUAL_FPS": PAINTS}
            os.execvpe(argv[0], list(argv), {**os.environ, **ours, **(env or {})})
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def kill(self) -> None:
        """Ends the program."""
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self.fd)

    def look(self) -> list[tuple[str, ...]]:
        """Every cell with its colours: a cursor may move without another letter."""
        buffer = self.screen.buffer
        return [
            tuple(
                f"{c.data}{c.fg}{c.bg}{c.bold}{c.reverse}"
                for c in (row[x] for x in range(self.screen.columns))
            )
            for row in (buffer[y] for y in range(self.screen.lines))
        ]

    def send(self, keys: str) -> None:
        """Types."""
        os.write(self.fd, keys.encode())

    def until(self, seen: Seen, timeout: float = 20.0) -> float:
        """Reads until the screen satisfies ``seen``.

        Returns:
            `time.perf_counter` when the bytes that did it arrived.

        Raises:
            TimeoutError: It did not; the message holds the screen.
        """
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            if not self._ready(end - time.monotonic()):
                continue
            now = time.perf_counter()
            if not self._take():
                break
            if seen(self.screen.display):
                return now
        raise TimeoutError("not seen; the screen was:\n" + "\n".join(self.screen.display))

    def quiet(self, still: float = 0.15) -> None:
        """Reads until nothing has come for a while."""
        while self._ready(still):
            if not self._take():
                return

    def _ready(self, timeout: float) -> bool:
        return bool(select.select([self.fd], [], [], max(0.0, timeout))[0])

    def _take(self) -> bool:
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self._stream.feed(data)
        return bool(data)
