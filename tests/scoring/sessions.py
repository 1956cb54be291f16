"""Sessions for tests: from a few words, the sample, and random ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from hypothesis import strategies as st

from prioritizer.model.changes import Builder, empty
from prioritizer.model.outside import parse_toml
from prioritizer.model.preset import Preset
from prioritizer.model.presets import load_preset
from prioritizer.model.sample import load_sample
from prioritizer.model.session import DONT_KNOW, NOT_ASKED, Override, Round, Snapshot, UseCase
from prioritizer.model.terms import EVIDENCE, LANES

SHIPPED = ("pilot-first", "pilot-first-quick", "regulated", "stalled-pilots")

ORCHARD = """
format = 1
id = "orchard"
version = 1
title = "Which orchard robot?"
language = "en-NZ"
candidate = "robot"
role = [{ id = "grower", title = "Grower" }, { id = "smith", title = "Smith" }]
dimension = [
  { id = "soil", title = "Soil", role = "readiness", weight = 3 },
  { id = "Arm", title = "Arm", role = "readiness", weight = 1.5 },
  { id = "crew", title = "Crew", role = "readiness", weight = 0.7 },
  { id = "fence", title = "Fence", role = "boundedness" },
  { id = "show", title = "Harvest fair", role = "demonstration" },
  { id = "yield", title = "Yield", role = "worth" },
]
raises = [{ criterion = "guard", to = 2, reason = "It only looks.", when = { any = ["reach = 4", "rows >= 4"] } }]
class_rule = [
  { id = "bounded", rule = { all = ["rows >= 3", "reach > 1", "guard >= 2"] } },
  { id = "partly", rule = { any = ["rows >= 2", "reach = 3"] } },
]

[thresholds]
pilot_coverage = 0.75
find_out_coverage = 0.4
dimension = 37.5
weak_dimensions = 1
readiness = 55
worth_floor = 2
trap_demonstration = 50
trap_gap = 5
overlooked_demonstration = 60
"""

_CRITERIA = (
    ("wet", "soil", 'weight = 2\ntodo = true\nasked = "before"\nrole = "grower"'),
    ("stones", "soil", "weight = 1.25"),
    ("slope", "soil", "proof = true"),
    ("grip", "Arm", 'asked = "before"\nrole = "smith"\nproof = true'),
    ("speed", "Arm", "todo = true\nweight = 0.4"),
    ("guard", "crew", ""),
    ("rows", "fence", ""),
    ("reach", "fence", 'asked = "before"\nrole = "grower"'),
    ("crowd", "show", ""),
    ("noise", "show", "weight = 3"),
    ("tons", "yield", ""),
)

_GATES = """
[[gate]]
id = "allowed"
title = "Allowed"
kind = "question"
question = "Is it allowed?"
answers = [
  { id = "no", title = "No", key = "n", status = "out" },
  { id = "hand", title = "By hand", key = "b", status = "not-an-agent" },
  { id = "soon", title = "Soon", key = "s", status = "condition" },
  { id = "yes", title = "Yes", key = "y", status = "pass" },
]
[[gate]]
id = "grip"
title = "Grip"
kind = "level"
criterion = "grip"
condition = 1
proof = true
[[gate]]
id = "guard"
title = "Guard"
kind = "level"
criterion = "guard"
stop = 0
condition = 2
[[gate]]
id = "astray"
title = "Astray"
kind = "rule"
derived = true
rule = { any = ["rows <= 0", "wet < 1"] }
[[gate]]
id = "rut"
title = "Rut"
kind = "rule"
status = "condition"
derived = true
rule = { all = ["stones = 2", "guard < 3"] }
"""


def orchard_text() -> str:
    """A user's own preset: other letters, weights inside dimensions, ``any`` rules, other thresholds."""
    criteria = "".join(
        f'\n[[criterion]]\nid = "{id_}"\ndimension = "{dim}"\ntitle = "{id_.title()}"\nquestion = "{id_}?"\n'
        f'levels = ["{id_} 0", "{id_} 1", "{id_} 2", "{id_} 3", "{id_} 4"]\n{more}\n'
        for id_, dim, more in _CRITERIA
    )
    return ORCHARD + criteria + _GATES


@cache
def preset(name: str) -> Preset:
    """A shipped preset, or the user's own ``orchard``."""
    if name == "orchard":
        return Preset.model_validate(parse_toml(orchard_text(), "orchard.toml"))
    return load_preset(name).preset


def session(preset_: Preset | str, *use_cases: UseCase, **changes: object) -> Snapshot:
    """A session with these use cases, numbered as they stand; ``changes`` are fields of it."""
    found = preset(preset_) if isinstance(preset_, str) else preset_
    numbered = {u.id: replace(u, number=i) for i, u in enumerate(use_cases, 1)}
    return replace(empty("s", found, "0" * 16, ""), use_cases=numbered, **changes)  # type: ignore[arg-type]


def case(
    preset_: Preset | str,
    title: str,
    levels: Mapping[str, int | None],
    *,
    key: str = "",
    gates: Mapping[str, str] | None = None,
    evidence: Mapping[str, str] | None = None,
    claimed: tuple[str, ...] = (),
    overrides: Mapping[str, str | None] | None = None,
    rounds: Mapping[str, tuple[Round, ...]] | None = None,
    **more: object,
) -> UseCase:
    """A use case. Gates are clear unless ``gates`` says otherwise; overrides are target → lane."""
    found = preset(preset_) if isinstance(preset_, str) else preset_
    u = UseCase(key or title, title=title)
    b = Builder(empty("s", found, "", ""))
    b.write("use_case", (u.id,), "title", title)
    for criterion, level in levels.items():
        b.write("agreed_level", (u.id, criterion), "level", level)
    for criterion, tag in (evidence or {}).items():
        b.write("agreed_level", (u.id, criterion), "evidence", tag)
    for criterion in claimed:
        b.write("agreed_level", (u.id, criterion), "claimed", 1)
    clear = {g.id: g.clear.id for g in found.questions} if gates is None else gates
    for gate, answer in clear.items():
        b.write("gate_answer", (u.id, gate), "answer", answer)
    made = b.done().use_cases[u.id]
    set_aside = {
        t: Override(t, lane, "Ann", "we know better", "2026-03-01") for t, lane in (overrides or {}).items()
    }
    return replace(made, overrides=set_aside, rounds=rounds or {}, **more)  # type: ignore[arg-type]


