"""The door to keeping: terms in force, what comes due, holds, erasures that wait, what was erased.

Guarantee: whoever reads holds SEE_KEEPING; no sealed value comes out but the reasons that staff
gave, and those only to whoever may see them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.models import StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.keeping.erasers import Eraser, registered_erasers
from recalldesk.keeping.kinds import Bounds, Kind, bounds
from recalldesk.keeping.models import EarlyErasure, Erased, KeepingTerm, LegalHold, WaitingErasure
from recalldesk.keeping.states import EarlyState, Thing
from recalldesk.keeping.terms import counts_from
from recalldesk.keeping.things import Preview, known, name_of, thing_at
from recalldesk.recalls.models import Recall

NEXT = timedelta(days=30)
LATELY, MOST_SHOWN = 50, 200


@dataclass(frozen=True)
class TermInForce:
    """How long a kind is kept for a recall and a country; empty for all. `set_by` is empty where it
    is the usual term; `counts_from`: when one that keeps it shorter will count."""

    bounds: Bounds
    recall: Recall | None
    country: str
    days: int
    set_by: str = ""
    set_at: datetime | None = None
    reason: str = ""
    counts_from: datetime | None = None


@dataclass(frozen=True)
class ComesDue:
    """How many rows of a kind are erased by now or within a month, and how many of those that are
    old enough a hold keeps."""

    kind: Kind
    recall_id: int | None
    country: str
    overdue: int
    next: int
    held: int


@dataclass(frozen=True)
class HoldSeen:
    """A hold, with what it names in words, and the reasons."""

    hold: LegalHold
    names: str
    reason: str
    lifted_because: str = ""


@dataclass(frozen=True)
class EarlySeen:
    """An erasure before its day. `preview`: None once it is decided."""

    early: EarlyErasure
    names: str
    reason: str
    decided_because: str = ""
    preview: Preview | None = None


def terms_in_force(*, by: Staff, recall: Recall | None = None) -> list[TermInForce]:
    """The usual terms, and after each what was set instead, the newest for each recall and
    country. With a recall, what counts for it: its own, and what counts for all."""
    require(by, Permission.SEE_KEEPING)
    rows = KeepingTerm.objects.select_related("by", "recall").order_by("pk")
    newest = {(row.kind, row.recall_id, row.country): row for row in rows}
    found = []
    for kind, each in bounds().items():
        found.append(TermInForce(each, None, "", each.days))
        for row in newest.values():
            counts = recall is None or row.recall_id in (None, recall.pk)
            if row.kind != kind or row.days is None or not counts:
                continue
            found.append(
                TermInForce(
                    each,
                    row.recall,
                    row.country,
                    row.days,
                    row.by.name if row.by else "a restore",
                    row.at,
                    _reason(Subject.KEEPING_TERM, row.pk),
                    counts_from(row),
                )
            )
    return found


def comes_due(
    *, by: Staff, recall: Recall | None = None, within: timedelta = NEXT
) -> list[ComesDue]:
    """What is erased by now or soon, by kind, recall and country; kinds of which nothing is due are
    left out."""
    require(by, Permission.SEE_KEEPING)
    found: dict[tuple[Kind, int | None, str], list[int]] = {}
    now = clock.now()
    for eraser in registered_erasers():
        for place, moment in enumerate((now, now + within)):
            for key, count in _counted(eraser, moment, is_held=False):
                found.setdefault(key, [0, 0, 0])[place] += count
        for key, count in _counted(eraser, now + within, is_held=True):
            found.setdefault(key, [0, 0, 0])[2] += count
    return [
        ComesDue(kind, recall_id, country, overdue, by_then - overdue, held)
        for (kind, recall_id, country), (overdue, by_then, held) in found.items()
        if recall is None or recall_id == recall.pk
    ]


def _counted(
    eraser: Eraser, moment: datetime, *, is_held: bool
) -> list[tuple[tuple[Kind, int | None, str], int]]:
    rows = eraser.due(moment).filter(eraser.held()) if is_held else eraser.waiting(moment)
    columns = {"of_recall": eraser.recall, "of_country": eraser.country}
    asked = {name: F(column) for name, column in columns.items() if column}
    rows = type(rows)(rows.model).filter(pk__in=rows.values("pk"))
    if not asked:
        count = rows.count()
        return [((eraser.kind, None, ""), count)] if count else []
    groups = rows.order_by().values(**asked).annotate(rows=Count("pk"))
    return [
        ((eraser.kind, each.get("of_recall"), each.get("of_country", "")), each["rows"])
        for each in groups
    ]


def holds_seen(
    *, by: Staff, in_force: bool = True, recall: Recall | None = None, kind: Kind | None = None
) -> list[HoldSeen]:
    """The holds in force, or those that were lifted; the newest first. With a recall or a kind,
    those that name it, also among others."""
    require(by, Permission.SEE_KEEPING)
    rows = LegalHold.objects.filter(lifted_at__isnull=in_force).order_by("-pk")
    if recall is not None:
        rows = rows.filter(Q(recall=recall) | Q(recall=None, thing=""))
    if kind is not None:
        rows = rows.filter(kind__in=["", kind])
    rows = rows.select_related("recall", "placed_by", "lifted_by")
    return [_hold_seen(each) for each in rows[:MOST_SHOWN]]


def hold_seen(number: int, *, by: Staff) -> HoldSeen | None:
    """One hold; None where there is no such one."""
    require(by, Permission.SEE_KEEPING)
    rows = LegalHold.objects.select_related("recall", "placed_by", "lifted_by")
    hold = rows.filter(pk=number).first()
    return _hold_seen(hold) if hold else None


def waiting_under(hold: LegalHold) -> int:
    """How many owners' wishes wait while the hold is in force; also for other holds."""
    rows = WaitingErasure.objects.filter(done_at__isnull=True)
    if hold.thing and hold.thing_id is not None:
        return rows.filter(thing=hold.thing, thing_id=hold.thing_id).count()
    return (rows.filter(recall=hold.recall_id) if hold.recall_id else rows).count()


