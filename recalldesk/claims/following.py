"""What an owner does with a claim that was sent.

Guarantees: what was ordered already is not changed behind the desk's back; whoever changes where
something goes gave a code mailed a moment ago; each change is logged and told to the owner.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext, override

from recalldesk.accounts.models import Staff
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.access import is_fresh, new_link
from recalldesk.claims.desk.cases import take_remedy_back
from recalldesk.claims.desk.undoing import take_back_untold
from recalldesk.claims.drafting import set_details
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.filing_keys import keep_keys
from recalldesk.claims.holding import hold_unit
from recalldesk.claims.letters import mail_changed, mail_stage
from recalldesk.claims.locking import filed
from recalldesk.claims.looked_through import go_on_from_photos
from recalldesk.claims.messages import known_message, write_message
from recalldesk.claims.models import Claim, Filing, Message, Pass
from recalldesk.claims.moving import move_claim
from recalldesk.claims.remedying.disposal import end_wait, note_no_site
from recalldesk.claims.remedying.mended import (
    WITH_PROVIDER,
    has_bounced,
    is_decided_for,
    order_again,
)
from recalldesk.claims.remedying.proving import is_proof_asked
from recalldesk.claims.states import (
    UNTIL_SHIPPED,
    ClaimState,
    Direction,
    FilingState,
)
from recalldesk.claims.untold import as_told
from recalldesk.evidence.models import Photo
from recalldesk.evidence.reads import is_settled
from recalldesk.evidence.states import PhotoState
from recalldesk.foundation import clock
from recalldesk.remedies.reads import may_be_sent_since_takeover

APPEALED = frozenset({ClaimState.DECLINED, ClaimState.DUPLICATE})


def _claims_of(filing: Filing) -> list[Claim]:
    claims = list(filing.claims.select_related("evidence").order_by("pk"))
    for claim in claims:
        claim.filing = filing
    return claims


@transaction.atomic
def owner_answered(*, filing_id: int, position: int | None = None) -> None:
    """The owner sent what was asked for: the claim at `position` goes on if it waits for it, or
    every claim that does where the owner named none.

    Where no photo waits to be looked through, no job would ever bring the claim on: the rule is
    asked here, as it would be there. What was asked and not told yet nobody can have answered.
    """
    filing = filed(filing_id)
    unknown = as_told(filing)
    for claim in _claims_of(filing):
        is_named = position is None or claim.position == position
        # What bounced is decided: a person reads what its owner wrote, and sends it again.
        is_meant = is_named and claim.pk not in unknown and not has_bounced(claim)
        if is_meant and claim.state == ClaimState.NEEDS_OWNER:
            _go_on(claim)


def _go_on(claim: Claim) -> None:
    """To the rule, with what the owner sent; to a person where that was no photo."""
    waits = not is_settled(claim.evidence)
    came = claim.evidence.photos.filter(received_at__gt=claim.state_since)
    is_ruled_on = not waits and came.exclude(state=PhotoState.REMOVED).exists()
    move_claim(
        claim=claim,
        to=ClaimState.CHECKING if waits or is_ruled_on else ClaimState.IN_REVIEW,
        actor=Actor.OWNER,
        reason=Reason.OWNER_ANSWERED,
    )
    if is_ruled_on:
        go_on_from_photos(claim)


def answered_unnoticed() -> QuerySet[Claim]:
    """Claims that wait for an owner whose photos came since: whoever took them died before
    `owner_answered`. Of which of several units a message's photos are is not known then.
    """
    since = Photo.objects.filter(received_at__gt=OuterRef("state_since"))
    came = since.exclude(state=PhotoState.REMOVED)
    of_unit = came.filter(evidence_set=OuterRef("evidence"))
    of_message = came.filter(
        evidence_set__message__filing=OuterRef("filing"),
        evidence_set__message__direction=Direction.FROM_OWNER,
    )
    others = Claim.objects.filter(filing=OuterRef("filing")).exclude(pk=OuterRef("pk"))
    waiting = Claim.objects.filter(state=ClaimState.NEEDS_OWNER, filing__state=FilingState.FILED)
    waiting = waiting.exclude(remedy__state__in=WITH_PROVIDER)  # as `owner_answered`
    by_message = Exists(of_message) & ~Exists(others)
    return waiting.filter(Exists(of_unit) | by_message).order_by("pk")


@transaction.atomic
def owner_wrote(
    *,
    filing_id: int,
    text: str,
    nonce: str,
    position: int | None = None,
    has_photos: bool = False,
) -> Message:
    """Keeps what the owner wrote; words are an answer, as `owner_answered` takes it.

    Photos come after it, by themselves. Raises FieldsRefused, NotPossibleNow.
    """
    message = write_message(filing_id=filing_id, text=text, nonce=nonce, has_photos=has_photos)
    if text.strip():
        owner_answered(filing_id=filing_id, position=position)
    return message


@transaction.atomic
def withdraw_filing(*, filing_id: int) -> Filing:
    """Withdraws every claim of a filing that nothing was ordered for; again changes nothing.

    Raises NotPossibleNow where a remedy is on its way already, or may be since before a takeover.
    """
    filing = filed(filing_id)
    claims = _claims_of(filing)
    for claim in claims:
        take_back_untold(claim)
    moved = [claim for claim in claims if claim.state in UNTIL_SHIPPED and not _is_with_it(claim)]
    if not moved and not any(claim.state == ClaimState.WITHDRAWN for claim in claims):
        raise NotPossibleNow
    for claim in moved:
        if claim.state == ClaimState.APPROVED:
            take_remedy_back(claim)
        move_claim(claim=claim, to=ClaimState.WITHDRAWN, actor=Actor.OWNER)
    if moved:
        mail_stage(claim=moved[0], token=new_link(filing=filing))
    return filing


def _is_with_it(claim: Claim) -> bool:
    """Whether its provider has its remedy, or may have, for all that is known here."""
    return has_bounced(claim) or may_be_sent_since_takeover(claim.remedy)


@transaction.atomic
def appeal(*, filing_id: int, text: str, nonce: str) -> Filing:
    """Asks another person to look at claims that were declined, with the owner's reason.

    Raises FieldsRefused, NotPossibleNow.
    """
    filing = filed(filing_id)
    declined = declined_of(filing)
    if not declined:
        if known_message(filing, text, nonce):
            return filing
        raise NotPossibleNow
    write_message(filing_id=filing_id, text=text, nonce=nonce)
    bring_before_another(filing, declined)
    return filing


def declined_of(filing: Filing) -> list[Claim]:
    """The claims of a locked filing against which its owner can appeal, being told of it."""
    unknown = as_told(filing)
    return [
        claim for claim in _claims_of(filing) if claim.state in APPEALED and claim.pk not in unknown
    ]


def bring_before_another(
    filing: Filing, declined: Sequence[Claim], *, by: Staff | None = None
) -> None:
    """Has another person look at claims of a locked filing, and tells the owner. `by`: whom the
    owner told that they do not agree, where that was by phone or post."""
    for claim in declined:
        move_claim(
            claim=claim,
            to=ClaimState.IN_REVIEW,
            actor=Actor.STAFF if by else Actor.OWNER,
            actor_id=by.pk if by else None,
            reason=Reason.APPEALED,
        )
        claim.assigned_to = None  # whoever declined it cannot decide it again
        claim.save(update_fields=["assigned_to"])
    # In the order of the units, as when claims are sent. Where somebody else holds the unit by now,
    # the claim waits without it for a person.
    for claim in sorted(declined, key=lambda claim: (bytes(claim.unit_digest), claim.pk)):
        hold_unit(claim)
    with override(filing.language):
        mail_changed(
            filing=filing, what=gettext("We have your appeal. Another person looks at it.")
        )


@transaction.atomic
def mend_details(
    *,
    opened: Pass,
    address: Mapping[str, str] | None = None,
    payee_kind: str = "",
    payee: Mapping[str, str] | None = None,
) -> Filing:
    """Changes where the remedy goes, until it is ordered. The pass must be fresh.

    Raises FieldsRefused, NotPossibleNow.
    """
    filing = filed(opened.filing_id)
    if not is_fresh(opened, clock.now()) or not may_be_mended(filing):
        raise NotPossibleNow
    set_details(filing, address=address, payee_kind=payee_kind, payee=payee)
    details_were_put(filing)
    return filing


def may_be_mended(filing: Filing) -> bool:
    """Whether something of a locked filing may still go elsewhere, for all that its owner knows."""
    unknown = as_told(filing)
    return any(claim.state in UNTIL_SHIPPED or claim.pk in unknown for claim in _claims_of(filing))


def details_were_put(filing: Filing, *, by: Staff | None = None, note: str = "") -> None:
    """Keeps the details that were put into a locked filing, orders what could not be delivered
    again, and tells the owner. `by`: whom they told it, and `note`: how they are known."""
    filing.save(update_fields=["sealed_address", "sealed_payee"])
    keep_keys(filing)
    order_again(filing, by=by)
    record_change(
        subject=Subject.FILING,
        subject_id=filing.pk,
        from_state=FilingState.FILED,
        to_state=FilingState.FILED,
        reason=Reason.DETAILS_MENDED,
        actor=Actor.STAFF if by else Actor.OWNER,
        actor_id=by.pk if by else None,
        recall_id=filing.recall_id,
        note=note,
    )
    with override(filing.language):
        mail_changed(filing=filing, what=gettext("Where your remedy goes was changed."))


@transaction.atomic
def confirm_disposal(*, filing_id: int, position: int) -> None:
    """Notes that the owner got rid of a unit as told; the first day counts.

    Raises NotPossibleNow while the unit may still be needed to decide, and where a photo is asked
    for instead.
    """
    filing = filed(filing_id)
    unknown = as_told(filing)
    for claim in _claims_of(filing):
        if claim.position == position and claim.disposed_on is None:
            if not is_decided_for(claim) or claim.pk in unknown or is_proof_asked(claim):
                raise NotPossibleNow
            claim.disposed_on = clock.now().date()
            claim.save(update_fields=["disposed_on"])
            end_wait(claim)
            record_change(
                subject=Subject.CLAIM,
                subject_id=claim.pk,
                from_state=claim.state,
                to_state=claim.state,
                reason=Reason.DISPOSED,
                actor=Actor.OWNER,
                recall_id=filing.recall_id,
            )


@transaction.atomic
def say_no_site(*, filing_id: int, position: int) -> None:
    """Notes that no place near the owner takes a unit: the remedy does not wait for it.

    Raises NotPossibleNow while the unit may still be needed to decide.
    """
    filing = filed(filing_id)
    unknown = as_told(filing)
    for claim in _claims_of(filing):
        if claim.position == position and claim.disposed_on is None:
            if not is_decided_for(claim) or claim.pk in unknown:
                raise NotPossibleNow
            if note_no_site(claim):
                record_change(
                    subject=Subject.CLAIM,
                    subject_id=claim.pk,
                    from_state=claim.state,
                    to_state=claim.state,
                    reason=Reason.NO_SITE,
                    actor=Actor.OWNER,
                    recall_id=filing.recall_id,
                )
