"""Those who asked to be told if a recall grows, as a wave reaches them.

Guarantee: somebody who asked under the version of the wave, or under a later one, is told nothing
by it: for them the recall did not grow; nor is whoever asked to be forgotten, though a hold keeps
the wish.
"""

from collections.abc import Iterator

from django.db import connection

from recalldesk.foundation.normal_forms.emails import email_form
from recalldesk.outreach.actions import CONTACT_PURPOSE
from recalldesk.outreach.audience.statements import COPY_WISHES, WISHES
from recalldesk.outreach.forgotten import standing_wishes
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import WAYS_TO, Way
from recalldesk.purchasers.digests import contact_digest, phone_form
from recalldesk.purchasers.states import ContactKind
from recalldesk.sealing import vault

WishRow = tuple[int, str, str, bytes, str]


def gather_wishes(wave: Wave) -> None:
    """Fills `told_wish` for the wave. Raises SealingError."""
    # All are opened before the first is written: while COPY runs, nothing else can be asked.
    rows = list(_wishes(wave))
    with connection.cursor() as cursor:
        cursor.execute(WISHES)
        with cursor.copy(COPY_WISHES) as copy:
            for row in rows:
                copy.write_row(row)


def _wishes(wave: Wave) -> Iterator[WishRow]:
    assert wave.version is not None  # a wave speaks of a version from its draft on
    wishes = standing_wishes().filter(
        recall_id=wave.recall_id, asked_under__number__lt=wave.version.number
    )
    scope = vault.recall_scope(wave.recall_id)
    for wish in wishes.order_by("pk").iterator():
        contact = vault.open_text(bytes(wish.sealed_contact), scope=scope, purpose=CONTACT_PURPOSE)
        kind = ContactKind.EMAIL if "@" in contact else ContactKind.PHONE
        form = email_form(contact) if kind is ContactKind.EMAIL else phone_form(contact)
        for way in (each for each in WAYS_TO[kind] if each in wave.ways and form):
            digest = contact_digest(kind, form)
            yield wish.pk, Way(way).value, kind.value, digest, wish.language
