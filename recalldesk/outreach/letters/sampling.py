"""A letter of a wave to somebody made up: to be looked at before any is printed.

Guarantee: set by the same code as a print file; nobody's name, address or purchase is in it.
"""

from recalldesk.foundation import clock
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.letters.typesetting import Letter, PrintFile, paper_for
from recalldesk.outreach.letters.version import version_of
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import Way
from recalldesk.outreach.waves.sampling import sample

REFERENCE = "EXAMPLE"
ADDRESS = ("A. Made-Up Recipient", "1 Example Street", "EXAMPLE CITY 00000")


def sample_letter(wave: Wave, language: str) -> PrintFile:
    """The letter. Raises LettersRefused, TextRefused."""
    published = version_of(wave)
    document = published.document
    words = sample(wave, document, Way.LETTER, language)
    keys = Audience.from_stored(wave.audience).products
    now = clock.now()
    letter = Letter(
        reference=REFERENCE,
        address=ADDRESS,
        language=words.language,
        headline=words.subject,
        paragraphs=words.paragraphs,
        link=words.link,
        brand=words.brand.key,
        products=(keys[0] if keys else document.products[0].key,),
    )
    return PrintFile(
        title=f"{wave.recall.slug}, wave {wave.number}, example",
        paper=paper_for(document.countries[0]),
        dated=now.date(),
        made_at=now,
        published=published,
        letters=(letter,),
    )
