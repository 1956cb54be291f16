"""What the program asks of the machine, and what it leaves to its user."""

from __future__ import annotations

import gc
import os
import subprocess
import sys

import pytest

from prioritizer.machine import all_kept


@pytest.mark.parametrize(("given", "found"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "3"}, "3")])
def test_the_command_line_makes_no_threads_unless_the_user_wants_them(
    given: dict[str, str], found: str
) -> None:
    program = (
        "import os, sys; sys.argv = ['prioritizer', '--version']\n"
        "from prioritizer.cli import main\n"
        "try: main()\nexcept SystemExit: print(os.environ['OPENBLAS_NUM_THREADS'])"
    )
    known = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={**known, **given}
    )
    assert done.stdout.splitlines()[-1] == found


def test_the_search_for_garbage_goes_on_afterwards_and_stays_off_where_it_was() -> None:
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), all_kept():
        assert 1 / int(gc.isenabled())
    assert gc.isenabled()
    gc.disable()
    try:
        with all_kept():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
