"""How many serials a partner is told about, so that its account is no oracle for whoever guesses.

Guarantees: lists, scans, refunds and looks through files of them come from the same room, within
any stretch of a day; what is over is not told at all; of several at once one is counted after the
other. What was told is kept as a number, and no serial.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Sum

from recalldesk.accounts.models import Partner
from recalldesk.claims.models import ToldLines
from recalldesk.foundation import clock
from recalldesk.sealing.fields_of_rows import digest
from recalldesk.stock.speaking import held_partner

A_DAY = timedelta(days=1)
MOST_TOLD_A_DAY = 10_000
"""Ten whole lists; a scan every three seconds for eight hours."""


@transaction.atomic
def may_be_told(partner: Partner, serials: int) -> bool:
    """Counts them as told; False, and nothing counted, where the day has no room for all. Call it
    before the answers leave."""
    held = held_partner(partner)
    name = f"partner {held.pk}"
    contact = digest(ToldLines, "contact_digest", name)
    rows = ToldLines.objects.filter(contact_digest=contact, at__gt=clock.now() - A_DAY)
    told = int(rows.aggregate(sum=Sum("lines"))["sum"] or 0)
    if told + serials > MOST_TOLD_A_DAY:
        return False
    # Not by the network of its request: owners at the same address are not kept waiting by it.
    network = digest(ToldLines, "network_digest", name)
    ToldLines.objects.create(contact_digest=contact, network_digest=network, lines=serials)
    return True
