"""Takes one claim's whole life out of the database.

Guarantees: only who may read the log does so, for a reason, and the log says so before anything is
read; personal data, and what is told of people's health, is masked for who may not see it; an
incident whose account is shown says so in its own log; all rows of the log that are shown were
sealed before the signed head that goes with them was made.
"""

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.heads import head_now, signing_key
from recalldesk.audit.sealing_blocks import seal_what_waits
from recalldesk.audit.states import Subject
from recalldesk.claims.errors import NoReason, NoSuchClaim
from recalldesk.claims.models import Filing
from recalldesk.claims.references import reference_in
from recalldesk.claims.states import FilingState
from recalldesk.foundation import clock
from recalldesk.incidents.looking import account_shown
from recalldesk.reports.claim_life.gathered import gather
from recalldesk.reports.claim_life.parts import ClaimLife
from recalldesk.reports.claim_life.sections import sections_of

EXPORTED, EXPORTED_MASKED = "exported", "exported_masked"


def export_claim(*, reference: str, by: Staff, reason: str, masked: bool = False) -> ClaimLife:
    """All that is kept of a claim that was sent; `masked` leaves personal data out.

    Raises NotPermitted, NoReason, NoSuchClaim, LogKeyUnusable, SealingError.
    """
    require(by, Permission.READ_LOG)
    if not reason.strip():
        raise NoReason
    filing = _named(reference)
    signing_key()
    shows_personal = not masked and by.may(Permission.SEE_PERSONAL)
    shows_health = not masked and by.may(Permission.SEE_HEALTH)
    _log_export(filing, by, reason, shows_personal=shows_personal, shows_health=shows_health)
    seal_what_waits()
    gathered = gather(filing, shows_personal=shows_personal, shows_health=shows_health)
    return ClaimLife(
        reference=filing.reference,
        recall=filing.recall.slug,
        exported_by=by.name,
        exported_at=clock.now(),
        reason=reason.strip(),
        shows_personal=shows_personal,
        head=head_now().text,
        sections=tuple(sections_of(gathered)),
    )


@transaction.atomic
def _log_export(
    filing: Filing, by: Staff, reason: str, *, shows_personal: bool, shows_health: bool
) -> None:
    record_change(
        subject=Subject.FILING,
        subject_id=filing.pk,
        from_state=filing.state,
        to_state=EXPORTED if shows_personal else EXPORTED_MASKED,
        actor_id=by.pk,
        recall_id=filing.recall_id,
        note=reason.strip(),
    )
    if shows_health:
        account_shown(by=by, reason=reason.strip(), filing_id=filing.pk)


def _named(reference: str) -> Filing:
    """A claim that was sent, also one that was erased since: the log of it stays."""
    rows = Filing.objects.select_related("recall", "version")
    filing = rows.filter(reference=reference_in(reference)).first()
    if filing is None:
        raise NoSuchClaim("There is no claim of this reference.", "It looks like R-2345-ACDE.")
    if filing.state == FilingState.DRAFT:
        raise NoSuchClaim("This claim is a draft: its owner has not sent it.", "Wait until it is.")
    return filing
