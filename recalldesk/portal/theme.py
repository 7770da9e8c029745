"""A brand's colour as a stylesheet, and its logo, each at an address of its own.

Guarantees: the address changes with the content, so browsers may keep it for a year; the shades
can be read in light and in dark, whatever the colour.
"""

from hashlib import sha256

from django.urls import reverse

from recalldesk.portal.subject import Subject
from recalldesk.recalls.document.shades import DARK, LIGHT, shades_of


def digest_of(content: str) -> str:
    """A short name for what a stylesheet or a logo holds."""
    return sha256(content.encode()).hexdigest()[:12]


def stylesheet(accent: str) -> str:
    """The sheet: it stands in no layer, so it overrides the default shades of both schemes."""
    light, dark = shades_of(accent, LIGHT), shades_of(accent, DARK)
    return (
        f":root{{--accent:{light.act};--accent-tint:{light.tint};"
        f"--accent-dark:{dark.act};--accent-tint-dark:{dark.tint}}}\n"
    )


def theme_url(subject: Subject) -> str:
    """Where the brand's stylesheet is; empty where the recall has the brand no more."""
    if not subject.has_pages:
        return ""
    digest = digest_of(stylesheet(subject.brand.accent))
    return reverse("portal_root:theme", args=[digest, subject.slug, subject.brand.key])


def logo_url(subject: Subject) -> str:
    """Where the brand's logo is; empty where it has none, or the recall has the brand no more."""
    logo = subject.brand.logo
    if not logo or not subject.has_pages:
        return ""
    return reverse("portal_root:logo", args=[digest_of(logo), subject.slug, subject.brand.key])
