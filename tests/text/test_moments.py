"""Times of a file as somebody else may have written them."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator

import pytest

from prioritizer.text.moments import local_moment, local_time, moment


@pytest.fixture(params=["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def _zone(request: pytest.FixtureRequest) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("this system's zone cannot be set from a program")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


def test_a_time_of_ours_and_one_without_a_zone_are_utc() -> None:
    wanted = dt.datetime(2026, 5, 2, 14, 3, 10, tzinfo=dt.UTC)
    assert moment("2026-05-02T14:03:10.000Z") == wanted
    assert moment("2026-05-02T14:03:10") == wanted
    assert moment("2026-05-02T16:03:10+02:00") == wanted


@pytest.mark.usefixtures("_zone")
def test_it_is_shown_by_the_clock_on_the_wall() -> None:
    wanted = dt.datetime(2026, 5, 2, 14, 3, 10, tzinfo=dt.UTC).astimezone()
    assert local_time("2026-05-02T14:03:10.000Z") == wanted.strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.usefixtures("_zone")
@pytest.mark.parametrize("text", ["", "not a time", "2026-13-01T00:00:00Z", "9" * 40])
def test_what_is_no_time_stays_as_it_stands(text: str) -> None:
    assert moment(text) is None
    assert local_moment(text) is None
    assert local_time(text) == text


@pytest.mark.usefixtures("_zone")
@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_the_ends_of_the_calendar_are_survived(text: str) -> None:
    assert local_time(text)
