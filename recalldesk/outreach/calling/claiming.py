"""A claim that is begun in a call to a purchaser is tied to the notice of that call.

Guarantees: only whoever was given the mark by the page of the call has it, for a day; a claim of
another recall is never tied; tied twice is tied once.
"""

from django.core import signing

from recalldesk.claims.models import Filing
from recalldesk.outreach.models import DirectNotice, NoticeFiling

SALT = "recalldesk.outreach.calling.claiming"
LASTS = 86_400


def mark_of(notice: DirectNotice) -> str:
    """What the form of the claim carries along."""
    return signing.dumps(notice.pk, salt=SALT)


def tie_claim(mark: str, filing: Filing) -> bool:
    """Ties it, where the mark is one; whether it did."""
    try:
        number = int(signing.loads(mark, salt=SALT, max_age=LASTS))
    except signing.BadSignature:
        return False
    notice = DirectNotice.objects.filter(pk=number, recall_id=filing.recall_id).first()
    if notice is None:
        return False
    _, is_new = NoticeFiling.objects.get_or_create(filing=filing, defaults={"notice": notice})
    return is_new
