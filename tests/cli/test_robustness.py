"""``robustness``: one JSON document, words for people, a sentence for what cannot be."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_json_is_what_the_library_gives(run: Run, sample: Path) -> None:
    first = run("robustness", str(sample), "--draws", "2000", "--json")
    assert first.code == 0
    assert first.out == run("robustness", str(sample), "--draws", "2000", "--json").out
    document = json.loads(first.out)
    assert (document["draws"], document["seed"], document["top"]) == (2000, 0, 3)
    one = document["use_cases"][0]
    assert {"id", "rank_acceptability", "top_share", "lane_share", "confidence"} <= set(one)
    assert sum(share for _, share in one["rank_acceptability"]) == pytest.approx(1)
    assert all(share > 0 for _, share in one["rank_acceptability"])


def test_words_call_a_share_a_share(run: Run, sample: Path) -> None:
    shown = run("robustness", str(sample), "--draws", "2000")
    assert shown.code == 0
    assert re.search(r"In the top 3 in \d+ % of draws; what could move it: ", shown.out)
    assert "No clear order between 1, 2 and 3" in shown.out
    assert "whatever its weight" in shown.out
    assert not re.search(r"probab|chance|likel", shown.out, re.IGNORECASE)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--draws", "0"), "at least one draw"),
        (("--top", "13"), "no top 13"),
        (("--seed", "-1"), "seed"),
        (("--without", "wights"), "There is no source “wights”"),
    ],
)
def test_what_cannot_be_gets_a_sentence(
    run: Run, sample: Path, options: tuple[str, ...], sentence: str
) -> None:
    found = run("robustness", str(sample), *options)
    assert found.code == 2
    assert sentence in found.err
    assert not found.out


def test_a_source_can_be_left_out(run: Run, sample: Path) -> None:
    shown = run(
        "robustness", str(sample), "--draws", "1000", "--without", "scale", "--without", "weights", "--json"
    )
    assert json.loads(shown.out)["sources"] == {
        "weights": False,
        "people": True,
        "evidence": True,
        "scale": False,
    }
