"""Who asked to hear no more of a recall's growth, also where a legal hold keeps the wish.

Guarantee: what the journal outside the database says counts, so that it counts after a restore;
somebody who asked to be told again since is not forgotten.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from recalldesk.outreach.models import GrowthWatch
from recalldesk.remedies import journal

FORGOTTEN = "wish_forgotten"
"""The lines of the journal that name, by digest, who is not to come back by a restore."""


def forgotten_at() -> Mapping[bytes, datetime]:
    """When each contact asked to be forgotten last."""
    lines = journal.lines(FORGOTTEN)
    return {bytes.fromhex(line["contact"]): datetime.fromisoformat(line["at"]) for line in lines}


def given_up() -> list[int]:
    """The wishes that are there, as a hold keeps them, of whoever asked to be forgotten since:
    nobody is written to because of them."""
    forgotten = forgotten_at()
    rows = GrowthWatch.objects.filter(contact_digest__in=list(forgotten))
    found = rows.values_list("pk", "contact_digest", "asked_at")
    return [pk for pk, digest, asked_at in found if asked_at <= forgotten[bytes(digest)]]


def standing_wishes() -> QuerySet[GrowthWatch]:
    """Those of whoever still wants to be told: also who was told already that the recall grew, for
    it may grow again. Of which version they were told, their notices say."""
    return GrowthWatch.objects.exclude(pk__in=given_up())
