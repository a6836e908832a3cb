"""What this package raises.

::

    CleaningError               everything below; its message says what to do
    ├── SettingsError           an unknown key, a value out of range
    ├── RuleError               a language file that cannot be used
    ├── InputError              an input that is not there, or of no known kind
    ├── RecordError             one record that cannot become a document; a build counts it and goes on
    │   └── UndecodableError    its bytes are no text in any charset
    ├── OutputError             an output that exists, cannot be written or is not a release
    ├── BrokenPromiseError      the data does not hold what a release promises (exit status 1)
    └── ValidationError         the promises could not be checked (exit status 2)

One bad record is no exception: it is counted as unreadable, and the audit says why. See
:class:`cleaning.reason.Reason`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .validate import Verdict


class CleaningError(Exception):
    """Base of all errors that a user can do something about."""


class SettingsError(CleaningError):
    """The settings cannot be used."""


class RuleError(CleaningError):
    """A language file cannot be used."""


class InputError(CleaningError):
    """An input is not there, or of no known kind."""


class RecordError(CleaningError):
    """One record cannot become a document: it cannot be decoded, or its page cannot be read."""


class UndecodableError(RecordError):
    """Bytes are no text in any charset."""


class OutputError(CleaningError):
    """The output exists, cannot be written, or is not a release."""


class BrokenPromiseError(CleaningError):
    """The data does not hold what a release promises.

    Attributes:
        release: the folder that was refused, if it is kept.
        verdict: what is known of each promise.
    """

    def __init__(self, message: str, release: Path | None = None, verdict: Verdict | None = None) -> None:
        super().__init__(message)
        self.release, self.verdict = release, verdict


class ValidationError(CleaningError):
    """The promises of a release could not be checked."""
