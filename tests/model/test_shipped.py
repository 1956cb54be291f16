"""A shipped preset in a session is read without its pydantic model: it has to be what the model gives."""

from __future__ import annotations

import copy
import hashlib
import pickle
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from prioritizer.errors import PrioritizerError
from prioritizer.model import shipped
from prioritizer.model.preset import Criterion, Preset, Thresholds
from prioritizer.model.presets import load_preset, read_shipped, shipped_ids
from prioritizer.model.shipped import CHECKED, preset_of, read_checked


def same(light: Any, model: Any, where: str) -> None:
    """Field by field, types included: the model is what is expected."""
    if isinstance(model, BaseModel):
        assert not isinstance(light, BaseModel), where
        assert type(light).__name__ == type(model).__name__, where
        for name in type(model).model_fields:
            same(getattr(light, name), getattr(model, name), f"{where}.{name}")
    elif isinstance(model, tuple):
        assert type(light) is tuple, where
        assert len(light) == len(model), where
        for number, (one, other) in enumerate(zip(light, model, strict=True)):
            same(one, other, f"{where}[{number}]")
    else:
        assert type(light) is type(model), where
        assert light == model, where


def test_the_digests_are_those_of_the_shipped_texts() -> None:
    # After editing a shipped preset: write its new digest into prioritizer/model/shipped.py.
    found = {hashlib.sha256(read_shipped(name).encode()).hexdigest() for name in shipped_ids()}
    assert sorted(CHECKED) == sorted(found)


@pytest.mark.parametrize("name", shipped_ids())
def test_it_is_field_by_field_what_the_model_gives(name: str) -> None:
    text = read_shipped(name)
    model = Preset.model_validate(tomllib.loads(text))
    same(preset_of(text), model, name)


@pytest.mark.parametrize("name", shipped_ids())
def test_it_looks_up_and_equals_what_the_model_does(name: str) -> None:
    light, model = preset_of(read_shipped(name)), load_preset(name).preset
    assert light == model
    assert model == light
    assert hash(light) == hash(model)
    assert light.criterion_ids == model.criterion_ids
    assert light.criterion_index() == model.criterion_index()
    assert light.questions == model.questions
    assert light.essential() == model.essential()
    assert [light.gate_find_out(g) for g in light.gate] == [model.gate_find_out(g) for g in model.gate]
    assert [g.clear for g in light.questions] == [g.clear for g in model.questions]
    changed = model.model_copy(update={"version": model.version + 1})
    assert light != changed
    assert light.criterion[0] != light.criterion[1]


@pytest.mark.parametrize("name", shipped_ids())
def test_whatever_else_a_model_can_do_it_can(name: str) -> None:
    light, model = preset_of(read_shipped(name)), load_preset(name).preset
    assert light.model_dump(mode="json") == model.model_dump(mode="json")
    assert light.thresholds.model_copy(update={"readiness": 1.0}).readiness == 1.0
    assert light.gate[0].model_dump() == model.gate[0].model_dump()
    assert pickle.loads(pickle.dumps(light)) == model
    assert copy.deepcopy(light) == model
    with pytest.raises(AttributeError):
        light.no_such_thing  # type: ignore[attr-defined]  # noqa: B018


def test_what_is_said_as_it_is_anyway_makes_no_difference() -> None:
    """For the models `asked = "room"` is the same as nothing said; as an int, `weight = 1` is 1.0."""
    short = {
        "id": "A",
        "dimension": "D",
        "title": "A",
        "question": "?",
        "levels": dict.fromkeys("01234", "x"),
    }
    long = {**short, "asked": "room", "weight": 1}
    assert Criterion.model_validate(short) == Criterion.model_validate({**long, "weight": 1.0})
    assert shipped.Criterion(short) == shipped.Criterion(long)
    assert shipped.Thresholds({}) == shipped.Thresholds({"readiness": 60}) == Thresholds()
    assert shipped.Criterion(short) != shipped.Criterion({**long, "asked": "before"})
    assert (
        hash(shipped.Criterion(short))
        == hash(shipped.Criterion(long))
        == hash(Criterion.model_validate(short))
    )


def test_it_never_changes() -> None:
    light = preset_of(read_shipped("pilot-first"))
    with pytest.raises(AttributeError, match="never changes"):
        light.title = "Another"  # type: ignore[misc]
    assert light.title == load_preset("pilot-first").preset.title


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title = "Pilot first"', 'title = "Pilot  first"'),
        ("# Prioritizer preset", "# A preset"),
        ("weight = 0.30", "weight = 0.31"),
    ],
)
def test_one_other_letter_and_the_model_reads_it(old: str, new: str) -> None:
    text = read_shipped("pilot-first")
    assert old in text
    assert isinstance(preset_of(text.replace(old, new, 1)), BaseModel)


def test_what_the_model_refuses_is_refused() -> None:
    text = read_shipped("pilot-first").replace("weight = 0.30", "weight = -1", 1)
    with pytest.raises(PrioritizerError, match="the preset of this session"):
        preset_of(text)
    # The quick way alone would have let it pass: nothing but the digest leads there.
    assert read_checked(text).dimension[0].weight == -1


def test_a_session_of_a_shipped_preset_opens_and_is_ranked_without_pydantic(tmp_path: Path) -> None:
    program = """
import importlib, sys
from prioritizer.workshop.service import Workshop
with Workshop.open(sys.argv[1]) as workshop:
    from prioritizer.workshop.views.rank import rank_view
    from prioritizer.workshop.views.why import why_view
    rows = rank_view(workshop.snapshot, workshop.evaluation).rows(0, 30)
    why_view(workshop.snapshot, workshop.evaluation, rows[0].id)
for stage in ("frame", "collect", "gate", "rate", "rank"):
    importlib.import_module("prioritizer.tui.screens." + stage)
print(len(rows), *sorted({m.partition(".")[0] for m in sys.modules} & {"pydantic", "tomllib"}))
"""
    from prioritizer.workshop.sample import create_sample

    path = tmp_path / "sample.sqlite"
    create_sample(path).close()
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["12"]
