"""In a real terminal (a pty): stray bytes, signals, and a terminal that is left as it was found."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from prioritizer.workshop.service import Workshop

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pty is needed")

DEADLINE = 30.0
"""Seconds after which a test gives up; the wait ends as soon as the words are there."""


class Terminal:
    """The app in a pty of 80×24."""

    def __init__(self, *args: str, **environment: str) -> None:
        import fcntl
        import struct
        import termios

        self._main, inner = os.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "prioritizer", *args],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            start_new_session=True,
            env={**os.environ, **environment},
        )
        os.close(inner)
        self.seen = b""

    def send(self, data: bytes) -> None:
        os.write(self._main, data)

    def wait_for(self, words: bytes) -> None:
        """Reads until the words were drawn."""
        end = time.monotonic() + DEADLINE
        while words not in self.seen:
            assert time.monotonic() < end, self.seen[-2000:]
            if not self._read():
                raise AssertionError(self.seen[-2000:])

    def end(self) -> int:
        """Reads to the end; the exit code."""
        while self._read():
            pass
        return self.process.wait(DEADLINE)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._main], [], [], DEADLINE)
        if not ready:
            return False
        try:
            data = os.read(self._main, 65536)
        except OSError:  # what Linux says when the other side is closed
            return False
        self.seen += data
        return bool(data)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._main)


@pytest.fixture
def terminal(small_session: Path) -> Terminal:
    return Terminal("open", str(small_session))


def test_bytes_that_are_no_utf8_do_not_end_it(terminal: Terminal) -> None:
    try:
        terminal.wait_for(b"Support ticket routing")
        terminal.send(b"\xff\xfe\x80")
        terminal.send(b"\x1bOR")  # F3: from Gate back to Collect
        terminal.wait_for(b"press Enter")
        terminal.send(b"caf\xe9!")  # the lead of a sequence that does not follow
        terminal.wait_for("caf�!".encode())
        terminal.send(b"\x11")  # ^q
        assert terminal.end() == 0
    finally:
        terminal.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was_found(number: signal.Signals, terminal: Terminal) -> None:
    try:
        terminal.wait_for(b"Support ticket routing")
        terminal.process.send_signal(number)
        assert terminal.end() == 128 + number
        for left in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l"):  # screen, cursor, mouse
            assert left in terminal.seen, left
        assert b"Traceback" not in terminal.seen
    finally:
        terminal.close()


def test_a_refused_file_is_a_sentence_and_no_screen(tmp_path: Path) -> None:
    terminal = Terminal("open", str(tmp_path / "gone.sqlite"))
    try:
        assert terminal.end() == 3
        assert b"gone.sqlite" in terminal.seen
        assert b"\x1b[?1049h" not in terminal.seen
    finally:
        terminal.close()


@pytest.mark.parametrize("environment", [{"PYTHONIOENCODING": "ascii"}, {"PRIORITIZER_ASCII": "1"}], ids=str)
def test_a_terminal_without_our_signs_gets_plainer_ones(
    environment: dict[str, str], make_session: Callable[..., Path]
) -> None:
    path = make_session(("Zoë’s 漢字 ticket", "Other"))
    terminal = Terminal("open", str(path), **environment)
    try:
        terminal.wait_for(b"Zoe's ???? ticket")
        terminal.send(b"\x1bOR")  # F3: from Gate back to Collect, which draws a border
        terminal.wait_for(b"press Enter")
        terminal.wait_for(b"----------")
        terminal.send("Grüße an 漢字\r".encode())
        terminal.wait_for(b"Gru?e an ????")
        terminal.send(b"\x1b")
        terminal.wait_for(b"enter ")  # the key bar says in words what ⏎ says elsewhere
        terminal.send(b"\x11")  # ^q
        assert terminal.end() == 0
        assert terminal.seen.isascii()
        assert b"\\u" not in terminal.seen
    finally:
        terminal.close()
    with Workshop.open(path) as workshop:
        assert workshop.use_cases[-1].title == "Grüße an 漢字", "what cannot be shown is stored all the same"


@pytest.mark.parametrize(("own", "expected"), [(None, 120), ("30", 30)])
def test_it_paints_as_often_as_said_before_textual_is_read(own: str | None, expected: int) -> None:
    program = (
        "import sys, types, prioritizer.tui as tui\n"
        "assert not any(name.startswith('textual') for name in sys.modules)\n"
        "sys.modules['prioritizer.tui.run'] = types.SimpleNamespace(run_app=lambda *given, **more: 0)\n"
        "tui.run_app()\n"
        "from textual.screen import UPDATE_PERIOD\n"
        "print(round(1 / UPDATE_PERIOD))"
    )
    env = {name: value for name, value in os.environ.items() if name != "TEXTUAL_FPS"}
    env |= {} if own is None else {"TEXTUAL_FPS": own}
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) == expected