def answers(text: str) -> bytes:
    """Answers of a round: ``0``–``4``, ``?``, ``-``, ``.`` not asked."""
    codes = {"?": DONT_KNOW, "-": 251, ".": NOT_ASKED, "p": 252}
    return bytes(codes[sign] if sign in codes else int(sign) for sign in text)


@cache
def sample() -> Snapshot:
    """The sample session (rubric §6) with ids ``01`` … ``12``, levels and gates only."""
    data = load_sample()
    cases = [
        case(
            data.preset,
            u.title,
            u.cells,
            key=f"{number:02d}",
            gates=u.gates,
            slice=u.slice,
            task=u.task,
            tags=u.tags,
        )
        for number, u in enumerate(data.use_case, 1)
    ]
    return session(data.preset, *cases)


# Random sessions

_levels = st.sampled_from([None, 0, 1, 2, 2, 3, 3, 3, 4, 4])
_good = st.sampled_from([None, 1, 2, 3, 3, 3, 4, 4, 4, 4])
_titles = st.sampled_from(["Route", "route", "ROUTE", "Äpfel", "A\u0308pfel", "ß", "ss", "Draft", "Triage"])


@st.composite
def random_cases(draw: st.DrawFn, preset_: Preset, number: int, *, plain: bool = False) -> UseCase:
    """One use case; ``plain`` ones have no overrides, claims or rounds."""
    levels = draw(st.sampled_from([_levels, _good, _good, st.sampled_from([3, 4, 4])]))
    ids = preset_.criterion_ids
    chosen = dict(zip(ids, draw(st.tuples(*[levels for _ in ids])), strict=True))
    gates: dict[str, str] = {}
    for gate in preset_.questions:
        clear = draw(st.integers(0, 7)) > 0
        options = [a.id for a in gate.answers]
        answer = gate.clear.id if clear else draw(st.sampled_from([*options, ""]))
        if answer:
            gates[gate.id] = answer
    tags = draw(st.lists(st.sampled_from([*EVIDENCE, None]), min_size=len(ids), max_size=len(ids)))
    evidence = {c: t for c, t in zip(ids, tags, strict=True) if t and chosen[c] is not None}
    rounds: dict[str, tuple[Round, ...]] = {}
    overrides: dict[str, str | None] = {}
    claimed: tuple[str, ...] = ()
    if not plain:
        if draw(st.integers(0, 4)) == 0:
            claimed = tuple(
                c for c in draw(st.lists(st.sampled_from(ids), max_size=2)) if chosen[c] is not None
            )
        if draw(st.integers(0, 3)) == 0:
            for criterion in draw(st.lists(st.sampled_from(ids), max_size=3)):
                rounds[criterion] = draw(_rounds())
                if draw(st.booleans()):
                    chosen[criterion] = None
                    evidence.pop(criterion, None)
        if draw(st.integers(0, 4)) == 0:
            overrides[draw(st.sampled_from([g.id for g in preset_.gate]))] = None
        if draw(st.integers(0, 6)) == 0:
            overrides["lane"] = draw(st.sampled_from(LANES[:-1]))
    return case(
        preset_,
        draw(_titles),
        chosen,
        key=f"u{number}",
        gates=gates,
        evidence=evidence,
        claimed=tuple(c for c in claimed if chosen[c] is not None),
        overrides=overrides,
        rounds=rounds,
    )


@st.composite
def _rounds(draw: st.DrawFn) -> tuple[Round, ...]:
    found = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        status = draw(st.sampled_from(["revealed", "revealed", "open", "void"]))
        text = draw(st.text("01234?-.p", max_size=6))
        found.append(Round(f"r{number}", number, status, answers(text)))  # type: ignore[arg-type]
    return tuple(found)


@st.composite
def random_sessions(
    draw: st.DrawFn,
    names: tuple[str, ...] = (*SHIPPED, "orchard"),
    *,
    most: int = 4,
    plain: bool = False,
    tweak: Callable[[Snapshot], Snapshot] | None = None,
) -> Snapshot:
    """A session with its own weights, caps and switched-off criteria."""
    found = preset(draw(st.sampled_from(names)))
    if draw(st.integers(0, 3)) == 0:
        thresholds = found.thresholds.model_copy(update={"cap": not found.thresholds.cap})
        found = found.model_copy(update={"thresholds": thresholds})
    cases = [draw(random_cases(found, i, plain=plain)) for i in range(draw(st.integers(1, most)))]
    asked: dict[str, str] = {}
    free = sorted(set(found.criterion_ids) - found.essential())
    if free and draw(st.integers(0, 2)) == 0:
        asked = dict.fromkeys(draw(st.lists(st.sampled_from(free), max_size=4)), "off")
    weights = None
    if draw(st.integers(0, 2)) == 0:
        ready = [d.id for d in found.with_role("readiness")]
        numbers = draw(st.lists(st.integers(1, 200), min_size=len(ready), max_size=len(ready)))
        weights = {d: n / 8 for d, n in zip(ready, numbers, strict=True)}
    made = session(found, *cases, asked=asked, weights=weights)
    return tweak(made) if tweak else made
