"""Background work of claims. Each job may run twice without harm."""

import uuid
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import structlog
from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims import access, erased_keys, erasing, erasing_contacts, filing_keys
from recalldesk.claims.deciding.looking_back import LOOK_BACK, look_back
from recalldesk.claims.desk import breaking, telling
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.following import answered_unnoticed, owner_answered
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.looked_through import (
    ask_for_what_was_lost,
    go_on_from_photos,
    tell_anew,
)
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.reasons import DecisionReason
from recalldesk.claims.remedying import elsewhere, ordering
from recalldesk.claims.remedying.news import take_news
from recalldesk.claims.remedying.proving import look_at_proof, proofs_left
from recalldesk.claims.states import ClaimState, FilingState
from recalldesk.claims.submitting import GO_ON_WITH_LIST
from recalldesk.claims.unit_lists.answering import forget_told
from recalldesk.evidence.models import Photo
from recalldesk.evidence.reads import WAITS, is_settled
from recalldesk.foundation import clock
from recalldesk.jobs.arguments import Id
from recalldesk.jobs.waits import RETRY
from recalldesk.mailing.reads import filing_id_of, went_to
from recalldesk.remedies.corrections.reporting import TELL as CORRECTED_ELSEWHERE
from recalldesk.remedies.placing.news import TOLD, News
from recalldesk.sealing.fields_of_rows import opened

SOME_OF_A_LIST = 100
EVERY_MINUTE = "* * * * *"
EVERY_QUARTER = "*/15 * * * *"
EVERY_HOUR = "7 * * * *"
EVERY_NIGHT = "23 3 * * *"
HOUR, MINUTE = (int(part) for part in settings.ENVIRONMENT.desk_morning.split(":"))
EVERY_MORNING = f"{MINUTE} {HOUR} * * *"

log = structlog.get_logger()


@app.task(name="claims.evidence_settled", queue="claims", retry=RETRY)
@transaction.atomic
def evidence_settled(evidence_set_id: int) -> None:
    """A photo was looked through: the claim goes on once none of its photos waits."""
    found = Claim.objects.filter(evidence_id=evidence_set_id).values_list("filing_id", flat=True)
    filing_id = found.first()
    filing = locked_filing(filing_id) if filing_id else None
    if filing is None:
        return
    claim = filing.claims.select_related("evidence").filter(evidence_id=evidence_set_id).first()
    if claim is None:
        return
    claim.filing = filing
    if not is_settled(claim.evidence):
        return
    look_at_proof(claim)
    if claim.state == ClaimState.CHECKING:
        go_on_from_photos(claim)
    elif claim.state != ClaimState.IN_REVIEW or ask_for_what_was_lost(claim):
        return
    elif DecisionReason.PHOTOS_WAIT in claim.tags:
        tell_anew(claim)


@app.periodic(cron=EVERY_QUARTER)
@app.task(name="claims.go_on", queue="claims", queueing_lock="claims.go_on", retry=RETRY)
def go_on(timestamp: int) -> None:
    """Moves claims on whose photos wait for nothing, and of which no job tells: one was lost, or
    the last photo was taken back. And those that wait for an owner who answered.

    One that fails is told of and left for the next time; the others do not wait for it.
    """
    waiting = Photo.objects.filter(WAITS).values("evidence_set_id")
    left = Claim.objects.filter(state=ClaimState.CHECKING).exclude(evidence_id__in=waiting)
    for evidence_set_id in list(left.values_list("evidence_id", flat=True).order_by("pk")):
        _or_next_time(partial(evidence_settled, evidence_set_id), evidence_set=evidence_set_id)
    for evidence_set_id in list(proofs_left().values_list("evidence_id", flat=True).order_by("pk")):
        _or_next_time(partial(evidence_settled, evidence_set_id), evidence_set=evidence_set_id)
    unnoticed = answered_unnoticed().values_list("filing_id", "position")
    for filing_id, position in list(unnoticed):
        answered = partial(_owner_answered, filing_id, position)
        _or_next_time(answered, filing=filing_id, position=position)


@app.task(name=GO_ON_WITH_LIST, queue="claims", retry=RETRY)
def go_on_with_list(filing_id: int) -> None:
    """Asks the rule about the claims of a list that wait for it, some at a time, so that no other
    job waits for long. Broken off, it goes on where it was; what it leaves `go_on` takes up."""
    waiting = Photo.objects.filter(WAITS).values("evidence_set_id")
    left = Claim.objects.filter(filing=filing_id, state=ClaimState.CHECKING)
    left = left.exclude(evidence_id__in=waiting).order_by("position")
    some = list(left.values_list("evidence_id", flat=True)[:SOME_OF_A_LIST])
    for evidence_set_id in some:
        _or_next_time(partial(evidence_settled, evidence_set_id), evidence_set=evidence_set_id)
    stayed = left.filter(evidence_id__in=some).count()
    if len(some) == SOME_OF_A_LIST and stayed < len(some):
        app.configure_task(GO_ON_WITH_LIST, queue="claims").defer(filing_id=filing_id)


def _or_next_time(go: Callable[[], object], **named: int) -> None:
    try:
        go()
    except Exception as error:
        log.error("claim_left_for_next_time", error=type(error).__name__, **named)


def _owner_answered(filing_id: int, position: int) -> None:
    with suppress(NotPossibleNow):  # it was erased meanwhile
        owner_answered(filing_id=filing_id, position=position)


@app.task(name=LOOK_BACK, queue="claims", retry=RETRY)
def look_back_at_others(decision_id: int) -> None:
    """Takes back approvals of claims that a later one leads to."""
    look_back(decision_id)


