"""What goes wrong with a whole order file, in words for the person who gave it."""

from recalldesk.foundation.problem import Problem


class OrderFileRefused(Problem):
    """The file is not read: it is none of orders, lacks a column, or is damaged."""


class MappingRefused(Problem):
    """The mapping file does not say what it must."""


class OrderLinesNotAccountedFor(Problem):
    """The lines read do not add up to the lines counted independently."""
