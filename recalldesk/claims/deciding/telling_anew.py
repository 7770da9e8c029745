"""An owner who was told of an approval hears that it is looked at once more.

Guarantees: it is told in the transaction that takes the approval back, with the day by which they
hear from us; nothing that is written says or hints at why; who was told of no approval is told
nothing.
"""

from django.utils.translation import gettext, override

from recalldesk.claims.access import new_link
from recalldesk.claims.letters import is_written_to, mail_stage
from recalldesk.claims.models import Claim


def tell_looked_at_again(claim: Claim) -> None:
    """Writes to the owner of a claim that the rule had approved, of which its letter told at once.
    The claim is in review by now, with its new day.
    """
    filing = claim.filing
    if not is_written_to(filing):
        return
    with override(filing.language):
        said = gettext(
            "We told you that your claim is approved. Before your remedy is sent, a person looks "
            "at your claim once more. You need not do anything now."
        )
    mail_stage(claim=claim, token=new_link(filing=filing), words=said)
