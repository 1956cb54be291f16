"""A sign of life on stderr for work that takes longer than a second."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 1.0
"""Seconds before the bar shows: most work is done by then."""
WIDTH = 20
_BLOCK = 5
_TICK = 0.2


@contextmanager
def working(words: str) -> Iterator[None]:
    """Shows a moving bar and the seconds while the body runs, where stderr is a terminal.

    The work is one transaction of which nobody knows how far it is: the bar says that it
    goes on, and makes up no per cent.
    """
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    shower = threading.Thread(target=_show, args=(words, done), daemon=True)
    shower.start()
    try:
        yield
    finally:
        done.set()
        shower.join()


def _show(words: str, done: threading.Event) -> None:
    begun = time.monotonic()
    if done.wait(PATIENCE):
        return
    step = 0
    while True:
        place = step % (WIDTH - _BLOCK)
        bar = "░" * place + "▓" * _BLOCK + "░" * (WIDTH - _BLOCK - place)
        sys.stderr.write(f"\r{words} {bar} {time.monotonic() - begun:.0f} s")
        sys.stderr.flush()
        step += 1
        if done.wait(_TICK):
            break
    sys.stderr.write("\r\x1b[K" if step else "")
    sys.stderr.flush()
