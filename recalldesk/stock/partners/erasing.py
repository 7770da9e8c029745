"""Whom we wrote to at a partner is erased after the partner ended.

Guarantees: the partner stays by its name, with all that it told; what a legal hold names stays.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from recalldesk.accounts.models import Partner, PartnerLink, PartnerPass
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.keeping.erasers import Eraser, register_eraser
from recalldesk.keeping.held import held_rows
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.standing_still import lock_erasing
from recalldesk.keeping.states import Reached, Thing, Why
from recalldesk.keeping.stubs import note_erased
from recalldesk.keeping.terms import old_before
from recalldesk.keeping.things import HELD, Found, Named, Preview, register_thing
from recalldesk.stock.models import StopSale

ENDED, ERASED = "ended", "erased"


def partners_due(now: datetime) -> QuerySet[Partner]:
    """Those that ended long enough ago, held or not."""
    return _telling().filter(ended_at__lte=old_before(Kind.PARTNERS, now, country="country"))


def partners_held() -> Q:
    """Those that a legal hold keeps. A partner is of no recall: a hold on a recall names none."""
    return held_rows([Kind.PARTNERS], country="country", of=Reached.PARTNER)


def _telling() -> QuerySet[Partner]:
    said = StopSale.objects.filter(sealed_said_by__gt=b"").values("partner_id")
    tells = Q(sealed_person__gt=b"") | Q(sealed_email__gt=b"") | Q(sealed_phone__gt=b"")
    return Partner.objects.filter(tells | Q(pk__in=said))


@transaction.atomic
def _erase_old(numbers: Sequence[int], why: Why) -> int:
    lock_erasing()
    due = partners_due(clock.now()).filter(pk__in=numbers)
    return sum(erase_partner(number, why) for number in due.values_list("pk", flat=True))


def erase_partner(number: int, why: Why) -> bool:
    """Erases one partner's person, in the transaction of a caller that holds `lock_erasing`. False
    where a hold keeps it, or it is still a partner."""
    rows = _telling().filter(pk=number, ended_at__isnull=False).exclude(partners_held())
    held = Partner.objects.select_for_update().filter(pk__in=rows.values("pk")).first()
    if held is None:
        return False
    Partner.objects.filter(pk=number).update(sealed_person=b"", sealed_email=b"", sealed_phone=b"")
    StopSale.objects.filter(partner=number).update(sealed_said_by=b"")
    PartnerLink.objects.filter(partner=number).delete()
    PartnerPass.objects.filter(partner=number).delete()
    record_change(
        subject=Subject.PARTNER,
        subject_id=number,
        from_state=ENDED,
        to_state=ERASED,
        reason=Reason.KEPT_LONG_ENOUGH if why is Why.TERM else Reason.ERASED,
        actor=Actor.MACHINE,
    )
    note_erased(Kind.PARTNERS, thing=Thing.PARTNER, number=number, recall_id=None, why=why)
    return True


def preview(number: int) -> Preview:
    """What an erasure of a partner's person before its day takes, and what stays."""
    partner = _telling().filter(pk=number).first()
    if partner is None:
        return Preview((), (), "Nothing is left of this partner's person to be erased.")
    return Preview(
        goes=("the contact person, e-mail address and phone number", "who confirmed stop-sales"),
        stays=("the partner's name", "all that it reported, and when", "the log"),
        waits=_what_waits(partner),
    )


def _what_waits(partner: Partner) -> str:
    if Partner.objects.filter(partners_held(), pk=partner.pk).exists():
        return HELD
    return "" if partner.ended_at else "It is still a partner: end it first."


def _found(partner: Partner | None) -> Found | None:
    if partner is None:
        return None
    identity = f"{partner.name} {partner.added_at.isoformat()}"
    return Found(partner.pk, partner.name, None, partner.country, identity)


def partner_at(number: int) -> Found | None:
    """A partner by its number."""
    return _found(Partner.objects.filter(pk=number).first())


def partner_named(text: str) -> Found | None:
    """The newest partner of a name."""
    return _found(Partner.objects.filter(name__iexact=text).order_by("-pk").first())


def register() -> None:
    """Says how partners are found, and when their persons are erased."""
    register_thing(
        Thing.PARTNER,
        Named(
            find=partner_named,
            at=partner_at,
            preview=preview,
            erase=erase_partner,
            hint="Give its name, as the list of partners shows it.",
        ),
    )
    register_eraser(
        Eraser(
            "stock.partners",
            Kind.PARTNERS,
            partners_due,
            partners_held,
            recall="",
            country="country",
            erase=_erase_old,
        )
    )
