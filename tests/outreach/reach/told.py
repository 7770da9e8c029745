"""Notices as a wave leaves them, made by hand: which purchase each names and what became of it."""

from recalldesk.outreach.models import DirectNotice, NamedPurchase, Wave
from recalldesk.outreach.states import NoticeState, WaveKind, WaveState, Way
from recalldesk.purchasers.models import ContactPoint, Purchase
from recalldesk.purchasers.states import ContactKind
from recalldesk.recalls.models import Recall

KINDS = {
    Way.EMAIL: ContactKind.EMAIL,
    Way.SMS: ContactKind.PHONE,
    Way.LETTER: ContactKind.ADDRESS,
    Way.PHONE: ContactKind.PHONE,
}


def a_wave(recall: Recall, number: int = 1, kind: WaveKind = WaveKind.FIRST) -> Wave:
    """A wave that was sent."""
    return Wave.objects.create(
        recall=recall,
        number=number,
        name=f"Wave {number}",
        kind=kind,
        ways=list(Way),
        state=WaveState.DONE,
    )


def a_notice(
    wave: Wave, purchase: Purchase, way: Way, state: NoticeState = NoticeState.SENT
) -> DirectNotice:
    """A notice that names a purchase, to a contact of its buyer."""
    contact = ContactPoint.objects.filter(purchaser=purchase.purchaser, kind=KINDS[way]).first()
    assert contact is not None, "the buyer cannot be reached in this way"
    notice = DirectNotice.objects.create(
        wave=wave,
        recall_id=wave.recall_id,
        contact=contact,
        purchaser=purchase.purchaser,
        kind=contact.kind,
        contact_digest=bytes(contact.digest),
        way=way,
        language="en",
        state=state,
    )
    NamedPurchase.objects.create(notice=notice, purchase=purchase)
    return notice
