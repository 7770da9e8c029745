"""A claim whose remedy came to nothing gets another: the same kind, or what its owner agreed to.

Guarantees: only where the one before counts no more, so that none is given twice; another kind
takes the owner's word, which stands in the log; the owner is written to.
"""

from django.db import transaction
from django.utils.translation import gettext, override

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.desk.cases import granted_by, unit_of, what_it_lacks
from recalldesk.claims.desk.errors import NotDecidable
from recalldesk.claims.letters import mail_changed
from recalldesk.claims.locking import filed
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.remedies_offered import remedy_named
from recalldesk.claims.remedying.disposal import held_for
from recalldesk.claims.states import ClaimState
from recalldesk.foundation import clock
from recalldesk.recalls.reads import document_of
from recalldesk.remedies.actions import grant_remedy
from recalldesk.remedies.errors import RemedyGiven
from recalldesk.remedies.states import INEFFECTIVE


@transaction.atomic
def order_anew(*, claim_id: int, by: Staff, key: str, note: str) -> Claim:
    """Grants a claim its next remedy, of the recall's kind `key`. `note`: why; for another kind
    than its owner chose, how the owner agreed.

    Raises NotPermitted, NotPossibleNow, NotDecidable.
    """
    require(by, Permission.MANAGE_REMEDIES)
    of_claim = Claim.objects.filter(pk=claim_id).values_list("filing_id", flat=True)
    filing = filed(of_claim.first() or 0)
    claim = Claim.objects.select_related("evidence", "remedy").get(pk=claim_id)
    claim.filing = filing
    before = filing.remedy_key
    _refuse_unless_due(claim, note)
    _choose(filing, key)
    try:
        claim.remedy = grant_remedy(
            unit_digest=unit_of(claim),
            recall=filing.recall,
            key=key,
            orderable_at=clock.now(),
            grant=granted_by(claim),
            held=held_for(claim),
        )
    except RemedyGiven as error:
        raise NotDecidable(
            "This unit has a remedy, or somebody else reported it as corrected.",
            "Look at its other claims and reports.",
        ) from error
    claim.save(update_fields=["remedy"])
    record_change(
        subject=Subject.CLAIM,
        subject_id=claim.pk,
        from_state=claim.state,
        to_state=claim.state,
        reason=Reason.SWITCHED if key != before else Reason.SENT_ON,
        actor=Actor.STAFF,
        actor_id=by.pk,
        recall_id=filing.recall_id,
        note=note,
    )
    _tell(filing, is_switched=key != before)
    return claim


def _refuse_unless_due(claim: Claim, note: str) -> None:
    came_to_nothing = claim.remedy is not None and claim.remedy.state in INEFFECTIVE
    if claim.state != ClaimState.APPROVED or not came_to_nothing:
        raise NotDecidable(
            "Its remedy did not come to nothing.", "Cancel the order first, where it is stopped."
        )
    if not note.strip():
        raise NotDecidable("Say why, and how the owner agreed.", "It stands sealed in the log.")


def _choose(filing: Filing, key: str) -> None:
    document = document_of(filing.version)
    if remedy_named(document, filing.country, key) is None:
        raise NotDecidable("The recall does not offer this remedy there.", "Choose another one.")
    chosen, filing.remedy_key = filing.remedy_key, key
    if lacking := what_it_lacks(filing):
        raise NotDecidable(lacking, "Ask the owner for it first.")
    if filing.claims.count() == 1:
        filing.save(update_fields=["remedy_key"])
    else:  # its other units keep what was chosen for all
        filing.remedy_key = chosen


def _tell(filing: Filing, *, is_switched: bool) -> None:
    with override(filing.language):
        what = (
            gettext("As agreed with you, you get another remedy than the one that you chose.")
            if is_switched
            else gettext("We order your remedy again.")
        )
        mail_changed(filing=filing, what=what)
