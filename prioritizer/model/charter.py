"""The fields of a pilot charter (rubric §7): what each asks, and which role can answer it.

A field is text that a person edits. Until then it may be filled from what the session knows;
what nobody knows is a question with an owner.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CharterField:
    """One field.

    Attributes:
        id: Under which the text is kept in a use case's charter.
        section: Heading of the part of the page where it stands.
        title: What it is called.
        question: What to ask while it is empty.
        role: Who can answer: a role of the preset, where it has that role.
        criteria: Levels that say something about it, first one known; ids that a preset lacks are passed over.
    """

    id: str
    section: str
    title: str
    question: str
    role: str
    criteria: tuple[str, ...] = ()


_F = CharterField

CHARTER_FIELDS: tuple[CharterField, ...] = (
    _F(
        "business_owner",
        "Who",
        "Business owner",
        "Who in operations owns it after the pilot?",
        "business",
    ),
    _F(
        "delivery_owner",
        "Who",
        "Delivery owner",
        "Who builds it and brings it into production?",
        "integration",
    ),
    _F("decision_maker", "Who", "Decision maker", "Who says go or no-go, alone?", "business"),
    _F(
        "first_fact",
        "Who",
        "First fact to find",
        "Which fact is missing first, and who brings it by when?",
        "business",
    ),
    _F("trigger", "What it does", "Trigger", "What event starts one case?", "operations", ("B2",)),
    _F(
        "done",
        "What it does",
        "Definition of done",
        "How does anybody see that one case is finished?",
        "operations",
    ),
    _F("in_scope", "What it does", "In scope", "Which cases does it take?", "operations"),
    _F(
        "not_in_scope",
        "What it does",
        "Not in scope",
        "Which cases does it leave alone, by name?",
        "operations",
    ),
    _F(
        "prohibited",
        "What it does",
        "Prohibited actions",
        "What may it never do, whatever it is asked?",
        "compliance",
    ),
    _F(
        "action_level",
        "What it does",
        "Action level",
        "Does it read, draft, write after approval, or act?",
        "operations",
        ("B3",),
    ),
    _F(
        "human_review",
        "What it does",
        "Human-review point",
        "Which role looks at which output before it takes effect?",
        "operations",
        ("G2",),
    ),
    _F(
        "systems",
        "Systems and data",
        "Systems",
        "Which systems does it touch in production, by name?",
        "integration",
        ("I1", "INT"),
    ),
    _F(
        "access",
        "Systems and data",
        "Access",
        "Through which interface does it reach each system?",
        "integration",
        ("I2",),
    ),
    _F(
        "auth",
        "Systems and data",
        "Authentication",
        "Under which identity does it run, with which rights?",
        "integration",
        ("I3",),
    ),
    _F(
        "data_sources",
        "Systems and data",
        "Data sources",
        "Which fields come from where?",
        "data",
        ("D3", "DAT"),
    ),
    _F("data_owner", "Systems and data", "Data owner", "Who answers for each source?", "data"),
    _F(
        "freshness",
        "Systems and data",
        "Freshness",
        "How old may the data be, and how old is it?",
        "data",
    ),
    _F(
        "permission",
        "Systems and data",
        "Permission",
        "Who has allowed the data for this purpose, in writing?",
        "compliance",
        ("D4",),
    ),
    _F(
        "baseline",
        "How it is judged",
        "Baseline",
        "What is it today: cases a month, minutes each, error rate?",
        "operations",
    ),
    _F(
        "target",
        "How it is judged",
        "Target",
        "Which number has to move, to what, and who measures it how?",
        "business",
    ),
    _F(
        "success", "How it is judged", "Success threshold", "From which value on is it a success?", "business"
    ),
    _F("stop", "How it is judged", "Stop threshold", "At which value is it stopped at once?", "business"),
    _F("decision_date", "How it is judged", "Go or no-go", "On which date is it decided?", "business"),
    _F(
        "sample_plan",
        "How it is judged",
        "Sample plan",
        "How are cases drawn over everything that really comes in, exceptions included?",
        "data",
        ("P2",),
    ),
    _F(
        "right_wrong",
        "How it is judged",
        "Right or wrong",
        "By which written criteria is one output judged?",
        "business",
        ("P1", "VIA"),
    ),
    _F("monitoring", "How it is run", "Monitoring", "Who looks at what, how often?", "operations", ("P4",)),
    _F(
        "audit",
        "How it is run",
        "Audit fields",
        "What is kept of each case, for how long?",
        "compliance",
        ("G3",),
    ),
    _F(
        "fallback",
        "How it is run",
        "Fallback",
        "How is the work done when it is switched off?",
        "operations",
        ("P3",),
    ),
    _F(
        "escalation",
        "How it is run",
        "Escalation",
        "To whom does a person turn who sees it go wrong?",
        "operations",
    ),
    _F("training", "The change", "Training", "Who learns what, by when?", "operations", ("G4",)),
    _F(
        "process",
        "The change",
        "Process redesign",
        "Which step of the process changes, by when?",
        "operations",
    ),
    _F(
        "ownership",
        "The change",
        "Ownership model",
        "Who owns model, prompts and rules after go-live, by when?",
        "operations",
    ),
    _F(
        "escalation_path", "The change", "Escalation path", "Who writes the path down, by when?", "operations"
    ),
    _F("audit_trail", "The change", "Audit trail", "Who sets it up, by when?", "compliance"),
    _F(
        "weeks",
        "Money and what follows",
        "Weeks of work",
        "How many weeks until it runs in production?",
        "integration",
    ),
    _F(
        "budget_engineering",
        "Money and what follows",
        "Budget for engineering",
        "How much, and who pays?",
        "business",
    ),
    _F(
        "budget_change",
        "Money and what follows",
        "Budget for change",
        "How much for training, process and ownership?",
        "business",
    ),
    _F(
        "risks",
        "Money and what follows",
        "Risks",
        "What could make it fail, and who watches that?",
        "compliance",
    ),
    _F(
        "next",
        "Money and what follows",
        "What expands next",
        "If it works, what is the next slice?",
        "business",
    ),
)

CHANGE_SHARE = 0.5
"""Change money below this share of engineering money is warned about."""
