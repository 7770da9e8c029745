"""Gathers the proof of one purchaser from rows, and says in one sentence what it proves.

Guarantees: nothing is shown in full to whoever may not see it, and each look in full stands in the
log first, with why; a notice that names a purchase of theirs is never left out, whoever shares the
contact to which it went.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.models import Filing
from recalldesk.claims.states import FilingState
from recalldesk.foundation import clock
from recalldesk.matching.matches.reasons import MatchReason
from recalldesk.outreach.models import DirectNotice, NamedPurchase, Suppressed, ToldOrder
from recalldesk.outreach.proof.noticed import noticed
from recalldesk.outreach.proof.parts import (
    FoundAt,
    NotWritten,
    Proof,
    ProvenContact,
    ProvenNotice,
    ProvenPurchase,
    ProvenTelling,
)
from recalldesk.outreach.states import WAYS_TO, NoticeState, OrderTold, Suppression, Way
from recalldesk.purchasers.errors import NoSuchPurchaser
from recalldesk.purchasers.looking import show_in_full
from recalldesk.purchasers.models import ContactPoint, Join, OrderFile, Purchase, Purchaser
from recalldesk.purchasers.reads.shown import ShownContact, shown
from recalldesk.purchasers.reads.story import FoundIn, bought_by
from recalldesk.purchasers.states import ContactKind
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened

KNOWN = {str(each): each.words for each in MatchReason}


@dataclass(frozen=True)
class _Asked:
    """Whose proof it is, and how much of it is opened."""

    recall: Recall
    purchaser: Purchaser
    in_full: bool


@transaction.atomic
def proof_of(recall: Recall, number: int, *, by: Staff, full_because: str = "") -> Proof:
    """The proof of a purchaser: masked, or in full where `full_because` says why, which is logged.

    Raises NotPermitted, NoSuchPurchaser, SealingError.
    """
    require(by, Permission.SEE_PURCHASERS)
    purchaser = Purchaser.objects.filter(recall=recall, pk=number).first()
    if purchaser is None:
        raise NoSuchPurchaser(
            f"{recall.slug} has no purchaser {number}.",
            f"`recalldesk purchasers find {recall.slug}` finds a number; without one, "
            "`recalldesk purchasers proof` writes those of all of them.",
        )
    if full_because:
        show_in_full(recall=recall, number=number, by=by, reason=full_because)
    asked = _Asked(recall, purchaser, bool(full_because))
    contacts = list(ContactPoint.objects.filter(purchaser=purchaser).order_by("kind", "pk"))
    seen = shown([purchaser], in_full=asked.in_full)[number]
    purchases = _purchases(asked)
    notices = noticed(_notices(asked, contacts, purchases), in_full=asked.in_full)
    tellings = _tellings(purchases)
    return Proof(
        recall=recall.slug,
        purchaser=number,
        name=seen.name,
        country=seen.country,
        same_person=tuple(
            Purchaser.objects.filter(person_id=purchaser.person_id)
            .exclude(pk=number)
            .order_by("pk")
            .values_list("pk", flat=True)
        ),
        contacts=_contacts(contacts, seen.contacts, notices),
        purchases=purchases,
        notices=notices,
        tellings=tellings,
        not_written=_not_written(recall, contacts, seen.contacts),
        filings=_filings(purchaser, notices),
        conclusion=conclusion(purchases, notices, tellings),
        in_full=asked.in_full,
        made_at=clock.now(),
        made_by=by.name,
    )


def conclusion(
    purchases: Sequence[ProvenPurchase],
    notices: Sequence[ProvenNotice],
    tellings: Sequence[ProvenTelling],
) -> str:
    """What the rows prove, and no more."""
    covered = {each.number for each in purchases if each.covered}
    if not covered:
        return "The live version covers no purchase of this purchaser."
    sent = [each for each in notices if each.state == NoticeState.SENT]
    told = covered & {number for each in sent for number in each.purchases}
    by_shop = covered & {e.purchase for e in tellings if e.outcome == OrderTold.TOLD} - told
    said = []
    if told:
        days = [each.sent_at or each.made_at for each in sent if covered & {*each.purchases}]
        said.append(f"{len(told)} told directly, first on {min(days):%d %B %Y at %H:%M} UTC")
    if by_shop:
        said.append(f"{len(by_shop)} told by the shop, as the shop says")
    if rest := len(covered) - len(told) - len(by_shop):
        said.append(f"{rest} not told so far")
    of = "1 affected purchase" if len(covered) == 1 else f"{len(covered)} affected purchases"
    return f"Of {of}: {', '.join(said)}."


def _purchases(asked: _Asked) -> tuple[ProvenPurchase, ...]:
    """Those of this purchaser, and those that a file says to be theirs."""
    bought = bought_by(asked.recall, [asked.purchaser.pk])
    rows = Purchase.objects.in_bulk([each.purchase.number for each in bought])
    files = {found.file for each in bought for found in each.found_in}
    digests = dict(OrderFile.objects.filter(pk__in=files).values_list("pk", "file_sha256"))
    return tuple(
        _purchase(rows[each.purchase.number], each.found_in, digests, in_full=asked.in_full)
        for each in bought
    )


def _purchase(
    row: Purchase, found: Iterable[FoundIn], digests: Mapping[int, str], *, in_full: bool
) -> ProvenPurchase:
    return ProvenPurchase(
        number=row.pk,
        product=row.product,
        channel=row.channel,
        units=row.units,
        units_back=row.units_back,
        ordered_on=row.ordered_on,
        country=row.country,
        match=row.strength,
        reasons=tuple(KNOWN.get(each, each) for each in row.reasons),
        covered=row.unmatched_at is None,
        order=opened(row, "sealed_order") if in_full else "",
        serial=opened(row, "sealed_serial") if in_full else "",
        found=tuple(
            FoundAt(
                file=each.file,
                sha256=digests[each.file],
                channel=each.channel,
                kind=each.kind,
                taken_at=each.at,
                line=each.line,
                units=each.units,
                units_back=each.units_back,
            )
            for each in found
        ),
    )


def _notices(
    asked: _Asked, contacts: Sequence[ContactPoint], purchases: Sequence[ProvenPurchase]
) -> list[DirectNotice]:
    """Those to one of the contacts, and those that name one of the purchases."""
    naming = NamedPurchase.objects.filter(purchase__in=[each.number for each in purchases])
    rows = DirectNotice.objects.filter(recall_id=asked.recall.pk).filter(
        Q(contact_digest__in=[bytes(each.digest) for each in contacts])
        | Q(pk__in=naming.values("notice_id"))
    )
    return list(rows.select_related("wave__version", "wave__approved_by").order_by("made_at", "pk"))


def _contacts(
    rows: Sequence[ContactPoint],
    seen: Sequence[ShownContact],
    notices: Sequence[ProvenNotice],
) -> tuple[ProvenContact, ...]:
    to = DirectNotice.objects.filter(pk__in=[each.number for each in notices])
    by_contact: dict[bytes, list[int]] = {}
    for number, digest in to.order_by("pk").values_list("pk", "contact_digest"):
        by_contact.setdefault(bytes(digest), []).append(number)
    return tuple(
        ProvenContact(row.kind, each.value, tuple(by_contact.get(bytes(row.digest), ())))
        for row, each in zip(rows, seen, strict=True)
    )


def _tellings(purchases: Sequence[ProvenPurchase]) -> tuple[ProvenTelling, ...]:
    rows = ToldOrder.objects.filter(purchase__in=[each.number for each in purchases])
    return tuple(
        ProvenTelling(
            shop=each.telling.shop,
            number=each.telling.number,
            purchase=each.purchase_id,
            outcome=each.outcome,
            asked_at=each.telling.made_at,
            said_at=each.at,
        )
        for each in rows.select_related("telling").order_by("pk")
    )


def _not_written(
    recall: Recall, rows: Sequence[ContactPoint], seen: Sequence[ShownContact]
) -> tuple[NotWritten, ...]:
    """Of the contacts, those that are not written to, in the ways that would reach them."""
    by_digest = {
        bytes(row.digest): (WAYS_TO[ContactKind(row.kind)], each.value)
        for row, each in zip(rows, seen, strict=True)
    }
    found = Suppressed.objects.filter(
        Q(recall=recall) | Q(recall=None), contact_digest__in=list(by_digest), lifted_at=None
    )
    return tuple(
        NotWritten(
            way=Way(each.way).label,
            to=by_digest[bytes(each.contact_digest)][1],
            reason=Suppression(each.reason).label,
            everywhere=each.recall_id is None,
            at=each.at,
        )
        for each in found.order_by("pk")
        if Way(each.way) in by_digest[bytes(each.contact_digest)][0]
    )


def _filings(purchaser: Purchaser, notices: Sequence[ProvenNotice]) -> tuple[str, ...]:
    joined = Join.objects.filter(Q(first=purchaser) | Q(second=purchaser), filing__isnull=False)
    rows = Filing.objects.filter(pk__in=joined.values("filing_id"), state=FilingState.FILED)
    tied = set(rows.values_list("reference", flat=True))
    return tuple(sorted(tied | {each for notice in notices for each in notice.filings}))
