"""Finding, reading and beginning presets."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from prioritizer.errors import PrioritizerError
from prioritizer.model import presets
from prioritizer.model.presets import (
    load_preset,
    new_preset_text,
    parse_preset,
    preset_hash,
    presets_folder,
    shipped_ids,
)
from tests.model.helpers import SMALL, changed


def refused(id_or_path: str | Path) -> str:
    with pytest.raises(PrioritizerError) as caught:
        load_preset(str(id_or_path))
    text = str(caught.value)
    assert "\n" not in text
    return text


def test_a_preset_with_other_letters_loads(tmp_path: Path) -> None:
    path = tmp_path / "orchard.toml"
    path.write_text(SMALL, encoding="utf-8")
    loaded = load_preset(str(path))
    p = loaded.preset
    assert loaded.origin == str(path)
    assert p.criterion_ids == ("wet", "rows")
    assert p.find_criterion("rows").levels[4] == "One"
    assert p.find_criterion("wet").levels[4] == "Less than 3"
    assert p.lane_title("not-yet") == "Not yet"
    assert p.essential() == {"wet", "rows"}
    wet = p.find_gate("wet")
    assert (p.gate_mend(wet), p.gate_find_out(wet), p.gate_role(wet)) == ("Wet", "Wet", "grower")


def test_hash_is_sha256_over_lf(tmp_path: Path) -> None:
    expected = hashlib.sha256(SMALL.encode()).hexdigest()[:16]
    for name, data in {
        "lf": SMALL.encode(),
        "crlf": SMALL.replace("\n", "\r\n").encode(),
        "bom": b"\xef\xbb\xbf" + SMALL.encode(),
    }.items():
        path = tmp_path / f"{name}.toml"
        path.write_bytes(data)
        loaded = load_preset(str(path))
        assert (loaded.hash, loaded.text) == (expected, SMALL)
    assert preset_hash(SMALL.replace("\n", "\r\n")) == expected
    assert preset_hash(SMALL + "\n") != expected


def test_shipped_hash_is_that_of_the_file() -> None:
    data = (Path(presets.__file__).parents[2] / "presets" / "regulated.toml").read_bytes()
    assert b"\r" not in data
    assert load_preset("regulated").hash == hashlib.sha256(data).hexdigest()[:16]


def test_wheel_layout_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "prioritizer"
    inside = package / "presets"
    inside.mkdir(parents=True)
    beside = tmp_path / "site-packages" / "presets"
    beside.mkdir()
    for folder in (inside, beside):
        (folder / "pilot-first.toml").write_text(SMALL, encoding="utf-8")
    (inside / "sample-session.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(presets, "package_folder", lambda: package)
    assert presets_folder() == inside
    assert shipped_ids() == ("pilot-first",)
    assert load_preset("pilot-first").preset.id == "orchard"
    (inside / "pilot-first.toml").unlink()
    assert presets_folder() == beside
    (beside / "pilot-first.toml").unlink()
    with pytest.raises(PrioritizerError, match="install Prioritizer again"):
        presets_folder()


def test_presets_load_from_a_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "app.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("prioritizer/presets/pilot-first.toml", SMALL)
    monkeypatch.setattr(presets, "package_folder", lambda: zipfile.Path(archive, "prioritizer/"))
    assert load_preset("pilot-first").preset.id == "orchard"


def test_checkout_layout() -> None:
    assert presets_folder() == Path(presets.__file__).parents[2] / "presets"


def test_unknown_id_offers_the_nearest() -> None:
    assert '"regulated"' in refused("regulatd")
    assert '"pilot-first"' in refused("pilot_first")
    assert '"stalled-pilots"' in refused("zzz")
    assert '"regulated"' in refused("")
    assert "\x1b" not in refused("\x1b[31m")
    assert len(refused("x" * 100_000)) < 400


def test_sample_is_no_preset() -> None:
    assert "There is no preset" in refused("sample-session")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert "this is a folder" in refused(tmp_path)
    assert "there is no such file" in refused(tmp_path / "none.toml")
    assert "cannot be a file name" in refused("a\0b.toml")
    assert "could not be read" in refused("x/" * 3000)
    big = tmp_path / "big.toml"
    big.write_bytes(b"#" * 2_000_000)
    assert "larger than 1 MB" in refused(big)
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'format = 1\ntitle = "Caf\xe9"\n')
    assert "line 2 is not UTF-8" in refused(latin)
    with pytest.raises(PrioritizerError, match="larger than 1 MB"):
        parse_preset("#" * 2_000_000, "big")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    assert "not a regular file" in refused(pipe)


@pytest.mark.parametrize("base", ["pilot-first", "pilot-first-quick", "regulated", "stalled-pilots"])
def test_new_preset_is_a_commented_copy(base: str) -> None:
    text = new_preset_text(base, "our-own", 'Ours: "first" \\ draft')
    made, old = parse_preset(text, "x").preset, load_preset(base).preset
    assert (made.id, made.version, made.title) == ("our-own", 1, 'Ours: "first" \\ draft')
    assert made.model_copy(update={"id": old.id, "title": old.title, "version": old.version}) == old
    assert text.startswith("#")
    assert "presets check our-own.toml" in text


def test_new_preset_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "base.toml"
    path.write_text(SMALL, encoding="utf-8")
    assert parse_preset(new_preset_text(str(path), "field", "Field"), "x").preset.version == 1
    path.write_text('"id" = "orchard"\n' + changed('id = "orchard"\n', ""), encoding="utf-8")
    with pytest.raises(PrioritizerError, match="on one line each"):
        new_preset_text(str(path), "field", "Field")


@pytest.mark.parametrize(
    "bad", ["", "1st", "a b", "é", "x" * 33, "a\n", "../x", "regulated", "sample-session"]
)
def test_new_preset_refuses_ids(bad: str) -> None:
    with pytest.raises(PrioritizerError, match="The id"):
        new_preset_text("pilot-first", bad, "T")


@pytest.mark.parametrize("bad", ["", "two\nlines", "\x1b[31m", "\u202egpj", "\ud800", "a\x7fb", "x" * 201])
def test_new_preset_refuses_titles(bad: str) -> None:
    with pytest.raises(PrioritizerError, match="title") as caught:
        new_preset_text("pilot-first", "ours", bad)
    assert "\n" not in str(caught.value)


def test_toml_of_a_title_is_escaped() -> None:
    title = 'Robert\'); DROP TABLE op;-- "x" \\n [nope]'
    assert tomllib.loads(new_preset_text("regulated", "ours", title))["title"] == title


def test_importing_the_vocabulary_stays_light() -> None:
    code = (
        "import sys, prioritizer.model; assert 'pydantic' not in sys.modules;"
        "import prioritizer.model.presets, prioritizer.model.sample;"
        "ours = {m.split('.')[1] for m in sys.modules if m.startswith('prioritizer.')};"
        "assert ours == {'errors', 'model'}, ours;"
        "assert not {'numpy', 'textual', 'click', 'sqlite_utils'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(presets.__file__).parents[2])
