"""Purchasers, to whom notices went, and who asked to be told are erased after their terms.

Guarantees: nothing goes while the recall is open, or while a notice of theirs still waits; rows
stay, so that who was told, by what way and when can be counted for ever.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.keeping.erasers import Eraser, register_eraser
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.standing_still import lock_erasing
from recalldesk.keeping.states import Reached, Thing, Why
from recalldesk.keeping.stubs import note_each_erased, note_rows_erased
from recalldesk.keeping.terms import old_before
from recalldesk.keeping.things import HELD, Found, Named, Preview, register_reach, register_thing
from recalldesk.keeping.waiting import register_carried_out
from recalldesk.outreach.actions import forget_again, forget_wish, notices_held, wishes_held
from recalldesk.outreach.models import Answer, Call, DirectNotice, GrowthWatch, ToldByHand
from recalldesk.outreach.states import NoticeState
from recalldesk.purchasers.erasing import empty_purchasers, purchasers_held, purchasers_telling
from recalldesk.purchasers.models import ContactPoint, Purchaser
from recalldesk.recalls.models import Recall

FOUND, ERASED = "found", "erased"
"""What the log says of a purchaser."""
ON_ITS_WAY = (NoticeState.WAITING, NoticeState.PRINTED)
AT_ONCE = 500
LONGEST_NUMBER = 18
Held = Mapping[Thing, Collection[Any]]


def purchasers_due(now: datetime) -> QuerySet[Purchaser]:
    """Those whose recall closed, and who were written to last, long enough ago."""
    old = old_before(Kind.PURCHASERS, now, recall="recall_id", country="country")
    of_them = DirectNotice.objects.alias(at=_ended()).filter(purchaser=OuterRef("pk"))
    still = of_them.filter(Q(state__in=ON_ITS_WAY) | Q(at__gt=OuterRef("old")))
    rows = purchasers_telling().filter(recall__closed_at__lte=old).annotate(old=old)
    return rows.exclude(Exists(still))


def notices_due(now: datetime) -> QuerySet[DirectNotice]:
    """Notices of closed recalls that ended long enough ago, and still say to whom they went."""
    old = old_before(Kind.NOTICES, now, recall="recall_id", country="country")
    closed = Recall.objects.filter(pk=OuterRef("recall_id"), closed_at__lte=OuterRef("old"))
    notes = (Call, ToldByHand)
    tells = Q(sealed_to__gt=b"") | Q(sealed_token__gt=b"")
    for model in notes:
        said = model._base_manager.filter(notice=OuterRef("pk"), sealed_note__gt=b"")
        tells |= Q(Exists(said))
    tells |= Q(Exists(Answer.objects.filter(notice=OuterRef("pk"), sealed_next__gt=b"")))
    rows = DirectNotice.objects.filter(tells).exclude(state__in=ON_ITS_WAY).annotate(old=old)
    return rows.alias(at=_ended()).filter(Exists(closed), at__lte=old)


def wishes_due(now: datetime) -> QuerySet[GrowthWatch]:
    """Wishes about recalls that closed long enough ago."""
    old = old_before(Kind.WISHES, now, recall="recall_id")
    return GrowthWatch.objects.filter(recall__closed_at__lte=old, asked_at__lte=old)


def _ended() -> Coalesce:
    return Coalesce("ended_at", "sent_at", "made_at")


@transaction.atomic
def _erase_purchasers(numbers: Sequence[int], why: Why) -> int:
    lock_erasing()
    rows = purchasers_due(clock.now()).filter(pk__in=numbers).exclude(purchasers_held())
    return _emptied(rows, why)


def _emptied(rows: QuerySet[Purchaser], why: Why) -> int:
    """Empties purchasers, each with a row of the log, and what was written to them."""
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    found = list(Purchaser.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))
    empty_purchasers(numbers)
    _empty_notices(DirectNotice.objects.filter(purchaser__in=numbers).exclude(notices_held()))
    for each in found:
        record_change(
            subject=Subject.PURCHASER,
            subject_id=each.pk,
            from_state=FOUND,
            to_state=ERASED,
            reason=Reason.KEPT_LONG_ENOUGH if why is Why.TERM else Reason.ERASED,
            actor=Actor.MACHINE,
            recall_id=each.recall_id,
        )
    for recall_id in {each.recall_id for each in found}:
        of_recall = [each.pk for each in found if each.recall_id == recall_id]
        note_each_erased(
            Kind.PURCHASERS,
            thing=Thing.PURCHASER,
            numbers=of_recall,
            recall_id=recall_id,
            why=why,
        )
    return len(found)


def _empty_notices(notices: QuerySet[DirectNotice]) -> None:
    numbers = list(notices.values_list("pk", flat=True))
    Call.objects.filter(notice__in=numbers).update(sealed_note=b"")
    ToldByHand.objects.filter(notice__in=numbers).update(sealed_note=b"")
    Answer.objects.filter(notice__in=numbers).update(sealed_next=b"")
    DirectNotice.objects.filter(pk__in=numbers).update(sealed_to=b"", sealed_token=b"")


@transaction.atomic
def _erase_notices(numbers: Sequence[int], why: Why) -> int:
    lock_erasing()
    due = notices_due(clock.now()).filter(pk__in=numbers).exclude(notices_held())
    rows = DirectNotice.objects.filter(pk__in=list(due.values_list("pk", flat=True)))
    count = rows.count()
    _empty_notices(rows)
    note_rows_erased(Kind.NOTICES, count, recall_id=None, why=why)
    return count


@transaction.atomic
def _erase_wishes(numbers: Sequence[int], why: Why) -> int:
    lock_erasing()
    due = wishes_due(clock.now()).filter(pk__in=numbers).exclude(wishes_held())
    wishes = list(due.select_for_update(of=("self",)).order_by("pk"))
    for wish in wishes:
        forget_wish(wish, Actor.MACHINE, None)
    note_rows_erased(Kind.WISHES, len(wishes), recall_id=None, why=why)
    return len(wishes)


def erase_purchaser(number: int, why: Why) -> bool:
    """Erases one purchaser before their day, in the transaction of a caller that holds
    `lock_erasing`. False where a hold keeps them, a notice waits, or nothing is left."""
    rows = purchasers_telling().filter(pk=number).exclude(purchasers_held())
    if not rows.exists() or _waits(number):
        return False
    return bool(_emptied(rows, why))


def _waits(number: int) -> bool:
    return DirectNotice.objects.filter(purchaser=number, state__in=ON_ITS_WAY).exists()


def preview(number: int) -> Preview:
    """What an erasure of a purchaser before their day takes, and what stays."""
    if not purchasers_telling().filter(pk=number).exists():
        return Preview((), (), "Nothing is left of this purchaser to be erased.")
    contacts = ContactPoint.objects.filter(purchaser=number).count()
    notices = DirectNotice.objects.filter(purchaser=number).count()
    return Preview(
        goes=(
            "the name",
            f"{contacts} contact point{'' if contacts == 1 else 's'}",
            "order numbers and serials of what was bought",
            f"to whom {notices} notice{'' if notices == 1 else 's'} went, and notes of calls",
            "the keys by which the same person is found in other files",
        ),
        stays=(
            "what was bought, where, when, and how many",
            "who was told, by what way, when, and what was answered",
            "every row that a figure counts, and the log",
        ),
        waits=_what_waits(number),
    )


def _what_waits(number: int) -> str:
    if Purchaser.objects.filter(purchasers_held(), pk=number).exists():
        return HELD
    return "A notice to this purchaser still waits to be sent." if _waits(number) else ""


def purchaser_at(number: int) -> Found | None:
    """A purchaser by number."""
    found = Purchaser.objects.filter(pk=number).first()
    if found is None:
        return None
    name, identity = f"Purchaser {found.pk}", bytes(found.digest).hex()
    return Found(found.pk, name, found.recall_id, found.country, identity)


def _named(text: str) -> Found | None:
    is_number = text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER
    return purchaser_at(int(text)) if is_number else None


def _notices(held: Held) -> Collection[Any]:
    """Those to a held purchaser, also by a contact that another shares."""
    purchasers = held.get(Thing.PURCHASER, ())
    shared = ContactPoint.objects.filter(purchaser__in=purchasers).values("digest")
    rows = DirectNotice.objects.filter(Q(purchaser__in=purchasers) | Q(contact_digest__in=shared))
    return list(rows.values_list("pk", flat=True))


def register() -> None:
    """Says what of purchasers, notices and wishes is erased by its term."""
    register_thing(
        Thing.PURCHASER,
        Named(
            find=_named,
            at=purchaser_at,
            preview=preview,
            erase=erase_purchaser,
            hint="Give the number, as the page of the purchaser shows it.",
        ),
    )
    register_reach(Reached.NOTICE, _notices)
    register_carried_out(forget_again)
    register_eraser(
        Eraser(
            "outreach.purchasers",
            Kind.PURCHASERS,
            purchasers_due,
            purchasers_held,
            erase=_erase_purchasers,
            country="country",
            at_once=AT_ONCE,
        )
    )
    register_eraser(
        Eraser(
            "outreach.notices",
            Kind.NOTICES,
            notices_due,
            notices_held,
            erase=_erase_notices,
            country="country",
            at_once=AT_ONCE,
        )
    )
    register_eraser(
        Eraser(
            "outreach.wishes",
            Kind.WISHES,
            wishes_due,
            wishes_held,
            erase=_erase_wishes,
            at_once=AT_ONCE,
        )
    )
