"""What was claimed is answered for also once the claim is erased, and tied to nobody any more.

Guarantees: a purchaser's contact counts as answered for as many units as were claimed, and nothing
leads from it to the claim: the row bears no day of its own, and is in no log. It is in no figure of
answers. It never speaks of more units than the claim did: where it cannot be said whose they were
by one contact that all who were tied have alone, nothing is written, and a reminder goes.
"""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q

from recalldesk.claims.models import Filing
from recalldesk.outreach.models import Answer, DirectNotice, NoticeFiling
from recalldesk.outreach.resting import SPEAKS_FOR_NOTHING
from recalldesk.outreach.states import AnswerKind
from recalldesk.purchasers.models import ContactPoint, Purchaser

GIVEN = Q(at__gte=F("notice__made_at"))
"""Answers that somebody gave."""
BEFORE_IT = timedelta(microseconds=1)


@transaction.atomic
def keep_answered(filing: Filing, purchasers: Collection[int]) -> bool:
    """Call it before the ties of a filing go that was erased. Whether something was written."""
    if NoticeFiling.objects.filter(filing=filing).exists():
        return False  # it counts by the notice, now as before
    units = filing.claims.exclude(state__in=SPEAKS_FOR_NOTHING).count()
    notice = _notice_of(filing.recall_id, purchasers) if units else None
    if notice is None:
        return False
    standing = notice.answers.filter(~GIVEN, kind=AnswerKind.DONE_ALREADY, undone_at=None).first()
    if standing is not None:
        Answer.objects.filter(pk=standing.pk).update(units=F("units") + units)
        return True
    Answer.objects.create(
        notice=notice, kind=AnswerKind.DONE_ALREADY, units=units, at=notice.made_at - BEFORE_IT
    )
    return True


def _notice_of(recall_id: int, purchasers: Collection[int]) -> DirectNotice | None:
    """The notice that bears it: the one that does already, else the first that is not answered
    with the same by whom it went to."""
    digests = _contacts_of_all(recall_id, purchasers)
    rows = DirectNotice.objects.select_for_update(of=("self",)).filter(
        recall_id=recall_id, contact_digest__in=digests, passed_on_by=None, wish=None
    )
    notices = {each.pk: each for each in rows.order_by("pk")}
    said = Answer.objects.filter(
        notice__in=notices, kind=AnswerKind.DONE_ALREADY, undone_at=None
    ).select_related("notice")
    answered = {each.notice_id: each.is_of_erased for each in said}
    bears = (each for number, each in notices.items() if answered.get(number))
    free = (each for number, each in notices.items() if number not in answered)
    return next(bears, None) or next(free, None)


def _contacts_of_all(recall_id: int, purchasers: Collection[int]) -> list[bytes]:
    """Contacts that each of them has, and nobody who is another person."""
    persons = Purchaser.objects.filter(pk__in=purchasers).values_list("person_id", flat=True)
    theirs = ContactPoint.objects.filter(recall_id=recall_id, purchaser__in=purchasers)
    points = ContactPoint.objects.filter(
        recall_id=recall_id, digest__in=list(theirs.values_list("digest", flat=True).distinct())
    )
    holders: dict[bytes, set[int]] = {}
    others: set[bytes] = set()
    persons_of = set(persons)
    for digest, holder, person in points.values_list(
        "digest", "purchaser_id", "purchaser__person_id"
    ):
        holders.setdefault(bytes(digest), set()).add(holder)
        if person not in persons_of:
            others.add(bytes(digest))
    return [each for each, by in holders.items() if by >= set(purchasers) and each not in others]
