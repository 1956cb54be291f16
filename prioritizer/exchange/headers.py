"""The fields of a use case that an import can fill, and the words by which people head the columns for them."""

from __future__ import annotations

import re

FIELDS = ("title", "task", "note", "tag", "proposer", "systems", "logins", "cases_month", "minutes_each")
SEVERAL = frozenset({"tag", "note", "systems"})
"""Fields that more than one column may fill."""

_KNOWN_HEADERS = {
    "title": "title|use case|use case name|use case title|name|usecase|candidate|idea|initiative|opportunity",
    "task": "task|description|use case description|what it does|purpose|summary|problem",
    "note": "note|notes|comment|comments|remark|remarks",
    "tag": "tag|tags|label|labels|category|topic|theme|department|team|unit|agency|bureau",
    "proposer": "proposer|proposed by|submitted by|submitter|contact|author",
    "systems": "systems|system names|systems touched|applications",
    "logins": "logins|auth models|authentication models",
    "cases_month": "cases month|cases a month|cases per month|volume|volume per month|monthly volume",
    "minutes_each": "minutes each|minutes|minutes per case|minutes a case|handling time",
}
_GUESSES = {name: field for field, names in _KNOWN_HEADERS.items() for name in names.split("|")}


def field_of(header: str) -> str | None:
    """The field that a column of this name fills, whatever its case and signs; none where the name is not telling."""
    return _GUESSES.get(" ".join(re.sub(r"[\W_]+", " ", header.casefold()).split()))
