"""How the firm came to know of an incident."""

from django.db.models import TextChoices


class IncidentSource(TextChoices):
    """Where it was told."""

    DANGER_PAGE = "danger_page", "The page for a dangerous unit"
    DESK = "desk", "Somebody who called or wrote to the desk"


class IncidentState(TextChoices):
    """What was done with it."""

    OBTAINED = "obtained", "Obtained"
