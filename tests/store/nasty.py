"""Texts that have broken programs like this one; all of them may be typed into a title."""

from __future__ import annotations

NASTY = (
    "",
    "   ",
    "x" * 100_000,
    "[TODO] plan",
    "[/]",
    "[/nope]",
    "[@click=app.quit()]x[/]",
    "\x1b[31m",
    "\x1b]52;c;ZXZpbA==\x07",
    "\x9b31m",
    "safe\rEVIL",
    "two\nlines",
    "\u2028",
    "\u202egpj.exe",
    "e" + "\u0301" * 200,
    "👩\u200d👩\u200d👧\u200d👦",
    "漢字",
    "עברית",
    "\u00e9",
    "e\u0301",
    "Robert'); DROP TABLE op;--",
    "%s {0} ${x} {{x}}",
    "<script>",
    '"><img src=x onerror=alert(1)>',
    "| a |",
    "```",
    "NULL",
    "nan",
    "inf",
    "1e999",
    "007",
    "=1+1",
    "-5 % scrap",
    "＝1+1",
    "../../etc/passwd",
    "\ufeffbom",
    "\U0010ffff",
)
"""Each must come back byte for byte; cleaning is done before the store."""

UNSTORABLE = ("a\0b", "\ud800", "x\udfff")
"""What no SQLite text can give back as it was."""
