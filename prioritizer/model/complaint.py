"""One plain sentence for what pydantic found wrong in a TOML file."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from prioritizer.model.outside import Loc, place_of, shown

_PLAIN = {
    "string_type": "must be a text in quotation marks",
    "string_too_short": "must not be empty",
    "int_type": "must be a whole number without quotation marks",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number without quotation marks",
    "finite_number": "must be a number, not nan or inf",
    "bool_type": "must be true or false, without quotation marks",
    "tuple_type": "must be a list",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
}

_BOUNDS = {
    "greater_than_equal": ("ge", "must be at least"),
    "greater_than": ("gt", "must be above"),
    "less_than_equal": ("le", "must be at most"),
    "less_than": ("lt", "must be below"),
}


def complaint(err: ValidationError, data: Mapping[str, Any], model: type[BaseModel]) -> str:
    """One sentence without the file's name: the first thing wrong, and how many more there are.

    Unknown keys come first: a misspelt key is also reported as the missing one, and the
    spelling is what has to be mended.
    """
    errors: list[Any] = list(err.errors(include_url=False, include_input=False))
    unknown = [e for e in errors if e["type"] == "extra_forbidden"]
    # Looking for the nearest name is slow, and a hostile file can have very many keys.
    for each in unknown[:20]:
        meant = _meant(each["loc"], model)
        twin = (*each["loc"][:-1], meant)
        errors = [e for e in errors if not (e["type"] == "missing" and e["loc"] == twin)]
    errors.sort(key=lambda e: e["type"] != "extra_forbidden")
    text = _sentence(errors[0], data, model)
    if len(errors) == 1:
        return text if text.endswith("?") else text + "."
    return f"{text} (and {len(errors) - 1} more)."


def _sentence(error: Mapping[str, Any], data: Mapping[str, Any], model: type[BaseModel]) -> str:
    loc: Loc = error["loc"]
    kind: str = error["type"]
    context: Mapping[str, Any] = error.get("ctx", {})
    place = place_of(data, loc)
    if kind == "value_error":
        text = shown(context["error"], 300)
        return text if not place or text.startswith(place) else f"{place}: {text}"
    start = f"{place}: " if place else ""
    key = next((str(step) for step in reversed(loc) if isinstance(step, str)), "")
    if kind == "missing":
        return f'{start}the key "{shown(key)}" is missing, add it'
    if kind == "extra_forbidden":
        meant = _meant(loc, model)
        if meant:
            return f'{start}the key "{shown(key)}" is not known, did you mean "{meant}"?'
        known = ", ".join(_fields_at(loc[:-1], model))
        return f'{start}the key "{shown(key)}" is not known, take it out (known are: {known})'
    # The item of a list, or a level, is already named by the place.
    subject = f'"{shown(key)}" ' if loc and isinstance(loc[-1], str) and key else ""
    return f"{start}{subject}{_what(kind, context, key, data, loc)}"


def _what(kind: str, context: Mapping[str, Any], key: str, data: Mapping[str, Any], loc: Loc) -> str:
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return f"{words} {context[name]:g}"
    if kind == "literal_error":
        expected = str(context["expected"]).replace("'", '"')
        given = _at(data, loc)
        return f"must be {expected}" + (f', not "{shown(given)}"' if isinstance(given, str) else "")
    if kind == "string_too_long":
        if key == "key":
            return "must be one small letter or digit"
        return f"must be at most {context['max_length']} characters long"
    if kind == "string_pattern_mismatch":
        return _pattern(key)
    if kind == "tuple_type" and key == "levels":
        return "must be a table with the keys 0 to 4"
    if kind == "tuple_type" and isinstance(_at(data, loc), dict):
        return f"must be written with two brackets, [[{shown(key)}]]"
    if kind in ("too_long", "too_short"):
        few = kind == "too_short"
        return f"must have at {'least' if few else 'most'} {context['min_length' if few else 'max_length']} of them"
    return _PLAIN.get(kind, "has a value that is not allowed here, see the shipped presets")


def _pattern(key: str) -> str:
    if key == "language":
        return 'must be a language such as "en" or "de-CH"'
    if key in ("title", "candidate"):
        return "must stand on one line, without tabs"
    return "must be up to 32 letters without accents, digits, - and _, and begin with a letter"


def _meant(loc: Loc, model: type[BaseModel]) -> str:
    fields = _fields_at(loc[:-1], model)
    found = difflib.get_close_matches(str(loc[-1])[:100], fields, n=1, cutoff=0.6)
    return found[0] if found else ""


def _fields_at(loc: Loc, model: type[BaseModel]) -> list[str]:
    """The keys that the table at ``loc`` may have."""
    here: type[BaseModel] | None = model
    for step in loc:
        if isinstance(step, int) or here is None:
            continue
        field = here.model_fields.get(step)
        here = None if field is None else _model_in(field.annotation)
    return [] if here is None else list(here.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for each in getattr(annotation, "__args__", ()):
        found = _model_in(each)
        if found is not None:
            return found
    return None


def _at(data: Any, loc: Loc) -> Any:
    node = data
    for step in loc:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            return None
    return node
