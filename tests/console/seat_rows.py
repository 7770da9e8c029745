"""A made-up recall of which an authority sees something on every page of its seat."""

from pathlib import Path

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.incidents.importing.run import import_reports
from recalldesk.inquiries.answering import answer, promise
from recalldesk.inquiries.asking import ask
from recalldesk.inquiries.attaching import scan_attachment
from recalldesk.inquiries.giving import SeatAsked, give_seat
from recalldesk.inquiries.models import Question
from recalldesk.inquiries.wording import Said
from recalldesk.recalls.models import Recall
from recalldesk.remedies.corrections.states import Level, Measure
from recalldesk.stock.states import Kind
from tests.cast import SERIALS
from tests.console.purchasers_rows import made_rows
from tests.remedies.corrections.reported import report
from tests.stock.at_a_shop import says, shop, told

REPORTS = (
    "Report No.,Report Date,Incident Description,Happened,Care\n"
    "M-1,2025-01-05,It burnt in Madeup Street (made up).,fire,hospital\n"
    "M-2,2025-04-05,It smoked (made up).,smoke,\n"
)
SAYS = "It burnt in Madeup Street"
"""Words of an owner, which no page of a seat shows."""


def made_figures(recall: Recall, by: Staff, folder: Path) -> None:
    """Corrections, purchases, incidents and stock."""
    for serial in SERIALS[1:3]:
        report(recall, by, serial)
    report(recall, by, units=500, level=Level.RETAILER, measure=Measure.DESTROYED)
    made_rows(recall, by)
    path = folder / "reports.csv"
    path.write_text(REPORTS, encoding="utf-8")
    import_reports(recall=recall, path=path, by=by)
    for name, units in (("Madeup Market", 40), ("Madeup North", 5)):
        partner = shop(by, name)
        told(recall, partner, by)
        says(recall, partner, Kind.ON_HAND, units, f"hand-{units}")
        says(recall, partner, Kind.DESTROYED, units * 2, f"gone-{units}")


def made_questions(recall: Recall, greta: Staff, by: Staff) -> list[Question]:
    """One that is answered, one that is promised, one that nobody has looked at."""
    give_seat(email=greta.email, asked=SeatAsked(recall, "CPSC"), by=by)
    today = clock.now().date()
    said = (
        Said("How many kettles came back", "How many came back in October?"),
        Said("Stock", "Where is the stock?", f"/desk/seat/{recall.slug}/corrections/"),
        Said("Fires", "Which fires were reported to you?"),
    )
    first, second, third = (ask(by=greta, recall=recall, said=each) for each in said)
    document = [[b"%PDF-1.7 made up"], [b"\x89PNG\r\n\x1a\nmade up"]]
    answer(number=first.pk, text="Nine kettles came back.", by=by, files=document)
    scan_attachment(1)
    promise(number=second.pk, day=today, by=by)
    return [first, second, third]
