"""The words of a check that comes in."""

from enum import StrEnum


class Source(StrEnum):
    """Through which door a serial was asked about."""

    PAGE = "page"
    API = "api"
    COMMAND = "command"
    BATCH = "batch"
    SCANNER = "scanner"