@app.task(name="claims.mail_failed", queue="claims", retry=RETRY)
@transaction.atomic
def mail_failed(mailing_id: int) -> None:
    """Something written to an owner reached nobody: noted at the filing, for a person to see."""
    filing_id = filing_id_of(mailing_id)
    if filing_id is None:
        return
    filing = locked_filing(filing_id)
    if filing is None or filing.state == FilingState.ERASED or filing.unreached_since is not None:
        return
    if not went_to(mailing_id, opened(filing, "sealed_email") or opened(filing, "sealed_phone")):
        return  # it went to an address that the owner has replaced since
    filing.unreached_since = clock.now()
    filing.save(update_fields=["unreached_since"])
    record_change(
        subject=Subject.FILING,
        subject_id=filing.pk,
        from_state=filing.state,
        to_state=filing.state,
        reason=Reason.NOT_REACHED,
        actor=Actor.MACHINE,
        recall_id=filing.recall_id,
    )


@app.task(name="claims.mail_new_link", queue="claims", retry=RETRY)
def mail_new_link(filing_id: int) -> None:
    """Mails a link to whoever came back; for 0, of whom nothing was found, there is nothing."""
    filing = (
        Filing.objects.filter(pk=filing_id)
        .exclude(state=FilingState.ERASED)
        .select_related("recall", "version")
        .first()
    )
    if filing is not None:
        access.mail_new_link(filing=filing)


@app.task(name="claims.forget_recipient", queue="claims", retry=RETRY)
def forget_last_recipient(filing_id: int) -> None:
    """Forgets the address to which the last letter of an erased filing went; where a legal hold
    keeps it, some days later."""
    if not erasing.forget_last_recipient(filing_id):
        erasing.forget_later(filing_id)


@app.periodic(cron=EVERY_QUARTER)
@app.task(
    name="claims.remind_drafts", queue="claims", queueing_lock="claims.remind_drafts", retry=RETRY
)
def remind_drafts(timestamp: int) -> None:
    """Reminds the owners of drafts, once each."""
    erasing.remind_drafts()


@app.periodic(cron=EVERY_HOUR)
@app.task(
    name="claims.erase_drafts", queue="claims", queueing_lock="claims.erase_drafts", retry=RETRY
)
def erase_drafts(timestamp: int) -> None:
    """Erases drafts that nobody touched for 30 days, and passes that are over."""
    erasing.erase_drafts()
    erasing.forget_old_passes()


@app.periodic(cron=EVERY_QUARTER)
@app.task(name="claims.keep_keys", queue="claims", queueing_lock="claims.keep_keys", retry=RETRY)
def keep_keys(timestamp: int) -> None:
    """Writes the keys of filings that have none yet, or that have those of older forms."""
    filing_keys.keep_keys_current()


@app.periodic(cron=EVERY_NIGHT)
@app.task(
    name="claims.forget_networks",
    queue="claims",
    queueing_lock="claims.forget_networks",
    retry=RETRY,
)
def forget_networks(timestamp: int) -> None:
    """Forgets from where older filings came, and what was kept of erased ones for its time."""
    filing_keys.forget_networks()
    erased_keys.forget_erased()
    forget_told()


@app.periodic(cron=EVERY_NIGHT)
@app.task(
    name="claims.erase_contacts",
    queue="claims",
    queueing_lock="claims.erase_contacts",
    retry=RETRY,
)
def erase_contacts(timestamp: int) -> None:
    """Erases what was noted of contacts that came to no claim, after half a year."""
    erasing_contacts.erase_contacts()


@app.task(name="claims.tell_decision", queue="claims", retry=RETRY)
def tell_decision(decision_id: int) -> None:
    """Tells an owner what was decided, once it can be undone no more."""
    telling.tell_decision(decision_id=decision_id)


@app.periodic(cron=EVERY_QUARTER)
@app.task(
    name="claims.tell_decisions", queue="claims", queueing_lock="claims.tell_decisions", retry=RETRY
)
def tell_decisions(timestamp: int) -> None:
    """Tells of decisions whose own job was lost."""
    for decision_id in telling.left_untold():
        _or_next_time(partial(tell_decision, decision_id), decision=decision_id)


@app.periodic(cron=EVERY_MORNING)
@app.task(
    name="claims.mail_promises", queue="claims", queueing_lock="claims.mail_promises", retry=RETRY
)
def mail_promises(timestamp: int) -> None:
    """Mails the desk which promises break next."""
    breaking.mail_promises()


@app.periodic(cron=EVERY_MINUTE)
@app.task(name=ordering.ORDER, queue="claims", queueing_lock=ordering.ORDER, retry=RETRY)
def order_due(timestamp: int) -> None:
    """Orders the remedies whose time has come. What is left is for the next of its kind."""
    if ordering.order_due(most=ordering.MOST) >= ordering.MOST:
        ordering.order_what_waits()


@app.task(name=TOLD, queue="claims", retry=RETRY)
def remedy_news(remedy_id: Id, news: News) -> None:
    """What happened to a remedy moves its claim, and its owner is told."""
    take_news(remedy_id=uuid.UUID(remedy_id), news=News(news))


@app.task(name=CORRECTED_ELSEWHERE, queue="claims", retry=RETRY)
def corrected_elsewhere(report_id: int, file_id: int) -> None:
    """Somebody else reported units as corrected: their owners' claims go to a person."""
    elsewhere.corrected_elsewhere(report_id=report_id, file_id=file_id)
