"""From an address of a wave's letters to the print file that it names."""

from django.http import Http404

from recalldesk.outreach.letters.contents import file_numbered
from recalldesk.outreach.letters.errors import NoSuchLetterFile
from recalldesk.outreach.models import LetterFile, Wave

LARGEST = 2**31


def file_named(wave: Wave, number: int) -> LetterFile:
    """That print file of the wave. Raises Http404."""
    try:
        if number >= LARGEST:
            raise Http404
        return file_numbered(wave, number)
    except NoSuchLetterFile as missing:
        raise Http404 from missing
