from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathvalidate import is_valid_filename

from prioritizer.errors import PrioritizerError
from prioritizer.text.filenames import inside, safe_filename
from prioritizer.text.newfile import write_new
from tests.text.corpus import NAMES, NASTY


def check(name: str, suffix: str) -> None:
    assert name.endswith(suffix)
    stem = name.removesuffix(suffix)
    assert is_valid_filename(name, platform="universal"), name
    assert len(name.encode()) <= 255
    assert stem
    assert stem[0] not in ".-~ "
    assert stem[-1] not in ". "
    assert not set(name) & set('/\\:*?"<>|\0\n\r\t')
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn"} for c in name)
    base = name.split(".")[0].strip().upper()
    assert base not in {"CON", "PRN", "AUX", "NUL", "COM1", "COM¹", "LPT³", "LPT9"}


@pytest.mark.parametrize("title", NAMES + NASTY)
@pytest.mark.parametrize("suffix", ["", ".md", "-charter.html"])
def test_names_from_nasty_titles(title: str, suffix: str) -> None:
    check(safe_filename(title, suffix), suffix)


@given(st.text(st.characters(), max_size=80))
def test_names_from_any_title(title: str) -> None:
    check(safe_filename(title, ".md"), ".md")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Support ticket routing", "Support ticket routing.md"),
        ("../../etc/passwd", "etc passwd.md"),
        ("C:\\x", "C x.md"),
        ("trailing. ", "trailing.md"),
        ("-rf", "rf.md"),
        ("build/test", "build test.md"),
        ("漢字", "漢字.md"),
        ("", "untitled.md"),
        ("...", "untitled.md"),
    ],
)
def test_what_a_name_looks_like(title: str, name: str) -> None:
    assert safe_filename(title, ".md") == name


def test_equal_names_are_numbered_whatever_their_case() -> None:
    taken: list[str] = []
    for title in ("Same", "SAME", "same?"):
        taken.append(safe_filename(title, ".md", taken=taken))
    assert taken == ["Same.md", "SAME 2.md", "same 3.md"]
    long = safe_filename("x" * 300, ".md")
    second = safe_filename("x" * 300, ".md", taken=[long])
    assert second != long
    assert len(second.encode()) <= 255


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "a/b", "a\\b", "C:x", "C:\\x", "a\0b", "/etc/passwd"]
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(PrioritizerError, match="not a plain file name"):
        inside(tmp_path, name)


@pytest.mark.parametrize("title", NAMES)
def test_safe_names_stay_inside(tmp_path: Path, title: str) -> None:
    path = inside(tmp_path, safe_filename(title, ".md"))
    assert path.resolve().parent == tmp_path.resolve()
    write_new(path, b"x")
    assert path.read_bytes() == b"x"
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_file_is_never_overwritten_silently(tmp_path: Path) -> None:
    path = tmp_path / "shortlist.md"
    assert write_new(path, b"one") == path
    with pytest.raises(PrioritizerError, match=r"shortlist\.md” exists already.*--force"):
        write_new(path, b"two")
    assert path.read_bytes() == b"one"
    write_new(path, b"two", force=True)
    assert path.read_bytes() == b"two"
    assert [p.name for p in tmp_path.iterdir()] == ["shortlist.md"]


def test_a_name_taken_meanwhile_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    real = os.fsync

    def other_program_is_quicker(handle: int) -> None:
        real(handle)
        path.write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", other_program_is_quicker)
    with pytest.raises(PrioritizerError, match="exists already"):
        write_new(path, b"ours")
    assert path.read_bytes() == b"theirs"
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "a.md"
    write_new(path, b"one")
    assert path.read_bytes() == b"one"
    with pytest.raises(PrioritizerError, match="exists already"):
        write_new(path, b"two")
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PrioritizerError, match="could not be written: No space left on device"):
        write_new(tmp_path / "a.md", b"x")
    assert list(tmp_path.iterdir()) == []


def test_missing_folders_and_folders_get_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PrioritizerError, match="could not be written"):
        write_new(tmp_path / "none" / "a.md", b"x")
    with pytest.raises(PrioritizerError, match="is a folder"):
        write_new(tmp_path, b"x", force=True)


@pytest.mark.skipif(os.name == "nt", reason="file modes are a POSIX matter")
def test_others_may_read_the_file_as_the_umask_says(tmp_path: Path) -> None:
    path = write_new(tmp_path / "a.md", b"x")
    plain = tmp_path / "plain"
    plain.write_bytes(b"x")
    assert path.stat().st_mode == plain.stat().st_mode
