"""How the interpreter and its libraries use the machine."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterator


def one_thread() -> None:
    """Before numpy is loaded by a program of ours: OpenBLAS, which it brings, needs no threads of its own.

    It makes one for each processor while it loads, which is half of the time that loading takes, and
    our products are too small to be parted. A number that the user has set stays.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@contextlib.contextmanager
def all_kept() -> Iterator[None]:
    """While very many objects are made that all stay: looking for garbage among them finds none, again and again."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
