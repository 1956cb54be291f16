"""Charts in text: pure functions from data to rows of (text, role)."""
