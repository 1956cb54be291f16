"""The one exception family. Every message is a sentence for a person: what, where, what to do.

PrioritizerError        wrong usage or bad input (exit code 2)
├── SessionRefused      the file is missing, not ours, damaged or newer (3)
├── SessionBusy         another process holds the file (3)
└── NotSaved            the edit could not be written; says where it is kept (3)
"""

from __future__ import annotations


class PrioritizerError(Exception):
    """Base of all errors meant for a user.

    Attributes:
        title: A few words for the head of a dialog.
        exit_code: What the command line exits with.
    """

    title = "That did not work"
    exit_code = 2


class SessionRefused(PrioritizerError):
    """FILE is missing, is not a session, is damaged, or was made by a newer version."""

    title = "This file was not opened"
    exit_code = 3


class SessionBusy(PrioritizerError):
    """Another process is writing to the session and did not let go in time."""

    title = "The session is in use"
    exit_code = 3


class NotSaved(PrioritizerError):
    """An edit was not written. ``rescue`` is the file it was kept in, where one could be made."""

    title = "Not saved"
    exit_code = 3

    def __init__(self, message: str, rescue: str | None = None) -> None:
        super().__init__(message)
        self.rescue = rescue
