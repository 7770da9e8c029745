"""Where the notice of a recall hangs, as a partner or the firm itself says.

Guarantees: the same form sent twice is one row; what was wrong stays and is taken back by a row.
"""

from datetime import date

from django.db import transaction

from recalldesk.accounts.acting import Acting, actor_of
from recalldesk.accounts.models import Partner
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.evidence.actions import new_evidence_set
from recalldesk.evidence.states import EvidencePurpose
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import live_version
from recalldesk.stock.errors import StockProblem, StockRefused
from recalldesk.stock.models import Posting
from recalldesk.stock.reporting import A_DAY_AHEAD, FIRST_YEAR, NONCE
from recalldesk.stock.speaking import held_partner, require_speaker, staff_of
from recalldesk.stock.states import Through

LONGEST_PLACE = 160
POSTED, TAKEN_DOWN, TAKEN_BACK = "posted", "taken_down", "taken_back"


@transaction.atomic
def post_notice(
    *,
    recall: Recall,
    partner: Partner | None,
    place: str,
    since: date,
    until: date | None,
    by: Acting,
    through: Through,
    nonce: str,
) -> Posting:
    """Keeps that the notice hangs somewhere, with an empty set for its photos. `partner`: None
    where the firm hung it up itself. Raises NotPermitted, StockRefused.
    """
    require_speaker(by, partner)
    if partner is not None:
        held_partner(partner)
    if live_version(recall) is None:
        raise StockRefused(StockProblem.NOT_PUBLISHED)
    where = " ".join(place.split())
    if not where:
        raise StockRefused(StockProblem.NO_PLACE, "place")
    if len(where) > LONGEST_PLACE:
        raise StockRefused(StockProblem.TOO_LONG, "place")
    _sound_days(since, until)
    if not NONCE.fullmatch(nonce):
        raise StockRefused(StockProblem.SENT_OTHERWISE)
    known = Posting.objects.filter(nonce=nonce).first()
    if known is not None:
        if known.partner_id != (partner.pk if partner else None) or known.place != where:
            raise StockRefused(StockProblem.SENT_OTHERWISE)
        return known
    posting = Posting.objects.create(
        recall=recall,
        partner=partner,
        place=where,
        since=since,
        until=until,
        evidence=new_evidence_set(recall=recall, purpose=EvidencePurpose.POSTING),
        through=through,
        by=staff_of(by),
        nonce=nonce,
    )
    _log(posting, "", POSTED, by)
    return posting


@transaction.atomic
def take_down_notice(*, posting: Posting, until: date, by: Acting) -> Posting:
    """Notes the last day on which the notice hung. Raises NotPermitted, StockRefused."""
    require_speaker(by, posting.partner)
    held = Posting.objects.select_for_update(of=("self",)).get(pk=posting.pk)
    if held.until == until:
        return held
    if until < held.since:
        raise StockRefused(StockProblem.NO_DAY, "until")
    _sound_days(held.since, until)
    held.until = until
    held.save(update_fields=["until"])
    _log(held, POSTED, TAKEN_DOWN, by)
    return held


@transaction.atomic
def take_back_posting(
    *, number: int, by: Acting, through: Through, note: str, partner: Partner | None = None
) -> Posting:
    """Takes a posted notice back by a row of now, which is returned. Again changes nothing.
    `partner`: whose it must be, where one asks for itself. Raises NotPermitted, StockRefused.
    """
    rows = Posting.objects.select_for_update(of=("self",)).filter(pk=number, takes_back=None)
    posting = rows.first()
    if posting is None or (partner is not None and posting.partner_id != partner.pk):
        raise StockRefused(StockProblem.NOT_THERE)
    require_speaker(by, posting.partner)
    known = Posting.objects.filter(takes_back=posting).first()
    if known is not None:
        return known
    if not note.strip():
        raise StockRefused(StockProblem.NO_REASON, "note")
    minus = Posting.objects.create(
        recall_id=posting.recall_id,
        partner_id=posting.partner_id,
        place=posting.place,
        since=posting.since,
        until=posting.until,
        takes_back=posting,
        through=through,
        by=staff_of(by),
        nonce=f"takes back {posting.pk}",
    )
    _log(posting, POSTED, TAKEN_BACK, by, note.strip(), Reason.TAKEN_BACK)
    return minus


def _sound_days(since: date, until: date | None) -> None:
    latest = clock.now().date() + A_DAY_AHEAD
    if since.year < FIRST_YEAR or since > latest:
        raise StockRefused(StockProblem.NO_DAY, "since")
    if until is not None and (until < since or until > latest):
        raise StockRefused(StockProblem.NO_DAY, "until")


def _log(
    posting: Posting,
    before: str,
    to: str,
    by: Acting,
    note: str = "",
    reason: Reason | str = "",
) -> None:
    record_change(
        subject=Subject.POSTING,
        subject_id=posting.pk,
        from_state=before,
        to_state=to,
        reason=reason,
        actor=actor_of(by),
        actor_id=by.pk,
        recall_id=posting.recall_id,
        note=note,
    )
