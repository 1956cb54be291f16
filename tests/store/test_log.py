from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.errors import SessionRefused
from prioritizer.model.spelling import Speller
from prioritizer.model.tables import TABLES
from prioritizer.store.log import Entry, LogWrite, decode, encode, tick, time_text

IDS = st.uuids(version=4).map(str)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
SCALARS = (
    st.none()
    | TEXTS
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
)


@st.composite
def log_writes(draw: st.DrawFn) -> LogWrite:
    table = draw(st.sampled_from(list(TABLES.values())))
    key = tuple(draw(TEXTS if kind == "preset" else IDS) for _, kind in table.keys)
    field = draw(st.sampled_from([name for name, _ in table.fields]))
    seen = draw(st.none() | st.tuples(IDS, st.integers(1, 2**31)))
    back = draw(st.none() | st.just((None,)) | st.tuples(st.tuples(IDS, st.integers(1, 2**31))))
    return LogWrite(table.name, key, field, draw(SCALARS), draw(SCALARS), seen, back)


@given(st.lists(log_writes(), max_size=8))
def test_a_payload_says_what_was_put_into_it(writes: list[LogWrite]) -> None:
    payload = encode(writes)
    back = decode(payload)
    assert back == tuple(writes)
    assert [type(w.new) for w in back] == [type(w.new) for w in writes]
    assert encode(back) == payload
    assert json.dumps(json.loads(payload), ensure_ascii=False, separators=(",", ":")) == payload.decode()


@given(st.lists(st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_was_spelled_already_is_written_as_any_text(sources: list[dict[str, str]]) -> None:
    speller = Speller()
    spelled = [speller.spell(each) for each in sources]
    ours = encode([LogWrite("use_case", ("a",), "source", each, each, None) for each in spelled])
    assert ours == encode(
        [LogWrite("use_case", ("a",), "source", str(each), str(each), None) for each in spelled]
    )


@given(st.recursive(SCALARS | st.booleans(), lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner)))
def test_any_other_json_is_refused_in_order(value: object) -> None:
    for text in (
        json.dumps(value),
        json.dumps({"ids": [], "w": value}),
        json.dumps({"ids": value, "w": [value]}),
    ):
        try:
            decode(text.encode())
        except ValueError:
            continue


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "[]",
        "{}",
        '{"ids":[],"w":[["use_case",[0],"title","x",null,null]]}',
        '{"ids":["a"],"w":[["use_case",[-1],"title","x",null,null]]}',
        '{"ids":["a"],"w":[["use_case",[true],"title","x",null,null]]}',
        '{"ids":["a"],"w":[["use_case",[0],"nothing","x",null,null]]}',
        '{"ids":["a"],"w":[["nothing",[0],"title","x",null,null]]}',
        '{"ids":["a"],"w":[["use_case",[0],"cases_month",NaN,null,null]]}',
        '{"ids":["a"],"w":[["use_case",[0],"cases_month",1e999,null,null]]}',
        '{"ids":["a"],"w":[["use_case",[0],"title",[],null,null]]}',
        '{"ids":["a"],"w":[["use_case",[0],"title",true,null,null]]}',
        '{"ids":[1],"w":[]}',
        "[" * 100_000,
    ],
)
def test_a_payload_that_cannot_be_is_refused(payload: str) -> None:
    with pytest.raises(ValueError):
        decode(payload.encode())
    entry = Entry("s", 1, 1, 1, None, "x", "", None, "t", "", payload.encode())
    with pytest.raises(SessionRefused):
        _ = entry.writes


@pytest.mark.parametrize(
    "payload", [b"\xff", b'{"ids":["\xc3"],"w":[]}', b'{"after":[["\xed\xa0\x80",1]],"ids":[],"w":[]}']
)
def test_a_payload_that_is_no_text_is_refused(payload: bytes) -> None:
    entry = Entry("s", 1, 1, 1, None, "x", "", None, "t", "", payload)
    with pytest.raises(SessionRefused):
        _ = entry.writes
    if payload.startswith(b'{"after"'):
        with pytest.raises(SessionRefused):
            _ = entry.after


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_no_number_that_json_does_not_have(value: float) -> None:
    with pytest.raises(ValueError):
        encode([LogWrite("use_case", ("a",), "cases_month", value, None, None)])


def test_the_checksum_covers_everything() -> None:
    entry = Entry("s", 2, 30, 2, ("s", 1), "rate", "a label", "a", "2026-01-01T00:00:00.000Z", "", b"{}")
    known = entry.expected_checksum("before")
    assert len(known) == 16
    others = [
        replace(entry, site="t"),
        replace(entry, seq=3),
        replace(entry, clock=31),
        replace(entry, group=1),
        replace(entry, undo_of=None),
        replace(entry, kind="gate"),
        replace(entry, label="another"),
        replace(entry, actor=None),
        replace(entry, time=""),
        replace(entry, payload=b"[]"),
    ]
    sums = [other.expected_checksum("before") for other in others] + [entry.expected_checksum("")]
    assert known not in sums
    assert len(set(sums)) == len(sums)


@given(
    st.integers(0, 2**62), st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
)
def test_the_clock_is_ahead_of_all_it_has_seen(last: int, now: datetime) -> None:
    clock = tick(last, now)
    assert clock > last
    assert clock >> 16 >= int(now.timestamp() * 1000)


def test_times_are_utc_to_the_millisecond() -> None:
    moment = datetime.fromisoformat("2026-07-01T10:00:00.123987+02:00")
    assert time_text(moment) == "2026-07-01T08:00:00.123Z"
