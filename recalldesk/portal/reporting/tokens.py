"""By what a form names the incident that it is about: a signed token, or the browser's cookie.

Guarantee: nobody names an incident that they were not given the token of.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from recalldesk.portal.subject import Subject

SALT = "recalldesk.portal.danger"
COOKIE = "danger"
TOLD_FOR = timedelta(days=1)
"""So long whoever said so may say from an open page how to be reached, and what happened."""
SAME_FOR = timedelta(hours=1)
"""Said again by the same browser within this time, it is the same incident."""


@dataclass(frozen=True)
class Named:
    """What a signed token says: an incident, and the page on which it was told."""

    incident_id: int
    slug: str
    brand: str
    token: str


def token_of(incident_id: int, subject: Subject | None) -> str:
    """The token of an incident that was told of on a page."""
    slug, brand = (subject.slug, subject.brand.key) if subject else ("", "")
    return signing.dumps([incident_id, slug, brand], salt=SALT)


def named_by(token: str, lasts: timedelta) -> Named | None:
    """The incident of a token; None where it is none, or too old."""
    try:
        incident_id, slug, brand = signing.loads(token, salt=SALT, max_age=lasts)
    except signing.BadSignature:
        return None
    return Named(incident_id, slug, brand, token)
