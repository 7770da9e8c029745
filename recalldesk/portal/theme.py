"""A brand's colour as a stylesheet, and its logo, each at an address of its own.

Guarantee: the address changes with the content, so browsers may keep it for a year.
"""

from hashlib import sha256

from django.urls import reverse

from recalldesk.portal.subject import Subject


def digest_of(content: str) -> str:
    """A short name for what a stylesheet or a logo holds."""
    return sha256(content.encode()).hexdigest()[:12]


def stylesheet(accent: str) -> str:
    """The sheet: it stands in no layer, so it overrides the default accent."""
    return f":root{{--accent:{accent}}}\n"


def theme_url(subject: Subject) -> str:
    """Where the brand's stylesheet is."""
    digest = digest_of(stylesheet(subject.brand.accent))
    return reverse("portal_root:theme", args=[digest, subject.slug, subject.brand.key])


def logo_url(subject: Subject) -> str:
    """Where the brand's logo is; empty where it has none."""
    logo = subject.brand.logo
    if not logo:
        return ""
    return reverse("portal_root:logo", args=[digest_of(logo), subject.slug, subject.brand.key])
