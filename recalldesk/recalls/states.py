"""The life of a recall version: the states and the one table of legal moves."""

from collections.abc import Mapping

from django.db.models import TextChoices


class VersionState(TextChoices):
    """Where a version stands."""

    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"
    LIVE = "live", "Live"
    SUPERSEDED = "superseded", "Superseded"


class RecallState(TextChoices):
    """Where the recall as a whole stands. Closed still answers checks."""

    PREPARING = "preparing", "Being prepared"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


MOVES: Mapping[VersionState, frozenset[VersionState]] = {
    VersionState.DRAFT: frozenset({VersionState.APPROVED}),
    VersionState.APPROVED: frozenset({VersionState.LIVE, VersionState.SUPERSEDED}),
    VersionState.LIVE: frozenset({VersionState.SUPERSEDED}),
    VersionState.SUPERSEDED: frozenset(),
}


class RequestKind(TextChoices):
    """What is asked for of a version."""

    APPROVAL = "approval", "Approval"
    PUBLICATION = "publication", "Publication"


class RequestState(TextChoices):
    """Where what was asked for stands."""

    WAITING = "waiting", "Waiting"
    GRANTED = "granted", "Granted"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


REQUEST_MOVES: Mapping[RequestState, frozenset[RequestState]] = {
    RequestState.WAITING: frozenset(RequestState) - {RequestState.WAITING},
    RequestState.GRANTED: frozenset(),
    RequestState.REFUSED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
}
