"""From an address of a wave's letters and calls to the wave that it names."""

from django.http import Http404

from recalldesk.console.recall_named import recall_or_404
from recalldesk.outreach.letters.contents import file_numbered
from recalldesk.outreach.letters.errors import NoSuchLetterFile
from recalldesk.outreach.models import LetterFile, Wave

LARGEST = 2**31


def wave_named(slug: str, number: int) -> Wave:
    """That wave of that recall. Raises Http404."""
    rows = Wave.objects.select_related("recall", "version").filter(recall=recall_or_404(slug))
    wave = rows.filter(number=number).first() if number < LARGEST else None
    if wave is None:
        raise Http404
    return wave


def file_named(wave: Wave, number: int) -> LetterFile:
    """That print file of the wave. Raises Http404."""
    try:
        if number >= LARGEST:
            raise Http404
        return file_numbered(wave, number)
    except NoSuchLetterFile as missing:
        raise Http404 from missing
