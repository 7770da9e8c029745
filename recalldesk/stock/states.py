"""The words of stock: what a partner tells of units, by which way, and where a notice stands."""

from collections.abc import Mapping

from django.db.models import TextChoices

from recalldesk.remedies.corrections.states import Measure


class Kind(TextChoices):
    """What is told of units. The first two are levels, of which the newest count holds: all that
    the partner still has, and how many of these it keeps apart. The others are movements: they add
    up."""

    ON_HAND = "on_hand", "On hand"
    QUARANTINED = "quarantined", "Kept apart"
    RETURNED = "returned", "Returned"
    DESTROYED = "destroyed", "Destroyed"


LEVELS = (Kind.ON_HAND, Kind.QUARANTINED)
MOVEMENTS = (Kind.RETURNED, Kind.DESTROYED)
CORRECTS: Mapping[Kind, Measure] = {
    Kind.RETURNED: Measure.RETURNED,
    Kind.DESTROYED: Measure.DESTROYED,
}
"""As what a movement counts among the corrections."""


class Through(TextChoices):
    """By which way a partner told it."""

    PAGE = "page", "Its own page"
    DESK = "desk", "The desk"
    COMMAND = "command", "A command"
    API = "api", "The API"


class Standing(TextChoices):
    """Where a partner stands with being told to stop selling."""

    NOT_TOLD = "not_told", "Not told yet"
    TOLD = "told", "Told, not answered yet"
    LATE = "late", "Not answered in time"
    ACKNOWLEDGED = "acknowledged", "Stopped selling"
    TO_TELL_ANEW = "to_tell_anew", "The recall covers more: to be told anew"
