"""A brand's colour as a stylesheet of its own, so that no page needs a style inside it.

Guarantee: the address changes with the colour, so browsers may keep the sheet for a year.
"""

from hashlib import sha256

from django.urls import reverse

from recalldesk.portal.subject import Subject


def digest_of(accent: str) -> str:
    """A short name for a colour's stylesheet."""
    return sha256(stylesheet(accent).encode()).hexdigest()[:12]


def stylesheet(accent: str) -> str:
    """The sheet: it stands in no layer, so it overrides the default accent."""
    return f":root{{--accent:{accent}}}\n"


def theme_url(subject: Subject) -> str:
    """Where the brand's stylesheet is."""
    accent = subject.brand.accent
    return reverse("portal_root:theme", args=[digest_of(accent), subject.slug, subject.brand.key])
