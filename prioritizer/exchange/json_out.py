"""JSON documents: readable, in UTF-8, with no value that is not JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any


def to_json(document: Mapping[str, Any]) -> bytes:
    """Returns ``document`` as indented JSON; what is not a finite number becomes null."""
    import pydantic_core

    try:
        # As the standard library writes it (but 1e-7 for 1e-07, and in some releases 1e20 for 1e+20), which takes ten times as long where it indents.
        return pydantic_core.to_json(document, indent=2, inf_nan_mode="null") + b"\n"
    except (ValueError, TypeError):  # half a pair of a character, or a mapping that is no dict
        return (_dumps(_finite(document)) + "\n").encode("utf-8", errors="replace")


def _dumps(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {str(k): _finite(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(v) for v in value]
    return value
