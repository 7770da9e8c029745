"""Notices of which nothing is in the recall any more, as a person is about to print or call.

Guarantee: one to a later owner, or to somebody who asked to be told, is never among them.
"""

from collections.abc import Collection

from django.db.models import F

from recalldesk.outreach.models import NamedPurchase


def let_go_among(notice_ids: Collection[int]) -> frozenset[int]:
    """Of these, those of which every purchase is covered no more or came back."""
    named = NamedPurchase.objects.filter(notice_id__in=notice_ids, notice__wish=None)
    out_there = named.filter(
        purchase__unmatched_at=None, purchase__units__gt=F("purchase__units_back")
    )
    of_some = set(named.values_list("notice_id", flat=True))
    return frozenset(of_some - set(out_there.values_list("notice_id", flat=True)))
