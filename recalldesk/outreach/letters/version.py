"""Of which version the letters of a wave speak."""

from recalldesk.notices.published import Published, versions_published
from recalldesk.outreach.letters.errors import LettersRefused
from recalldesk.outreach.models import Wave


def version_of(wave: Wave) -> Published:
    """The version of which the wave speaks. Raises LettersRefused."""
    versions = versions_published(wave.recall.slug)
    named = [each for each in versions if each.version_id == wave.version_id]
    if not versions:
        raise LettersRefused(f"{wave.recall.slug} is not published.", "Publish it first.")
    return (named or versions)[-1]


def home_of(wave: Wave) -> str:
    """The country whose letters name none. Raises LettersRefused."""
    return version_of(wave).document.countries[0]
