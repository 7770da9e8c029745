"""What is done for those who want to be told.

Guarantees: asking twice with the same contact about the same unit keeps one wish for each recall;
contact and serial are stored sealed only; whoever asks to be forgotten is, in every recall, and
again after a restore; what a legal hold keeps goes when it ends, and has nobody written to.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import Move, record_change, record_moves
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.foundation.serial_form import normalise
from recalldesk.keeping.held import held_rows
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.standing_still import lock_erasing
from recalldesk.keeping.states import Reached
from recalldesk.outreach.errors import ContactProblem, ContactProblemKind
from recalldesk.outreach.forgotten import FORGOTTEN, given_up
from recalldesk.outreach.models import DirectNotice, GrowthWatch, Wave
from recalldesk.outreach.states import NoticeState, Withheld
from recalldesk.recalls.reads import LiveRecall, live_recall
from recalldesk.remedies import journal
from recalldesk.sealing import vault

PHONE = re.compile(r"\+[0-9]{7,15}|[0-9]{10,15}")
"""Fewer digits without a country are a local number, which cannot be called from elsewhere."""
ASKED = "asked"
"""What the log says of a wish."""
CONTACT_PURPOSE = "outreach.GrowthWatch.sealed_contact"
SERIAL_PURPOSE = "outreach.GrowthWatch.sealed_serial"


def normal_contact(contact: str) -> str:
    """An e-mail address in small letters, or a phone number's digits. Raises ContactProblem."""
    text = contact.strip()
    if not text:
        raise ContactProblem(ContactProblemKind.EMPTY)
    digits = re.sub(r"[\s().\-/]", "", text)
    if PHONE.fullmatch(digits):
        return digits
    try:
        validate_email(text)
    except ValidationError as error:
        raise ContactProblem(ContactProblemKind.NOT_A_CONTACT) from error
    return text.lower()


@transaction.atomic
def ask_to_be_told(
    *, recall_slugs: Collection[str], contact: str, serial: str, language: str
) -> str:
    """Keeps the wish to hear if one of the recalls grows; returns the contact as it was kept.

    Raises ContactProblem.
    """
    reached = normal_contact(contact)
    found = [live_recall(slug) for slug in dict.fromkeys(recall_slugs)]
    recalls = [live for live in found if live is not None]
    if not recalls or len(recalls) != len(found):
        raise ContactProblem(ContactProblemKind.NO_SUCH_RECALL)
    for live in recalls:
        _keep(live, reached, normalise(serial)[:60], language)
    return reached


@dataclass(frozen=True)
class Forgotten:
    """How many wishes went, and how many a legal hold keeps until it ends."""

    gone: int
    kept: int


@transaction.atomic
def forget_contact(*, contact: str, by: Staff) -> Forgotten:
    """Deletes every wish of a contact. Raises ContactProblem, or NotPermitted."""
    require(by, Permission.REACH_OWNERS)
    digest = vault.digest_for_lookup(normal_contact(contact), purpose=CONTACT_PURPOSE)
    lock_erasing()
    rows = GrowthWatch.objects.filter(contact_digest=digest)
    _wait_for_waves(rows.values_list("recall_id", flat=True))
    journal.note(FORGOTTEN, {"contact": digest.hex()})
    wishes = list(rows.exclude(wishes_held()).select_for_update(of=("self",)))
    for wish in wishes:
        forget_wish(wish, Actor.STAFF, by.pk)
    for wish in rows.all():
        _record(wish, ASKED, ASKED, Actor.STAFF, by.pk, Reason.HELD)
        _withhold_notices(wish)  # a hold keeps what was; it has nobody written to
    return Forgotten(len(wishes), rows.count())