def _hold_seen(hold: LegalHold) -> HoldSeen:
    placed, lifted = _reasons(Subject.LEGAL_HOLD, hold.pk)
    return HoldSeen(hold, names_of(hold), placed, lifted)


def names_of(hold: LegalHold) -> str:
    """What a hold names, in words."""
    what = Kind(hold.kind).label if hold.kind else "everything"
    if hold.thing:
        return f"{Thing(hold.thing).label} {name_of(hold)}: {what.lower()}"
    where = f"recall {hold.recall.slug}" if hold.recall else "every recall"
    return f"{what} of {where}" + (f", {hold.country}" if hold.country else "")


def early_seen(*, by: Staff, waiting: bool = True) -> list[EarlySeen]:
    """Erasures that wait for a second person, or that are decided; the newest first."""
    require(by, Permission.SEE_KEEPING)
    rows = EarlyErasure.objects.select_related("asked_by", "decided_by", "recall").order_by("-pk")
    rows = (
        rows.filter(state=EarlyState.WAITING) if waiting else rows.exclude(state=EarlyState.WAITING)
    )
    return [_early_seen(each) for each in rows[:LATELY]]


def early_of(thing: Thing, number: int, *, by: Staff) -> EarlySeen | None:
    """The erasure of a thing to which two people agreed; None where there was none."""
    require(by, Permission.SEE_KEEPING)
    rows = EarlyErasure.objects.select_related("asked_by", "decided_by", "recall")
    early = rows.filter(thing=thing, thing_id=number, state=EarlyState.DONE).first()
    return _early_seen(early) if early else None


def one_early(number: int, *, by: Staff) -> EarlySeen | None:
    """One of them; None where there is no such one."""
    require(by, Permission.SEE_KEEPING)
    rows = EarlyErasure.objects.select_related("asked_by", "decided_by", "recall")
    early = rows.filter(pk=number).first()
    return _early_seen(early) if early else None


def _early_seen(early: EarlyErasure) -> EarlySeen:
    asked, decided = _reasons(Subject.EARLY_ERASURE, early.pk)
    preview = None
    if early.state == EarlyState.WAITING:
        preview = known(Thing(early.thing)).preview(early.thing_id)
    return EarlySeen(early, thing_words(early.thing, early.thing_id), asked, decided, preview)


def thing_words(thing: str, number: int | None) -> str:
    """A thing by what the firm calls it."""
    if not thing or number is None:
        return ""
    found = thing_at(Thing(thing), number)
    label = Thing(thing).label
    if found is None:
        return f"{label} {number}"
    return found.name if found.name.startswith(label) else f"{label} {found.name}"


def erased_lately(
    *, by: Staff, recall: Recall | None = None, kind: Kind | None = None
) -> Sequence[Erased]:
    """What was erased last, the newest first."""
    require(by, Permission.SEE_KEEPING)
    rows = Erased.objects.select_related("recall").order_by("-pk")
    rows = rows.filter(recall=recall) if recall else rows
    return list((rows.filter(kind=kind) if kind else rows)[:LATELY])


def _reason(subject: Subject, number: int) -> str:
    return _reasons(subject, number)[0]


def _reasons(subject: Subject, number: int) -> tuple[str, str]:
    """The reasons of the first and of the second row of the log about a thing."""
    rows = StateChange.objects.filter(subject=subject, subject_id=number).order_by("pk")
    found = [text_of(row.note) for row in rows.select_related("note")[:2]]
    return (found[0] if found else "", found[1] if len(found) > 1 else "")
