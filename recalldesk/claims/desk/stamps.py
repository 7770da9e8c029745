"""What a reviewer has seen of a claim, as one number.

Guarantee: whatever could change a decision makes another number: a move of the claim, a decision
about it, something that its owner wrote, another address. A look at it does not.
"""

from collections.abc import Collection, Iterable

from django.db.models import Max, QuerySet

from recalldesk.accounts.models import Staff
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.desk.errors import Happened, StaleClaim
from recalldesk.claims.models import Claim, Message
from recalldesk.claims.states import ClaimState, Direction

LOOKS = (Reason.ASSIGNED, Reason.LOOKED_AT, Reason.PERSONAL_SHOWN, Reason.PHOTO_TAKEN)
"""Rows that say who looked; nothing of the claim is another for them."""


def stamp_of(claim: Claim) -> int:
    """The number of the newest thing that happened to a claim."""
    newest = _what_counts(claim).order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def stamps_of(claims: Collection[Claim], messages: Iterable[Message]) -> dict[int, int]:
    """The same of many claims, by three queries. `messages`: all of their filings."""
    wrote = {row.pk: row.filing_id for row in messages if row.direction == Direction.FROM_OWNER}
    of_claims = _newest(Subject.CLAIM, [claim.pk for claim in claims])
    of_filings = _newest(Subject.FILING, {claim.filing_id for claim in claims})
    of_messages = _newest(Subject.MESSAGE, wrote)
    written: dict[int, int] = {}
    for message_id, number in of_messages.items():
        filing_id = wrote[message_id]
        written[filing_id] = max(number, written.get(filing_id, 0))
    return {
        claim.pk: max(
            of_claims.get(claim.pk, 0),
            of_filings.get(claim.filing_id, 0),
            written.get(claim.filing_id, 0),
        )
        for claim in claims
    }


def _newest(subject: Subject, ids: Iterable[int]) -> dict[int, int]:
    """The newest row of each that counts."""
    rows = StateChange.objects.filter(subject=subject, subject_id__in=list(ids))
    if subject is Subject.CLAIM:
        rows = rows.exclude(reason__in=LOOKS)
    elif subject is Subject.FILING:
        rows = rows.filter(reason=Reason.DETAILS_MENDED)
    newest = rows.order_by().values("subject_id").annotate(newest=Max("pk"))
    return dict(newest.values_list("subject_id", "newest"))


def stamp_in(rows: Iterable[StateChange], *, claim_id: int, owners: Collection[int]) -> int:
    """The same, from rows of the log that were read. `owners`: the messages of the owner."""
    return max((row.pk for row in rows if _counts(row, claim_id, owners)), default=0)


def _counts(row: StateChange, claim_id: int, owners: Collection[int]) -> bool:
    if row.subject == Subject.CLAIM:
        return row.subject_id == claim_id and row.reason not in LOOKS
    if row.subject == Subject.MESSAGE:
        return row.subject_id in owners
    return row.subject == Subject.FILING and row.reason == Reason.DETAILS_MENDED


def refuse_if_stale(claim: Claim, seen: int) -> None:
    """Raises StaleClaim where something happened to a locked claim that was not seen."""
    rows = list(_what_counts(claim).filter(pk__gt=seen).order_by("pk"))
    if rows or seen > stamp_of(claim):
        names = _names_of({row.actor_id for row in rows if row.actor == Actor.STAFF})
        raise StaleClaim([_happened(row, names) for row in rows])


def _what_counts(claim: Claim) -> QuerySet[StateChange]:
    # Each kind by itself: an index serves a list of numbers, and no index serves an "or" with one.
    of_claim = StateChange.objects.filter(subject=Subject.CLAIM, subject_id=claim.pk)
    messages = claim.filing.messages.filter(direction=Direction.FROM_OWNER).values("pk")
    written = StateChange.objects.filter(subject=Subject.MESSAGE, subject_id__in=messages)
    mended = StateChange.objects.filter(
        subject=Subject.FILING, subject_id=claim.filing_id, reason=Reason.DETAILS_MENDED
    )
    counting = of_claim.exclude(reason__in=LOOKS).values("pk")
    return StateChange.objects.filter(
        pk__in=counting.union(written.values("pk"), mended.values("pk"))
    )


def _names_of(people: set[int | None]) -> dict[int, str]:
    rows = Staff.objects.filter(pk__in=[person for person in people if person is not None])
    return dict(rows.values_list("pk", "name"))


def _happened(row: StateChange, names: dict[int, str]) -> Happened:
    return Happened(
        what=_words(row),
        why=Reason(row.reason).label if row.reason else "",
        by=names.get(row.actor_id or 0, ""),
        at=row.at,
    )


def _words(row: StateChange) -> str:
    if row.subject == Subject.MESSAGE:
        return "The owner wrote"
    if row.subject == Subject.FILING:
        return "The owner changed something"
    return ClaimState(row.to_state).label
