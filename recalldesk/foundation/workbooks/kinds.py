"""What a cell of a sheet holds that is no text."""

from enum import Enum, auto


class Kind(Enum):
    """What a cell holds that is no text."""

    NUMBER = auto()
    SHOWN_OTHERWISE = auto()
    """A number in a format that shows it otherwise, such as with zeros before it."""
    DATE = auto()
    NO_TEXT = auto()
    FORMULA = auto()
