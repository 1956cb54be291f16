"""The ballot as one page of HTML: it opens from a mail or a stick, fetches nothing, sends nothing.

Whoever fills it in saves an answer file, which `ballots` reads. The page itself holds no
answer, and its policy forbids it every connection.
"""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape

from prioritizer.exchange.ballot_form import BallotForm, FormCriterion, FormUseCase
from prioritizer.exchange.ballot_page_script import SCRIPT, STYLE
from prioritizer.exchange.ballots_in import BALLOT_FORMAT, BALLOT_VERSION

DONT_KNOW = "I don't know, and nobody I could ask here does"
ABSTAIN = "Not my field"


def ballot_page(form: BallotForm) -> str:
    """The whole page."""
    cells: list[tuple[str, str]] = []
    parts: list[str] = []
    for criterion, use_cases in form.asked():
        parts.append(_question(criterion))
        for use_case in use_cases:
            parts.append(_cell(len(cells), criterion, use_case))
            cells.append((criterion.id, use_case.id))
        parts.append("</section>")
    data = {
        "format": BALLOT_FORMAT,
        "version": BALLOT_VERSION,
        "session": form.session,
        "cells": cells,
    }
    title = escape(f"{form.title}: ballot")
    return f"""<!DOCTYPE html>
<html lang="{escape(form.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(content_policy())}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
<h1>{title}</h1>
<p>Answer alone and in silence, one question at a time. A 0 describes the world today, not the idea's worth.
Choose ? where you don't know, and – where it is not your field; leave out what you have not come to.</p>
<p>Nothing is sent from this page. <strong>Save</strong> puts a small file on your device; hand that to the facilitator.</p>
<noscript><p><strong>This browser runs no script, so the page cannot save. Ask for a ballot on paper.</strong></p></noscript>
<form id="answers" autocomplete="off">
<p><label for="who">Who are you?</label><br>{_who(form)}</p>
{chr(10).join(parts)}
</form>
<div id="bar"><span id="done" role="status"></span><button type="button" id="save">Save my answers</button></div>
<script type="application/json" id="ballot">{_embedded(data)}</script>
<script>{SCRIPT}</script>
</body>
</html>
"""


def content_policy() -> str:
    """Only the one style and the one script of ours; no connection, no form target, no base."""
    return (
        f"default-src 'none'; style-src '{_digest(STYLE)}'; script-src '{_digest(SCRIPT)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _embedded(data: object) -> str:
    # No "<" can stand inside a script element's text, so that no id ends it early.
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("&", "\\u0026")


def _who(form: BallotForm) -> str:
    if not form.people:
        return '<input type="text" id="who" maxlength="200" placeholder="as on the roster">'
    if len(form.people) == 1:
        name = escape(form.people[0])
        return f'<select id="who"><option value="{name}">{name}</option></select>'
    options = "".join(f'<option value="{escape(p)}">{escape(p)}</option>' for p in form.people)
    return f'<select id="who"><option value="">choose</option>{options}</select>'


def _question(criterion: FormCriterion) -> str:
    levels = "".join(f"<li>{escape(text)}</li>" for text in criterion.levels)
    return (
        f"<section>\n<h2>{escape(criterion.id)} {escape(criterion.title)}</h2>\n"
        f'<p>{escape(criterion.question)}</p>\n<ol start="0">{levels}</ol>'
    )


def _cell(place: int, criterion: FormCriterion, use_case: FormUseCase) -> str:
    choices = [(str(level), str(level), text) for level, text in enumerate(criterion.levels)]
    choices += [("?", "?", DONT_KNOW), ("-", "–", ABSTAIN)]
    radios = "".join(
        f'<label title="{escape(text)}"><input type="radio" name="{place}" value="{value}" '
        f'aria-label="{shown}: {escape(text)}">{shown}</label>'
        for value, shown, text in choices
    )
    task = f'<p class="task">{escape(use_case.task)}</p>' if use_case.task else ""
    return (
        f"<fieldset><legend>#{use_case.number} {escape(use_case.title)}</legend>{task}"
        f'<div class="choices">{radios}</div><p class="says" id="says{place}" aria-live="polite"></p></fieldset>'
    )
