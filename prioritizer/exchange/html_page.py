"""Pages of HTML that load nothing, run nothing and escape everything.

The policy forbids all; the one style block is allowed by its hash, so that even markup that slipped
in could neither run nor fetch.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


def render(template: str, title: str, language: str = "en", **values: Any) -> str:
    """A whole page.

    Args:
        template: Name of a template that extends ``page.html.j2``.
        title: Of the window.
        language: Of the text.
        values: What the template shows; every string is escaped.
    """
    from markupsafe import Markup

    style = stylesheet()
    page = environment().get_template(template)
    return page.render(
        title=title,
        language=language,
        policy=policy(style),
        style=Markup(style),
        **values,
    )


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates; loaded once."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache(maxsize=1)
def stylesheet() -> str:
    """The one style block of all pages."""
    return "\n" + _template("style.css").replace("\r\n", "\n")


def policy(style: str) -> str:
    """The content policy of a page with this style block."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _template(name: str) -> str:
    return (files("prioritizer.exchange") / "templates" / name).read_text(encoding="utf-8")
