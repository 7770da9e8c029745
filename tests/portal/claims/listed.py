"""Lists of units that a made-up school sent, for tests of how they are answered and followed."""

from collections.abc import Sequence
from pathlib import Path

from recalldesk.checks.asking import ask
from recalldesk.checks.states import Source
from recalldesk.claims.access import new_link, open_link
from recalldesk.claims.drafting import choose_remedy, give_details
from recalldesk.claims.models import Filing
from recalldesk.claims.submitting import submit_filing
from recalldesk.claims.unit_lists.answering import Answered, answer_list
from recalldesk.claims.unit_lists.claiming import claim_lines
from recalldesk.claims.unit_lists.reading import ListRead, one_a_line, read_list
from recalldesk.claims.unit_lists.sending import Sender, send_list
from recalldesk.recalls.reads import live_recall
from recalldesk.units.verdict.answer import Answer
from tests.portal.claims.filed import ADDRESS
from tests.portal.published import serials_in

SCHOOL = Sender(
    name="Kim Made-Up", organisation="Example School", email="facilities@school.example"
)
LOOK_AGAIN = ("XX-1", "A1263", "1/2 AMB0")
"""None of them has the form of a serial."""


def read(folder: Path, lines: Sequence[str], slug: str = "anker-a1263") -> ListRead:
    """The lines as a page reads them."""
    live = live_recall(slug)
    assert live is not None
    path = folder / "list.txt"
    path.write_text(one_a_line("\n".join(lines), live.document), encoding="utf-8")
    return read_list(path, live.document)


def sent(
    folder: Path,
    lines: Sequence[str],
    *,
    sender: Sender = SCHOOL,
    slug: str = "anker-a1263",
    brand: str = "anker",
) -> Filing:
    """A list that came in, and of which nothing is told yet."""
    live = live_recall(slug)
    assert live is not None
    return send_list(
        live=live,
        brand=brand,
        language="en",
        sender=Sender(sender.name, sender.email, sender.phone, sender.organisation, "US"),
        read=read(folder, lines, slug),
    )


def confirmed(filing: Filing) -> Filing:
    """The same after its owner opened the mailed link."""
    open_link(token=new_link(filing=filing))
    return filing


def asked(serial: str, token: str) -> Answer:
    return ask(serial, source=Source.PAGE, second_look=token)


def answered(filing: Filing, network: str = "203.0.113.7") -> Answered:
    """Looks up what waits."""
    return answer_list(filing_id=filing.pk, network=network, ask=asked)


def claimed(filing: Filing, *, remedy: str = "power-bank") -> Filing:
    """The list after its owner claimed for all of it."""
    claim_lines(filing_id=filing.pk)
    choose_remedy(filing_id=filing.pk, remedy_key=remedy)
    give_details(filing_id=filing.pk, address=ADDRESS)
    return submit_filing(filing_id=filing.pk)


def a_school(folder: Path, *, first: int = 40, units: int = 12) -> Filing:
    """A list that was answered: most is recalled, some is to be looked at again."""
    serials = serials_in(folder, "a1263")[first : first + units]
    filing = confirmed(sent(folder, (*serials, serials[0], *LOOK_AGAIN, "00000000000000ZZ")))
    answered(filing)
    return filing
