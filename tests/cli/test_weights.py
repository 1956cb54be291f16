"""``weights``: each way of finding them, blind by each participant, and late only with a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from prioritizer import Workshop
from tests.cli.conftest import Run


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """Nothing is rated yet; two people are here."""
    path = tmp_path / "s.sqlite"
    with Workshop.create(path) as workshop:
        workshop.add_use_case("Route tickets")
    return path


def weights_of(run: Run, path: Path) -> dict[str, float]:
    document = json.loads(run("weights", str(path), "--json").out)
    return {d: round(w, 4) for d, w in document["weights"].items()}


@pytest.mark.parametrize(
    ("method", "numbers", "expected", "how"),
    [
        ("swing", "P=100 D=50 I=30 G=20", (0.5, 0.25, 0.15, 0.1), "swing weights, by the room"),
        # 1/i + (5 − i)/4: 2, 1.25, 5/6 and 1/2, all together 55/12.
        ("ranking", "P=1 D=2 I=3 G=4", (0.4364, 0.2727, 0.1818, 0.1091), "ranking, sum-reciprocal"),
        # Barron & Barrett 1996, n = 4.
        ("rank-order-centroid", "P=1 D=2 I=3 G=4", (0.5208, 0.2708, 0.1458, 0.0625), "rank-order centroid"),
        ("points", "P=40 D=30 I=20 G=10", (0.4, 0.3, 0.2, 0.1), "100 points"),
        # 8 : 4 : 2 : 1 without contradiction.
        (
            "pairwise",
            "P:D=2 P:I=4 P:G=8 D:I=2 D:G=4 I:G=2",
            (0.5333, 0.2667, 0.1333, 0.0667),
            "consistency ratio 0.00 (Saaty 1980)",
        ),
        ("direct", "P=1 D=1 I=1 G=1", (0.25, 0.25, 0.25, 0.25), "set directly"),
    ],
)
def test_each_way_gives_its_weights(
    run: Run, fresh: Path, method: str, numbers: str, expected: tuple[float, ...], how: str
) -> None:
    done = run("weights", str(fresh), "set", "--method", method, *numbers.split())
    assert done.code == 0
    assert how in done.out
    assert tuple(weights_of(run, fresh).values()) == expected
    assert how in run("rank", str(fresh)).out
    document = json.loads(run("rank", str(fresh), "--json").out)
    assert how in document["session"]["weights_method"]
    assert sum(document["session"]["weights"].values()) == pytest.approx(1)


def test_a_contradiction_is_named(run: Run, fresh: Path) -> None:
    numbers = "P:D=1 P:I=1 P:G=9 D:I=1 D:G=1 I:G=1"
    done = run("weights", str(fresh), "set", "--method", "pairwise", *numbers.split())
    assert done.code == 0
    assert "Look again at P against G: 9 was said" in done.err


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ("P=-1 D=1 I=1 G=1", "P is negative"),
        ("P=0 D=0 I=0 G=0", "all zero"),
        ("P=nan D=1 I=1 G=1", "“nan” is not a number"),
        ("P=much D=1 I=1 G=1", "“much” is not a number"),
        ("P=1 D=1 I=1", "number for G is missing"),
        ("P=1 D=1 I=1 G=1 V=3", "V has no weight"),
        ("P=1 D=1 I=1 G=1 X=3", "no readiness dimension “X”"),
        ("P=1 P=2 D=1 I=1 G=1", "P is there twice"),
        ("P", "“P” is no weight"),
        ("P=40 D=40 I=40 G=40 --method points", "add up to 160"),
        ("P:D=2 D:P=3 P:I=1 P:G=1 D:I=1 D:G=1 I:G=1 --method pairwise", "must be 0.5, not 3"),
        ("P:D=2 --method pairwise", "comparison of P with I is missing"),
        ("P=1 D=1 I=1 G=1 --method swimg", "swing"),
        ("P=1 D=1 I=1 G=1 --by Zoe", "roster is empty"),
    ],
)
def test_what_is_no_weight_is_a_sentence(run: Run, fresh: Path, numbers: str, sentence: str) -> None:
    done = run("weights", str(fresh), "set", *numbers.split())
    assert done.code == 2
    assert sentence in done.err
    assert done.out == ""
    assert json.loads(run("weights", str(fresh), "--json").out)["method"] == ""


def test_everybody_unseen_then_the_mean(run: Run, fresh: Path) -> None:
    run("roster", str(fresh), "add", "Ada", "Ben")
    for who, numbers in (("Ada", "P=40 D=30 I=20 G=10"), ("Ben", "P=20 D=30 I=20 G=30")):
        done = run("weights", str(fresh), "set", "--by", who, *numbers.split())
        assert (done.code, done.out) == (0, "")
    shown = run("weights", str(fresh), "--json").out
    document = json.loads(shown)
    assert [p["given"] for p in document["participants"]] == [True, True]
    assert [p["weights"] for p in document["participants"]] == [None, None]
    assert document["mean"] is None
    assert "no mean to adopt" in run("weights", str(fresh), "adopt").err
    assert run("weights", str(fresh), "reveal").code == 0
    document = json.loads(run("weights", str(fresh), "--json").out)
    assert document["mean"] == pytest.approx({"P": 0.3, "D": 0.3, "I": 0.2, "G": 0.2})
    # Two people 20 points apart: 10 each from the mean, divided by n − 1.
    assert document["spread"] == pytest.approx({"P": 0.02**0.5, "D": 0, "I": 0, "G": 0.02**0.5})
    refused = run("weights", str(fresh), "set", "--by", "Ada", *["P=1", "D=1", "I=1", "G=1"])
    assert refused.code == 2
    assert "revealed" in refused.err
    assert run("weights", str(fresh), "adopt").code == 0
    assert weights_of(run, fresh) == {"P": 0.3, "D": 0.3, "I": 0.2, "G": 0.2}
    assert run("weights", str(fresh), "clear").code == 0
    assert not any(p["given"] for p in json.loads(run("weights", str(fresh), "--json").out)["participants"])


def test_how_far_people_differ_goes_into_robustness(run: Run, fresh: Path) -> None:
    """Var w = w (1 − w)/(a + 1), pooled: .74 / .04 − 1 = 17.5; 6 + 6 + 4 + 4 keep the ratios, 17 or 18 do not."""
    run("rate", str(fresh), "#1", "P1", "3")
    run("roster", str(fresh), "add", "Ada", "Ben")
    for who, numbers in (("Ada", "P=40 D=30 I=20 G=10"), ("Ben", "P=20 D=30 I=20 G=30")):
        run("weights", str(fresh), "set", "--by", who, *numbers.split())
    run("weights", str(fresh), "reveal")
    assert "give the reason" in run("weights", str(fresh), "adopt").err
    assert run("weights", str(fresh), "adopt", "--reason", "as agreed").code == 0
    found = json.loads(run("robustness", str(fresh), "--draws", "100", "--top", "1", "--json").out)
    assert found["concentration"] == 20
    assert "mean of 2 people" in found["weights_method"]


def test_after_rating_only_with_a_reason(run: Run, sample: Path) -> None:
    numbers = ("P=1", "D=1", "I=1", "G=1")
    refused = run("weights", str(sample), "set", *numbers)
    assert refused.code == 2
    assert "give the reason" in refused.err
    done = run("weights", str(sample), "set", *numbers, "--reason", "the board said so")
    assert done.code == 0
    assert "Reason: the board said so" in done.out
    with Workshop.open(sample) as workshop:
        assert "the board said so" in workshop.snapshot.decisions[-1].text
    assert run("undo", str(sample)).code == 0
    assert json.loads(run("weights", str(sample), "--json").out)["method"] == ""
