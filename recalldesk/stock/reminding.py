"""Partners that have not answered are reminded, and the desk hears who is late.

Guarantees: who has answered, is told of a later version, or is no partner any more is never
reminded; nobody twice on a day, however often the job runs or is killed; the desk hears of each
late notice once.
"""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from recalldesk.accounts.models import Partner
from recalldesk.accounts.permissions import Permission
from recalldesk.accounts.reads import staff_who_may
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.mailing.letter import Letter
from recalldesk.mailing.states import Purpose
from recalldesk.mailing.to_staff import SIGNED, desk_site, write_to_staff
from recalldesk.recalls.reads import document_of, live_version
from recalldesk.recalls.working_calendar import calendar_of
from recalldesk.stock.models import StopSale
from recalldesk.stock.partners.access import new_link
from recalldesk.stock.partners.letters import mail_reminder
from recalldesk.stock.reads.notices import open_notices
from recalldesk.stock.rules import Asked, is_late, reminder_is_due
from recalldesk.stock.states import Standing

MOST_NAMED = 30
"""Partners in a mail; how many there are stands beside them."""


def remind_partners() -> int:
    """Reminds each partner whose turn it is; how many."""
    return sum(_reminded(number) for number in open_notices().values_list("pk", flat=True))


@transaction.atomic
def _reminded(number: int) -> bool:
    """Everything is looked at once more under the lock: it may have answered meanwhile."""
    partner_id = StopSale.objects.values_list("partner_id", flat=True).get(pk=number)
    partner = Partner.objects.select_for_update(no_key=True).get(pk=partner_id)
    notice = open_notices().select_for_update(of=("self",)).filter(pk=number).first()
    version = live_version(notice.recall) if notice is not None else None
    if notice is None or version is None:
        return False
    document = document_of(version)
    calendar = calendar_of(document)
    today = calendar.day_of(clock.now())
    asked = Asked(
        calendar.day_of(notice.told_at), notice.answer_by, notice.reminders, notice.reminded_on
    )
    if not reminder_is_due(asked, today):
        return False
    mail_reminder(
        partner=partner,
        recall=notice.recall,
        document=document,
        answer_by=notice.answer_by,
        is_late=is_late(notice.answer_by, today),
        token=new_link(partner),
    )
    notice.reminders, notice.reminded_on = notice.reminders + 1, today
    notice.save(update_fields=["reminders", "reminded_on"])
    record_change(
        subject=Subject.STOP_SALE,
        subject_id=notice.pk,
        from_state=Standing.TOLD,
        to_state=Standing.TOLD,
        reason=Reason.REMINDED,
        actor=Actor.MACHINE,
        recall_id=notice.recall_id,
    )
    return True


@transaction.atomic
def tell_desk_who_is_late() -> int:
    """Mails whoever manages partners which of them have not answered in time, once of each; how
    many are new."""
    rows = open_notices().filter(late_told_at=None).select_for_update(of=("self",))
    fresh = [notice for notice in rows.order_by("pk") if _is_late_today(notice)]
    if not fresh:
        return 0
    letter = _letter(fresh)
    for person in staff_who_may(Permission.MANAGE_PARTNERS):
        write_to_staff(to=person.email, letter=letter, purpose=Purpose.STOP_SALES_TO_DESK)
    StopSale.objects.filter(pk__in=[each.pk for each in fresh]).update(late_told_at=clock.now())
    for notice in fresh:
        record_change(
            subject=Subject.STOP_SALE,
            subject_id=notice.pk,
            from_state=Standing.TOLD,
            to_state=Standing.LATE,
            actor=Actor.MACHINE,
            recall_id=notice.recall_id,
        )
    return len(fresh)


def _is_late_today(notice: StopSale) -> bool:
    version = live_version(notice.recall)
    if version is None:
        return False
    today = calendar_of(document_of(version)).day_of(clock.now())
    return is_late(notice.answer_by, today)


def _letter(late: Sequence[StopSale]) -> Letter:
    count = len(late)
    partners = "1 partner has" if count == 1 else f"{count} partners have"
    named = tuple(
        f"{each.partner.name}, {each.recall.slug}, by {each.answer_by:%d %B %Y}"
        for each in late[:MOST_NAMED]
    )
    more = (f"{count - MOST_NAMED} more stand on the page.",) if count > MOST_NAMED else ()
    return Letter(
        subject=f"{partners} not confirmed in time that they stopped selling",
        language="en",
        signed=SIGNED,
        paragraphs=(
            f"{partners} not answered the notice to stop selling, and the day is over.",
            "They go on being reminded by mail. Call them: selling a recalled unit may be unlawful"
            " and puts people in danger.",
        ),
        button=("Open the partners", desk_site() + _page_of(late)),
        points=named,
        closing=more,
    )


def _page_of(late: Sequence[StopSale]) -> str:
    """The page of their recall; of several, the one from which each is chosen."""
    slugs = {each.recall.slug for each in late}
    if len(slugs) == 1:
        return reverse("console:partners", args=[*slugs])
    return reverse("console:partners_any")
