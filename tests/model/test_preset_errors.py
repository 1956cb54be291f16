"""Each mistake in a preset is told in one sentence that names the place and the mend."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prioritizer.errors import PrioritizerError
from prioritizer.model.outside import first_hostile
from prioritizer.model.presets import load_preset, parse_preset
from tests.model.helpers import SMALL, changed


def told(text: str) -> str:
    with pytest.raises(PrioritizerError) as caught:
        parse_preset(text, "my.toml")
    message = str(caught.value)
    assert message.startswith("my.toml: ")
    assert "\n" not in message
    assert len(message) < 500
    assert not any(
        w in message.lower()
        for w in ("pydantic", "validation", "input_", "extra_forbidden", "tuple", "traceback")
    )
    return message.removeprefix("my.toml: ")


CASES = {
    "level missing": ('3 = "3 to 10"\n', "", "criterion wet: level 3 is missing"),
    "level too many": ('3 = "3 to 10"\n', '3 = "3 to 10"\n5 = "x"\n', 'criterion wet: "5" is not a level'),
    "levels too few": ('"Two", "One"]', '"Two"]', "criterion rows: 4 levels are given, write five"),
    "levels a text": ('levels = ["All", "Twenty", "Ten", "Two", "One"]', 'levels = "All"', 'criterion rows: "levels" must be a table with the keys 0 to 4'),
    "level a number": ('3 = "3 to 10"', "3 = 3", "criterion wet, level 3: must be a text"),
    "level empty": ('3 = "3 to 10"', '3 = "  "', "criterion wet, level 3: must not be empty"),
    "unknown key": ('title = "Wet days"', 'titel = "Wet days"', 'criterion wet: the key "titel" is not known, did you mean "title"?'),
    "far key": ('title = "Wet days"', 'title = "Wet days"\nzzz = 1', 'the key "zzz" is not known, take it out (known are: id, dimension'),
    "unknown table": ("[[role]]", "[[roles]]", 'the key "roles" is not known, did you mean "role"?'),
    "nested key": ('key = "n",', 'keys = "n",', 'gate allowed, answers no: the key "keys" is not known, did you mean "key"?'),
    "missing key": ('title = "Wet days"\n', "", 'criterion wet: the key "title" is missing'),
    "no format": ("format = 1\n", "", 'the key "format" is missing'),
    "newer format": ("format = 1", "format = 7", '"format" is 7 and this program reads 1, a newer version'),
    "text weight": ("weight = 2", 'weight = "2"', 'dimension Soil: "weight" must be a number without quotation marks'),
    "NaN weight": ("weight = 2", "weight = nan", 'dimension Soil: "weight" must be a number, not nan or inf'),
    "inf weight": ("weight = 2", "weight = inf", 'dimension Soil: "weight" must be a number, not nan or inf'),
    "minus weight": ("weight = 2", "weight = -1", 'dimension Soil: "weight" must be at least 0'),
    "zero weight": ("weight = 2", "weight = 0", "weights of the readiness dimensions are all zero"),
    "weight elsewhere": ('role = "boundedness"', 'role = "boundedness"\nweight = 1', "dimension Fence: only role"),
    "true version": ("version = 3", "version = true", '"version" must be a whole number'),
    "float version": ("version = 3", "version = 3.0", '"version" must be a whole number'),
    "date title": ('title = "Wet days"', "title = 2020-01-01", 'criterion wet: "title" must be a text'),
    "bad choice": ('role = "boundedness"', 'role = "bounded"', 'dimension Fence: "role" must be "readiness", "boundedness", "demonstration" or "worth", not "bounded"'),
    "text flag": ('asked = "before"', 'asked = "before"\ntodo = "yes"', 'criterion wet: "todo" must be true or false'),
    "one bracket": ('[[role]]\nid = "grower"', '[role]\nid = "grower"', '"role" must be written with two brackets, [[role]]'),
    "bad id": ('id = "grower"', 'id = "the grower"', 'role the grower: "id" must be up to 32 letters'),
    "bad language": ('"de-CH"', '"german!"', '"language" must be a language such as'),
    "two lines": ('title = "Wet days"', 'title = "Wet\\ndays"', 'criterion wet: "title" must stand on one line'),
    "unknown dimension": ('dimension = "Fence"', 'dimension = "Fenze"', "criterion rows: there is no dimension Fenze, did you mean \"Fence\"?"),
    "unknown role": ('asked = "before"\nrole = "grower"', 'asked = "before"\nrole = "baker"', "criterion wet: there is no role baker, name one of grower"),
    "nobody brings": ('asked = "before"\nrole = "grower"', 'asked = "before"', 'criterion wet: asked = "before" needs the role'),
    "criterion twice": ('id = "rows"', 'id = "wet"', "criterion wet: stands twice"),
    "gate twice": ('id = "astray"', 'id = "allowed"', "gate allowed: stands twice"),
    "answer twice": ('id = "yes"', 'id = "no"', 'gate allowed: two answers have the same id "no"'),
    "key twice": ('key = "y"', 'key = "n"', 'gate allowed: two answers have the same key "n"'),
    "long key": ('key = "y"', 'key = "yes"', 'gate allowed, answers yes: "key" must be one small letter or digit'),
    "odd key": ('key = "y"', 'key = "Y"', "one small letter or digit"),
    "no pass": ('status = "pass"', 'status = "stop"', 'gate allowed: no answer has status = "pass"'),
    "no question": ('question = "Is it allowed?"\n', "", 'gate allowed: a question gate needs the key "question"'),
    "unknown criterion in rule": ('["rows >= 3"]', '["cows >= 3"]', "class_rule bounded: there is no criterion cows, did you mean \"rows\"?"),
    "unknown criterion in gate rule": ('"rows <= 1"', '"cows <= 1"', "gate astray: there is no criterion cows"),
    "unknown criterion in gate": ('criterion = "wet"\nstop', 'criterion = "dry"\nstop', "gate wet: there is no criterion dry"),
    "bad clause": ('["rows >= 3"]', '["rows => 3"]', 'class_rule bounded, rule, all no. 1: "rows => 3" is not a clause'),
    "clause level": ('["rows >= 3"]', '["rows >= 7"]', '"level" must be at most 4'),
    "empty rule": ('all = ["rows >= 3"]', "all = []", 'class_rule bounded: give either "all" or "any"'),
    "level order": ("condition = 2", "condition = 0", 'gate wet: "condition" must be above "stop"'),
    "nothing fails": ("stop = 0\ncondition = 2\n", "", 'gate wet: give "stop" or "condition"'),
    "key of other kind": ("stop = 0\ncondition = 2\n", 'stop = 0\nquestion = "?"\n', 'gate wet: the key "question" belongs to kind = "question"'),
    "reserved gate": ('id = "astray"', 'id = "coverage"', "gate coverage: this id is taken"),
    "gate named after another": ('id = "astray"', 'id = "rows"', "gate rows: this is the id of a criterion that it does not test"),
    "rule passes": ("derived = true\n", 'derived = true\nstatus = "pass"\n', "gate astray: the status of a rule gate must be"),
    "no bounded": ('[[class_rule]]\nid = "bounded"', '[[class_rule]]\nid = "partly"', "class_rule: the first must be"),
    "bad TOML": ('title = "Wet days"', 'title = "Wet days', "line 26 is not valid TOML (a text is not closed with a quotation mark), mend that line"),
    "key given twice": ("weight = 2", "weight = 2\nweight = 3", "line 17 is not valid TOML (a key stands twice), mend that line"),
    "bare text": ('title = "Wet days"', "title = Wet days", "line 26 is not valid TOML"),
    "huge number": ("version = 3", f"version = {'9' * 5000}", "a number is too long"),
    "comment": ('title = "Wet days"', 'title = "Wet days" # \u202e', "line 26 holds the character U+202E (RIGHT-TO-LEFT OVERRIDE), take it out"),
    "hostile question": ("the soil too wet?", "the \\u001b[31msoil?", 'criterion wet, key "question" holds the character U+001B'),
    "hostile level": ('3 = "3 to 10"', '3 = "\\u202e10"', "criterion wet, level 3 holds the character U+202E"),
    "hostile id": ('id = "rows"', 'id = "ro\\u0085ws"', 'criterion Rows, key "id" holds the character U+0085'),
    "hostile key": ('title = "Wet days"', '"ti\\u200btle" = "Wet days"', "criterion wet: the key"),
    "hostile answer": ('title = "Yes"', 'title = "Yes\\ue000"', 'gate allowed, answers yes, key "title" holds the character U+E000'),
    "unassigned": ('title = "Grower"', 'title = "\\U000E0FFF"', 'role grower, key "title" holds the character U+E0FFF'),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "part"), CASES.values(), ids=CASES.keys())
def test_mistake(old: str, new: str, part: str) -> None:
    assert part in told(changed(old, new))


def test_joiners_tabs_and_scripts_are_welcome() -> None:
    title = "漢字 עברית \u200d👩\u200d🌾 ❤\ufe0f می\u200cخواهم"
    loaded = parse_preset(changed('title = "Wet days"', f'title = "{title}"'), "x")
    assert loaded.preset.criterion[0].title == title
    parse_preset(changed("the soil too wet?", "the\\tsoil\\ntoo wet?"), "x")


def test_several_errors_are_counted() -> None:
    text = (
        changed('3 = "3 to 10"\n', "")
        .replace("version = 3", "version = 0")
        .replace("weight = 2", "weight = -2")
    )
    text = text.replace('title = "Rows"', 'title = ""')
    assert told(text) == '"version" must be at least 1 (and 3 more).'


def test_a_misspelt_key_is_not_counted_twice() -> None:
    assert "more)" not in told(changed('title = "Wet days"', 'titel = "Wet days"'))


def test_thresholds_in_order() -> None:
    assert "find_out_coverage must not be above" in told(SMALL + "[thresholds]\nfind_out_coverage = 0.9\n")
    assert 'thresholds: "readiness" must be a number, not nan' in told(
        SMALL + "[thresholds]\nreadiness = nan\n"
    )


def test_agenda_adds_up() -> None:
    agenda = '[[agenda]]\nid = "a"\ntitle = "A"\nminutes = 9\n[[agenda.step]]\nid = "s"\nminutes = {}\ntitle = "S"\n'
    assert "agenda a: its steps add up to 8 minutes, not to 9" in told(SMALL + agenda.format(8))
    parse_preset(SMALL + agenda.format(9), "x")
    twice = agenda.format(4) + '[[agenda.step]]\nid = "s"\nminutes = 5\ntitle = "S"\n'
    assert "agenda a: step s stands twice" in told(SMALL + twice)


def test_raises() -> None:
    raises = '[[raises]]\ncriterion = "{}"\nto = 3\nreason = "r"\n[raises.when]\nall = ["{}"]\n'
    parse_preset(SMALL + raises.format("wet", "rows = 4"), "x")
    assert "its own level cannot be the reason" in told(SMALL + raises.format("wet", "wet = 4"))
    assert "raises dry: there is no criterion dry" in told(SMALL + raises.format("dry", "rows = 4"))


NO_PRESETS = {
    "empty": "",
    "a word": "x",
    "a bracket": "[",
    "deep array": "a = " + "[" * 50_000,
    "dotted key": "a." * 400_000 + "a = 1",
    "quoted dotted key": '"\\"" . ' * 100_000 + "a = 1",
    "dotted header": "[" + "'a'." * 200_000 + "a]",
    "dotted key inside": "x = { " + "a." * 400_000 + "a = 1 }",
    "NUL": "\0",
    "surrogate": "\ud800",
    "surrogate in a string": "a = '\ud800'",
    "very many keys": "".join(f"key{i} = 1\n" for i in range(60_000)),
    "very many steps": '[[agenda]]\nid = "a"\n' + '[[agenda.step]]\nid = "s"\n' * 20_000,
    "long word": "a" * 900_000,
    "many quotes": "\"'" * 400_000,
}


@pytest.mark.parametrize("text", NO_PRESETS.values(), ids=NO_PRESETS.keys())
def test_what_is_no_preset_at_all(text: str) -> None:
    told(text)


@given(
    st.integers(0, len(SMALL)),
    st.integers(0, 40),
    st.text(max_size=12) | st.sampled_from(["0", '"', "[[", "nan", "\n"]),
)
def test_whatever_is_typed_gives_a_preset_or_a_sentence(at: int, length: int, text: str) -> None:
    try:
        parse_preset(SMALL[:at] + text + SMALL[at + length :], "my.toml")
    except PrioritizerError as err:
        message = str(err)
        assert message.startswith("my.toml: ")
        assert first_hostile(message) is None
        assert "\n" not in message


def test_the_files_name_is_made_safe() -> None:
    with pytest.raises(PrioritizerError) as caught:
        parse_preset("x", "\x1b]52;c;ZXZpbA==\x07\n.toml")
    assert not {"\x1b", "\x07", "\n"} & set(str(caught.value))


def test_only_one_criterion_of_worth() -> None:
    text = changed('role = "boundedness"', 'role = "worth"')
    parse_preset(text, "x")
    more = '[[criterion]]\nid = "c"\ndimension = "Fence"\ntitle = "C"\nquestion = "C?"\nlevels = ["a", "b", "c", "d", "e"]\n'
    assert 'criterion c: only one may belong to role = "worth"' in told(text + more)


def test_an_answer_key_that_the_app_needs_is_refused() -> None:
    text = load_preset("pilot-first").text.replace(
        'key = "d", status = "unknown"', 'key = "u", status = "unknown"', 1
    )
    with pytest.raises(PrioritizerError, match='the key "u" already means something else'):
        parse_preset(text, "own.toml")
