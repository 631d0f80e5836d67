"""The exception tree. "Could not read" never looks like "nothing found".

PledgewatchError
├── SettingsError        a setting is missing or wrong
├── FetchError           a page could not be fetched
│   ├── RefusedError     the address or its content is one we never fetch; final
│   ├── GoneError        the server says the page is not there (404, 410 and other 4xx); final
│   └── PassingError     time-outs, 5xx, resets: may work later
├── PageError            bytes were fetched but hold no article we can read; final
├── AnalysisError        the text could not be analysed
│   ├── ModelError       the spaCy model is missing or broken
│   └── LimitError       a time, memory or size limit was reached
├── StorageError         the database could not be opened, read or written
│   └── SchemaError      the database belongs to another version of the program
├── InputError           what a person or a file gave us is not usable
├── AccessError          somebody asked for what is not theirs to do
└── NotFoundError        a claim, article or actor that is not there
"""

from __future__ import annotations


class PledgewatchError(Exception):
    """Base of every error of ours. Its text is one sentence that may be shown to a person."""


class SettingsError(PledgewatchError):
    """A setting is missing or wrong."""


class FetchError(PledgewatchError):
    """A page could not be fetched."""


class RefusedError(FetchError):
    """The address, or what is there, is of a kind that is never fetched; trying again cannot help."""


class GoneError(FetchError):
    """The server answered that the page is not to be had; trying again cannot help."""


class PassingError(FetchError):
    """The fetch failed for a reason that may pass: a time-out, a reset, a 5xx answer."""


class PageError(PledgewatchError):
    """The bytes of a page hold no article that we can read."""


class AnalysisError(PledgewatchError):
    """A text could not be analysed."""


class ModelError(AnalysisError):
    """The spaCy model is missing or broken."""


class LimitError(AnalysisError):
    """A time, memory or size limit was reached."""


class StorageError(PledgewatchError):
    """The database could not be opened, read or written."""


class SchemaError(StorageError):
    """The database belongs to another version of the program."""


class InputError(PledgewatchError):
    """What a person or a file gave us cannot be used."""


class NotFoundError(PledgewatchError):
    """A claim, an article or an actor that is not there."""


class AccessError(PledgewatchError):
    """Somebody asked for what is not theirs to do."""
