"""Partners are told to stop selling, and say that they did.

Guarantees: a partner is told once of a version, in the transaction that writes the mail, whoever
presses how often and whatever is killed; what is acknowledged stays as it was said, with the counts
that came with it; each step is in the log.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from recalldesk.accounts.acting import Acting, actor_of
from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Partner, Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import document_of, live_version
from recalldesk.recalls.working_calendar import calendar_of
from recalldesk.sealing.fields_of_rows import sealed
from recalldesk.stock.errors import PartnerRefused, StockProblem, StockRefused
from recalldesk.stock.models import StopSale
from recalldesk.stock.partners.access import new_link
from recalldesk.stock.partners.letters import mail_stop_sale
from recalldesk.stock.reporting import StockSaid, nonce_of, report_stock
from recalldesk.stock.speaking import held_partner, require_speaker, staff_of
from recalldesk.stock.states import Kind, Standing, Through

LONGEST_NAME = 120
TOLD, ACKNOWLEDGED = Standing.TOLD, Standing.ACKNOWLEDGED


def tell_partners(
    *, recall: Recall, partners: Iterable[Partner], answer_by: date, by: Staff
) -> list[StopSale]:
    """Tells each of them, each in a transaction of its own: broken off, it goes on by being asked
    again. Raises as `tell_partner` does.
    """
    return [
        tell_partner(recall=recall, partner=each, answer_by=answer_by, by=by) for each in partners
    ]


@transaction.atomic
def tell_partner(*, recall: Recall, partner: Partner, answer_by: date, by: Staff) -> StopSale:
    """Tells the partner to stop selling what the live version recalls; `answer_by`: the last day on
    which it answers in time. Told of it already, the notice that it got, and nothing is mailed.
    Raises NotPermitted, PartnerRefused, StockRefused.
    """
    require(by, Permission.MANAGE_PARTNERS)
    held = held_partner(partner)
    version = published(recall)
    known = StopSale.objects.filter(partner=held, version=version).first()
    if known is not None:
        return known
    if not held.is_active:
        raise PartnerRefused(f"{held.name} is no partner any more.", "Enter it anew.")
    document = document_of(version)
    if answer_by < calendar_of(document).day_of(clock.now()):
        raise StockRefused(StockProblem.DEADLINE_PAST, "answer_by")
    mailing = mail_stop_sale(
        partner=held,
        recall=recall,
        document=document,
        answer_by=answer_by,
        token=new_link(held),
    )
    notice = StopSale.objects.create(
        recall=recall,
        version=version,
        partner=held,
        told_by=by,
        answer_by=answer_by,
        mailing=mailing,
    )
    _log(notice, "", TOLD, by)
    return notice


@transaction.atomic
def acknowledge(
    *,
    notice: StopSale,
    by: Acting,
    said_by: str,
    on_hand: Mapping[str, int],
    through: Through,
    nonce: str,
) -> StopSale:
    """The partner says that it stopped selling. `said_by`: who there confirms it; `on_hand`: units
    by the key of their product, as far as they are counted. Said already, nothing is changed.
    Raises NotPermitted, StockRefused.
    """
    require_speaker(by, notice.partner)
    held_partner(notice.partner)
    held = StopSale.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if held.acknowledged_at is not None:
        return held
    name = " ".join(said_by.split())
    if not name:
        raise StockRefused(StockProblem.NO_NAME, "said_by")
    if len(name) > LONGEST_NAME:
        raise StockRefused(StockProblem.TOO_LONG, "said_by")
    held.acknowledged_at, held.through = clock.now(), through
    held.entered_by = staff_of(by)
    held.sealed_said_by = sealed(StopSale, "sealed_said_by", name, recall_id=held.recall_id)
    held.save()
    _log(held, TOLD, ACKNOWLEDGED, by, Reason.ACKNOWLEDGED)
    today = calendar_of(document_of(published(held.recall))).day_of(clock.now())
    for product, units in on_hand.items():
        report_stock(
            recall=held.recall,
            partner=held.partner,
            said=StockSaid(Kind.ON_HAND, units, today, product=product),
            by=by,
            through=through,
            nonce=nonce_of(nonce, product),
        )
    return held


def published(recall: Recall) -> RecallVersion:
    """The version by which partners are told. Raises StockRefused."""
    version = live_version(recall)
    if version is None:
        raise StockRefused(StockProblem.NOT_PUBLISHED)
    return version


def _log(notice: StopSale, before: str, to: str, by: Acting, reason: Reason | str = "") -> None:
    record_change(
        subject=Subject.STOP_SALE,
        subject_id=notice.pk,
        from_state=before,
        to_state=to,
        reason=reason,
        actor=actor_of(by),
        actor_id=by.pk,
        recall_id=notice.recall_id,
    )
