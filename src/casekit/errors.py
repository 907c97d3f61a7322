"""Everything casekit raises on purpose.

    CasekitError
    ├── WorkspaceError (ValueError)    no workspace, or one that cannot be used
    ├── SourceError (ValueError)       a file or source that cannot be read or named
    │   └── UnknownSourceError (KeyError)
    ├── SettingError (ValueError)      an argument or setting outside its range
    ├── NotBuiltError                  the index is missing: build first
    ├── IndexDamagedError              a derived file does not match its checksum
    ├── BusyError                      another build holds the workspace
    ├── BackendError                   a backend of an index cannot be reached, or cannot do what is asked
    └── ModelError (ImportError)       the embedding model is missing or is not the index's model

A message says where, what was found, what was wanted, and what to do next. Make it with `language.say(zh, en)`.
"""

from __future__ import annotations

__all__ = [
    "BackendError",
    "BusyError",
    "CasekitError",
    "IndexDamagedError",
    "ModelError",
    "NotBuiltError",
    "SettingError",
    "SourceError",
    "UnknownSourceError",
    "WorkspaceError",
]


class CasekitError(Exception):
    """Base of all errors that casekit raises on purpose; its text is one clear line."""

    def __str__(self) -> str:
        """The message alone (a KeyError would put it in quotation marks)."""
        return str(self.args[0]) if self.args else ""


class WorkspaceError(CasekitError, ValueError):
    """No workspace here, or one that cannot be used."""


class SourceError(CasekitError, ValueError):
    """A file or source that cannot be read, stored or named."""


class UnknownSourceError(SourceError, KeyError):
    """An id that the catalogue does not hold."""


class SettingError(CasekitError, ValueError):
    """An argument or setting outside its range."""


class NotBuiltError(CasekitError):
    """The index is missing or older than what was asked for."""


class IndexDamagedError(CasekitError):
    """A derived file does not match the checksum in its manifest."""


class BackendError(CasekitError):
    """A backend of an index cannot be reached, lacks a library, or cannot do what is asked of it."""


class BusyError(CasekitError):
    """Another process is building in this workspace."""


class ModelError(CasekitError, ImportError):
    """The embedding model is missing, or is not the one the index was made with."""
