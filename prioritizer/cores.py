"""How many threads the numerical library makes for itself."""

from __future__ import annotations

import os


def one_thread() -> None:
    """Before numpy is loaded by a program of ours: OpenBLAS, which it brings, needs no threads of its own.

    It makes one for each processor while it loads, which is half of the time that loading takes, and
    our products are too small to be parted. A number that the user has set stays.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
