"""Section III: consumers who contacted the firm, by phone, e-mail, mail and registration card.

The rows are the contacts that the desk wrote down, which never change; files of registrations by
their moves; and, beside the form, what owners sent by the page.
"""

from collections.abc import Mapping, Sequence

from recalldesk.claims.models import Contact, Filing
from recalldesk.claims.states import Channel, ContactAbout
from recalldesk.reports.progress.cells import incidents
from recalldesk.reports.progress.figures import Figure, Ledger, Section, Told

NAME, FILINGS = "contacts", "filings"
SAYS = (
    "Contacts that the desk wrote down, each once, with or without a claim: it is of the day, of "
    "UTC, on which it was written here."
)


def _figure(channel: Channel, title: str, *, is_beside: bool = False) -> Figure:
    name = f"contacted-{channel.value}"
    parts = frozenset({channel.value})
    return Figure(name, Section.CONTACTED, title, SAYS, NAME, parts, is_beside)


PHONE = _figure(Channel.PHONE, "By phone")
EMAIL = _figure(Channel.EMAIL, "By e-mail")
LETTER = _figure(Channel.LETTER, "By mail")
CARD = Figure(
    "contacted-card",
    Section.CONTACTED,
    "By registration card",
    "Registrations and warranties of affected units in files that were brought in; of the day, of "
    "UTC, on which the file came, and taken off on the day on which it was taken back.",
    incidents.NAME,
    frozenset({"registrations"}),
)
SHOP = _figure(Channel.SHOP, "Consumers who came by way of a shop", is_beside=True)
PAGE = Figure(
    "contacted-page",
    Section.CONTACTED,
    "Requests for a remedy by the web page",
    "Requests that owners sent by the recall's page, for one unit or several; of the day, of UTC, "
    "on which they were sent.",
    FILINGS,
    frozenset({"page"}),
    is_beside=True,
)
BEFORE = Figure(
    "contacted-before",
    Section.CONTACTED,
    "Requests for a remedy before the takeover",
    "Requests that owners sent while the recall was run by another system, in whatever way; of the "
    "day, of UTC, on which they were taken over. They stand in no other figure of these.",
    FILINGS,
    frozenset({"before"}),
    is_beside=True,
)
FIGURES: tuple[Figure, ...] = (PHONE, EMAIL, LETTER, CARD, SHOP, PAGE, BEFORE)


def _told(numbers: Sequence[int]) -> Mapping[int, Told]:
    rows = Contact.objects.filter(pk__in=numbers).defer("sealed_note")
    return {
        row.pk: Told(
            (
                row.pk,
                str(Channel(row.channel).label),
                str(ContactAbout(row.about).label),
                f"{row.happened_at:%Y-%m-%d}",
            ),
            kind="contact",
            key=str(row.pk),
        )
        for row in rows
    }


def _filings(numbers: Sequence[int]) -> Mapping[int, Told]:
    rows = Filing.objects.filter(pk__in=numbers).only("reference", "country", "language")
    return {
        row.pk: Told(
            (row.reference, row.country, row.language), kind="claim", key=f"{row.reference}/1"
        )
        for row in rows
    }


LEDGER = Ledger(
    NAME,
    """
    SELECT channel AS part, id AS number, 1 AS adds, at
    FROM claims_contact WHERE recall_id = %(recall)s
    """,
    ("Contact", "By", "About", "Came on"),
    _told,
)


PAGE_LEDGER = Ledger(
    FILINGS,
    """
    SELECT 'page' AS part, id AS number, 1 AS adds, filed_at AS at
    FROM claims_filing
    WHERE recall_id = %(recall)s AND filed_at IS NOT NULL AND channel = 'page' AND id NOT IN (
        SELECT c.filing_id FROM takeover_takenclaim t JOIN claims_claim c ON c.id = t.claim_id
        WHERE t.recall_id = %(recall)s)
    UNION ALL
    SELECT 'before', c.filing_id, 1, min(f.at)
    FROM takeover_takenclaim t JOIN claims_claim c ON c.id = t.claim_id
    JOIN takeover_takeoverfile f ON f.id = t.file_id
    WHERE t.recall_id = %(recall)s GROUP BY c.filing_id
    """,
    ("Claim", "Country", "Language"),
    _filings,
)