def _wait_for_waves(recalls: Iterable[int]) -> None:
    """Until none is being made ready from wishes that it read before they were given up."""
    waves = Wave.objects.filter(recall_id__in=list(recalls), prepared_at=None)
    list(waves.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def wishes_held() -> Q:
    """Wishes that a legal hold keeps, also by what was written because of them: with a wish goes to
    whom that went."""
    told = DirectNotice.objects.filter(notices_held(), wish__isnull=False)
    return held_rows([Kind.WISHES], recall="recall_id") | Q(pk__in=told.values("wish_id"))


def notices_held() -> Q:
    """Notices that a legal hold keeps."""
    return held_rows([Kind.NOTICES], recall="recall_id", country="country", of=Reached.NOTICE)


@transaction.atomic
def forget_again() -> int:
    """After a restore, and when a hold has ended: deletes the wishes of whoever had asked to be
    forgotten since; how many."""
    lock_erasing()
    rows = GrowthWatch.objects.filter(pk__in=given_up()).exclude(wishes_held())
    wishes = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for wish in wishes:
        forget_wish(wish, Actor.MACHINE, None)
    return len(wishes)


def forget_wish(wish: GrowthWatch, actor: Actor, actor_id: int | None) -> None:
    """Deletes one wish, in the transaction of a caller that has locked it."""
    _record(wish, ASKED, "forgotten", actor, actor_id)
    _forget_notices(wish)
    wish.delete()


def _record(
    wish: GrowthWatch,
    was: str,
    is_now: str,
    actor: Actor,
    actor_id: int | None = None,
    reason: Reason | str = "",
) -> None:
    record_change(
        subject=Subject.GROWTH_WATCH,
        subject_id=wish.pk,
        from_state=was,
        to_state=is_now,
        reason=reason,
        actor=actor,
        actor_id=actor_id,
        recall_id=wish.recall_id,
    )


def _forget_notices(wish: GrowthWatch) -> None:
    """What waits for them is not sent any more; of what was sent, nothing says to whom."""
    _withhold_notices(wish)
    DirectNotice.objects.filter(wish=wish).update(sealed_to=b"", sealed_token=b"")


def _withhold_notices(wish: GrowthWatch) -> None:
    notices = DirectNotice.objects.select_for_update().filter(wish=wish).order_by("pk")
    waiting = [each for each in notices if each.state == NoticeState.WAITING]
    record_moves(
        [
            Move(wish.recall_id, each.pk, NoticeState.WAITING, NoticeState.WITHHELD)
            for each in waiting
        ],
        subject=Subject.NOTICE,
        actor=Actor.MACHINE,
    )
    DirectNotice.objects.filter(pk__in=[each.pk for each in waiting]).update(
        state=NoticeState.WITHHELD, withheld=Withheld.SUPPRESSED
    )


def _keep(live: LiveRecall, contact: str, serial: str, language: str) -> None:
    scope = vault.recall_scope(live.recall_id)
    contact_digest = vault.digest_for_lookup(contact, purpose=CONTACT_PURPOSE)
    serial_digest = vault.digest_for_lookup(serial, purpose=SERIAL_PURPOSE)
    watch, created = GrowthWatch.objects.get_or_create(
        recall_id=live.recall_id,
        contact_digest=contact_digest,
        serial_digest=serial_digest,
        defaults={
            "asked_under_id": live.version_id,
            "sealed_contact": vault.seal_text(contact, scope=scope, purpose=CONTACT_PURPOSE),
            "sealed_serial": vault.seal_text(serial, scope=scope, purpose=SERIAL_PURPOSE),
            "language": language,
        },
    )
    if not created and _is_given_up(watch):
        # A hold kept what they had asked to be forgotten; now they ask anew.
        watch.asked_at, watch.asked_under_id, watch.told_at = clock.now(), live.version_id, None
        watch.language, created = language, True
        watch.save(update_fields=["asked_at", "asked_under", "told_at", "language"])
    if created:
        _record(watch, "", ASKED, Actor.OWNER)


def _is_given_up(watch: GrowthWatch) -> bool:
    """Whether they had asked to be forgotten, and a hold kept the wish, as the log says; or, where
    a restore lost that, the journal."""
    rows = StateChange.objects.filter(subject=Subject.GROWTH_WATCH, subject_id=watch.pk)
    if rows.filter(reason=Reason.HELD, at__gte=watch.asked_at).exists():
        return True
    is_held = GrowthWatch.objects.filter(wishes_held(), pk=watch.pk).exists()
    return is_held and watch.pk in given_up()
