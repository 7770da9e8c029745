"""Legal holds are placed and lifted.

Guarantees: each stands in the log with its reason, sealed, and outside the database, so that a
restore brings it back; a hold is in force when the call returns, and whatever was being erased
meanwhile is gone by then or stays.
"""

from dataclasses import dataclass
from functools import partial

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.notes import sealed_note
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.keeping import outside
from recalldesk.keeping.errors import HoldRefused
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.models import LegalHold
from recalldesk.keeping.reasons import reason_or_refuse
from recalldesk.keeping.standing_still import lock_holding
from recalldesk.keeping.states import HoldState, Thing
from recalldesk.keeping.things import Found, digest_of, thing_at
from recalldesk.matching.files.countries import country_of
from recalldesk.recalls.models import Recall

CARRY_OUT, DUE, QUEUE = "keeping.carry_out", "keeping.erase_due", "keeping"


@dataclass(frozen=True)
class HoldAsked:
    """What a hold is to name: one thing, or all of a recall (of every one where None), as far as
    kind and country say."""

    recall: Recall | None = None
    country: str = ""
    kind: Kind | None = None
    thing: Thing | None = None
    found: Found | None = None


@transaction.atomic
def place_hold(*, asked: HoldAsked, reason: str, by: Staff) -> LegalHold:
    """Places a hold. Raises NotPermitted, HoldRefused, NotNoted."""
    require(by, Permission.HOLD_DATA)
    reason = reason_or_refuse(reason, HoldRefused)
    country = country_or_refuse(asked.country)
    if asked.thing is not None and country:
        raise HoldRefused(
            "A hold on one thing takes no country.", "Name the thing, or the recall and country."
        )
    lock_holding()
    found = asked.found
    hold = LegalHold.objects.create(
        recall_id=_recall_of(asked),
        country=country,
        kind=asked.kind or "",
        thing=asked.thing or "",
        thing_id=found.number if found else None,
        placed_by=by,
    )
    _note_placed(hold, found, reason)
    record_change(
        subject=Subject.LEGAL_HOLD,
        subject_id=hold.pk,
        to_state=HoldState.PLACED,
        reason=Reason.HELD,
        actor_id=by.pk,
        recall_id=hold.recall_id,
        note=reason,
    )
    return hold


@transaction.atomic
def lift_hold(*, number: int, reason: str, by: Staff) -> LegalHold:
    """Lifts a hold; what waited for that is erased by a job at once. Raises NotPermitted,
    HoldRefused."""
    require(by, Permission.HOLD_DATA)
    reason = reason_or_refuse(reason, HoldRefused)
    # Whoever asks to be erased just now is not kept waiting for a hold that is gone.
    lock_holding()
    hold = LegalHold.objects.select_for_update().filter(pk=number).first()
    if hold is None:
        raise HoldRefused(
            f"There is no hold {number}.", "`recalldesk keeping hold list` shows them all."
        )
    if hold.lifted_at is not None:
        raise HoldRefused(
            f"Hold {number} was lifted on {hold.lifted_at:%Y-%m-%d} already.", "Nothing is to do."
        )
    hold.state, hold.lifted_by, hold.lifted_at = HoldState.LIFTED, by, clock.now()
    hold.save(update_fields=["state", "lifted_by", "lifted_at"])
    record_change(
        subject=Subject.LEGAL_HOLD,
        subject_id=hold.pk,
        from_state=HoldState.PLACED,
        to_state=HoldState.LIFTED,
        actor_id=by.pk,
        recall_id=hold.recall_id,
        note=reason,
    )
    # Were it noted before, and not lifted after all, a restore would lift it.
    note = partial(outside.note, outside.LIFTED, {"name": str(hold.name)})
    transaction.on_commit(note, robust=True)
    carry_out_soon()
    return hold


def carry_out_soon() -> None:
    """Has a job do what waited for the end of a hold."""
    try:
        with transaction.atomic():
            app.configure_task(CARRY_OUT, queue=QUEUE, queueing_lock=CARRY_OUT).defer(timestamp=0)
    except AlreadyEnqueued:
        return


def country_or_refuse(country: str) -> str:
    """The code of a country that there is, or none: a hold on one that is none would keep nothing.
    Raises HoldRefused."""
    code = country_of(country)
    if country.strip() and not code:
        raise HoldRefused(
            f"{country!r} is no country.",
            "Write its two letters, such as US; one hold or term each.",
        )
    return code


def _recall_of(asked: HoldAsked) -> int | None:
    if asked.found is not None:
        return asked.found.recall_id
    return asked.recall.pk if asked.recall else None


def _note_placed(hold: LegalHold, found: Found | None, reason: str) -> None:
    entry = {
        "name": str(hold.name),
        "recall": str(hold.recall_id or ""),
        "country": hold.country,
        "of_kind": hold.kind,
        "thing": hold.thing,
        "number": str(hold.thing_id or ""),
        "is": digest_of(found) if found else "",
        "reason": sealed_note(reason).hex(),
    }
    outside.note(outside.PLACED, entry)


def found_again(thing: Thing, number: int, digest: str) -> Found | None:
    """The thing that a line outside the database means, where it is still the same one."""
    found = thing_at(thing, number)
    return found if found is not None and digest_of(found) == digest else None
