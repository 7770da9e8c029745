"""What the system before still owed goes on here, once a person lets it.

Guarantees: nothing that was taken over is ordered before; nor while a line of those files was not
taken, a claim is said to be paid and nobody says by what, or providers were not compared with the
rows since: each of these a person answers with a reason; what lacks something by then waits for a
person. Let go on twice changes nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Min, Q

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import Move as Moved
from recalldesk.audit.actions import record_change, record_moves
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.desk.cases import what_it_lacks
from recalldesk.claims.models import Claim
from recalldesk.claims.moving import move_claim
from recalldesk.claims.reasons import DecisionReason
from recalldesk.claims.remedying.disposal import held_for
from recalldesk.claims.remedying.ordering import order_what_waits
from recalldesk.claims.states import ClaimState
from recalldesk.recalls.models import Recall
from recalldesk.remedies.actions import cancel_remedy
from recalldesk.remedies.corrections.reads import reports_of_unit
from recalldesk.remedies.models import Finding, ReconcilingRun, Remedy
from recalldesk.remedies.providers.registry import configured
from recalldesk.remedies.states import Differs, Held, RemedyState
from recalldesk.remedies.taking_over import ASKED_BY_REFERENCE
from recalldesk.takeover.errors import TakeoverRefused
from recalldesk.takeover.models import TakenClaim, TakeoverFile, TakeoverReject

LET_GO_ON = "let_go_on"
KNOWN_TO_BE_OWED = Q(is_paid=False) | Q(claim__remedy__taken_over__isnull=False)
"""Of claims whose remedy is held: nobody says that it was paid, or a line says how its remedy
stands, and what may have been sent was settled."""


@dataclass(frozen=True)
class Standing:
    """How a takeover stands. `owed`: remedies that would go on; `maybe_sent`: of which a person has
    to say whether they were sent; `paid_by_nothing`: claims that are said to be paid, and no line
    says by what; `rejected`: lines that were not taken; `unknown`: effects at providers that no row
    knows; `is_compared`: providers were compared with the rows since the last file, from `oldest`
    on, the day of the oldest claim."""

    claims: int
    owed: int
    maybe_sent: int
    paid_by_nothing: int
    rejected: int
    unknown: int
    is_compared: bool
    oldest: date | None

    @property
    def questions(self) -> tuple[str, ...]:
        """What a person has to know before anything goes on."""
        return tuple(
            said
            for is_so, said in (
                (
                    self.rejected,
                    f"{_so_many(self.rejected, 'line was', 'lines were')} not taken; of files that "
                    "a later one corrects they count, too",
                ),
                (
                    self.paid_by_nothing,
                    f"{_so_many(self.paid_by_nothing, 'claim is', 'claims are')} said to be paid, "
                    "and no line says by what: held",
                ),
                (
                    self.unknown,
                    f"{_so_many(self.unknown, 'effect', 'effects')} at providers no row knows",
                ),
                (
                    not self.is_compared,
                    f"`recalldesk remedies reconcile --since {self.oldest}` has not run since",
                ),
            )
            if is_so
        )


def _so_many(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"


def standing_of(recall: Recall) -> Standing:
    """How the takeover of a recall stands."""
    claims = TakenClaim.objects.filter(recall_id=recall.pk)
    waiting = claims.filter(claim__remedy__state=RemedyState.WAITING)
    held = waiting.filter(claim__remedy__held=Held.TAKEN_OVER)
    maybe = claims.filter(claim__remedy__state=RemedyState.ORDERING).count()
    oldest = claims.aggregate(oldest=Min("claim__filing__filed_at"))["oldest"]
    return Standing(
        claims=claims.count(),
        owed=held.filter(KNOWN_TO_BE_OWED).count(),
        maybe_sent=maybe + waiting.filter(claim__remedy__held=Held.MAYBE_SENT).count(),
        paid_by_nothing=held.exclude(KNOWN_TO_BE_OWED).count(),
        rejected=_rejected(recall),
        unknown=Finding.objects.filter(kind=Differs.UNKNOWN, closed_at__isnull=True).count(),
        is_compared=_is_compared(recall, oldest),
        oldest=oldest.date() if oldest else None,
    )


def _rejected(recall: Recall) -> int:
    """Lines that were not taken, of each file as it was read last."""
    rows = TakeoverFile.objects.filter(recall=recall).order_by("pk")
    last = {(kind, sha): pk for kind, sha, pk in rows.values_list("kind", "file_sha256", "pk")}
    return TakeoverReject.objects.filter(file_id__in=last.values()).count()


def _is_compared(recall: Recall, oldest: datetime | None) -> bool:
    """Whether each provider that both systems may use answered since the last file came, of all
    the time since the oldest claim: the run of each day looks back some months only."""
    last = TakeoverFile.objects.filter(recall=recall).order_by("-at").first()
    if last is None:
        return True
    runs = ReconcilingRun.objects.filter(begun_at__gte=last.at, is_silent=False)
    if oldest is not None:
        runs = runs.filter(since__lte=oldest)
    answered = set(runs.values_list("provider", flat=True))
    return not (ASKED_BY_REFERENCE & set(configured())) - answered


@transaction.atomic
def let_go_on(*, recall: Recall, by: Staff, reason: str, is_meant: bool = False) -> tuple[int, int]:
    """Lets what is owed be ordered; how many remedies, and how many claims wait for a person
    instead. `is_meant`: though there are questions. Raises NotPermitted, TakeoverRefused.
    """
    require(by, Permission.TAKE_OVER)
    require(by, Permission.MANAGE_REMEDIES)
    if not reason.strip():
        raise TakeoverRefused("Say why it goes on.", "The reason stands sealed in the log.")
    # A takeover that is under way may just say what was paid: it is waited for.
    Recall.objects.select_for_update(no_key=True).get(pk=recall.pk)
    questions = standing_of(recall).questions
    if questions and not is_meant:
        raise TakeoverRefused(
            f"Not yet: {'; '.join(questions)}.",
            "Mend that; or say --although, with the reason (a later file corrects the lines).",
        )
    rows = TakenClaim.objects.filter(
        KNOWN_TO_BE_OWED,
        recall_id=recall.pk,
        claim__state=ClaimState.APPROVED,
        claim__remedy__state=RemedyState.WAITING,
        claim__remedy__held=Held.TAKEN_OVER,
    )
    gone, left = [], 0
    for taken in rows.select_related("claim__filing", "claim__remedy").order_by("pk"):
        if _goes_on(taken.claim, by):
            gone.append(taken.claim.remedy)
        else:
            left += 1
    _log(recall, [each for each in gone if each is not None], by, reason)
    if gone:
        order_what_waits()
    return len(gone), left


def _goes_on(claim: Claim, by: Staff) -> bool:
    remedy = claim.remedy
    assert remedy is not None  # it was asked for
    unit = bytes(remedy.entitlement.unit_digest)
    if what_it_lacks(claim.filing) or reports_of_unit(unit):
        cancel_remedy(unit_digest=unit, reason=Reason.TAKEN_OVER)
        move_claim(
            claim=claim,
            to=ClaimState.IN_REVIEW,
            actor=Actor.STAFF,
            actor_id=by.pk,
            reason=Reason.TAKEN_OVER,
            tags=(DecisionReason.INCOMPLETE,),
        )
        return False
    remedy.held = held_for(claim)
    remedy.save(update_fields=["held"])
    return True


def _log(recall: Recall, gone: list[Remedy], by: Staff, reason: str) -> None:
    moves = [
        Moved(recall.pk, each.entitlement_id, RemedyState.WAITING, RemedyState.WAITING)
        for each in gone
    ]
    record_moves(
        moves, subject=Subject.REMEDY, actor=Actor.STAFF, actor_id=by.pk, reason=Reason.SENT_ON
    )
    record_change(
        subject=Subject.RECALL,
        subject_id=recall.pk,
        to_state=LET_GO_ON,
        reason=Reason.TAKEN_OVER,
        actor_id=by.pk,
        recall_id=recall.pk,
        note=reason,
    )
