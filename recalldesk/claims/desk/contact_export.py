"""The list of contacts as a file.

Guarantees: as of any list, who took it, why and how many rows stands in the log before the first
byte leaves; what was said, and whoever said it, stands in no column.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk.contact_list import ContactFilters, contacts_in, row_of
from recalldesk.claims.desk_queue.exporting import AT_ONCE, Export, hand_out
from recalldesk.claims.models import Contact, ListExport
from recalldesk.claims.states import SheetForm
from recalldesk.foundation.sheets import Cell, Heading

LOGGED_AS = "contacts?"
"""With what the query of such an export begins in the log: the queue's own begin otherwise."""
TITLES = ("Number", "When (UTC)", "How", "About", "Claim", "Recall", "Noted by", "Has a note")


def named(filters: ContactFilters) -> dict[str, str]:
    """What a list is narrowed to, as it stands in an address."""
    names = ("recall", "channel", "about", "day")
    return {name: str(value) for name in names if (value := getattr(filters, name))}


def contacts_counted(filters: ContactFilters, *, by: Staff) -> int:
    """How many contacts an export would hold now. Raises NotPermitted."""
    require(by, Permission.EXPORT_LIST)
    return contacts_in(filters).count()


def export_contacts(*, filters: ContactFilters, by: Staff, form: SheetForm, reason: str) -> Export:
    """Begins to hand out the contacts, the newest first.

    Raises NotPermitted, NoReasonForExport, TooManyForWorkbook.
    """
    require(by, Permission.EXPORT_LIST)
    rows = contacts_in(filters)
    return hand_out(
        ListExport(
            by=by,
            query=LOGGED_AS + urlencode(named(filters)),
            form=form,
            columns=list(TITLES),
            is_personal=False,
            expected=rows.count(),
        ),
        name="contacts",
        headings=[Heading(title) for title in TITLES],
        rows=_cells(rows),
        reason=reason,
    )


def _cells(rows: QuerySet[Contact]) -> Iterator[list[Cell]]:
    for contact in rows.iterator(chunk_size=AT_ONCE):
        row = row_of(contact)
        yield [
            row.contact_id,
            row.happened_at.isoformat(timespec="seconds"),
            row.channel.value,
            row.about.value,
            row.reference,
            row.recall,
            row.by,
            "yes" if row.has_note else "no",
        ]
