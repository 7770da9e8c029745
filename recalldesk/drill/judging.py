"""Lays what the drill knows to be true beside what came of it.

Guarantee: what was handed out is read from ledgers and journal; what owners were told, from what
the pages said to them; the rows only say why something waits.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from recalldesk.audit.models import StateChange
from recalldesk.audit.sealing_blocks import seal_what_waits
from recalldesk.audit.states import Reason, Subject
from recalldesk.audit.verifying import verify
from recalldesk.claims.models import Claim
from recalldesk.claims.states import DECIDED_FOR, ClaimState
from recalldesk.drill.at_pages import Went
from recalldesk.drill.outcome import Outcome, Promises
from recalldesk.drill.owners import MadeUpOwner
from recalldesk.remedies.batches.marks import mark_of
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.states import Stopped

A_DAY = 86_400.0
NOT_IN_RECALL = "not_affected"
AFFECTED = "affected"
DONE = (ClaimState.SETTLED,)


def judge(outcome: Outcome, went: Iterable[Went], effects: Mapping[str, int]) -> None:
    """Fills in the promises and the times of what became of everybody."""
    everybody = list(went)
    claims = {
        claim.filing.reference: claim
        for claim in Claim.objects.select_related("filing", "remedy").exclude(filing__reference="")
    }
    paid = _paid_by_claim(effects)
    promises = outcome.promises
    why = Counter[str]()
    for each in everybody:
        _judge_checks(each, promises)
        if each.owner.is_recalled:
            claim = claims.get(each.reference) if each.reference else None
            if claim is None:
                promises.lost += 1
                why[each.problem or "the claim is not there"] += 1
            else:
                outcome.filed += 1
                if each.owner.is_usual:
                    outcome.usual += 1
                    outcome.usual_to_a_person += was_shown(claim)
                _judge_claim(each.owner, claim, paid.get(claim.pk, 0), promises)
    promises.why_lost = dict(why)
    stopped = Order.objects.exclude(stopped="").values_list("stopped", flat=True)
    promises.why_open = dict(Counter(Stopped(each).label for each in stopped))
    outcome.by_rule = _moved(Reason.BY_RULE)
    outcome.to_a_person = _ever_in_review()
    outcome.days = sorted(_days(claims.values()))
    outcome.delivered = len(outcome.days)
    settled = [claim.remedy for claim in claims.values() if claim.state == ClaimState.SETTLED]
    outcome.by_remedy = dict(Counter(each.key for each in settled if each is not None))
    seal_what_waits()
    promises.log_faults = len(list(verify().findings.kept))


def _judge_checks(went: Went, promises: Promises) -> None:
    owner = went.owner
    for typed, verdict in went.verdicts:
        if owner.is_recalled:
            promises.checks_of_recalled += 1
            promises.told_not_in_recall += verdict == NOT_IN_RECALL
        elif typed == owner.serial:
            promises.not_recalled += 1
            promises.told_affected += verdict == AFFECTED


def _judge_claim(owner: MadeUpOwner, claim: Claim, paid: int, promises: Promises) -> None:
    if owner.is_honest:
        promises.honest += 1
        if paid == 1:
            promises.paid_once += 1
        elif paid > 1:
            promises.paid_twice += 1
        elif claim.state in (ClaimState.NEEDS_OWNER, ClaimState.IN_REVIEW):
            promises.waiting += 1
        elif claim.state in DECIDED_FOR:
            promises.still_open += 1
        else:
            promises.unpaid += 1
        return
    promises.dishonest += 1
    promises.dishonest_paid += paid > 0
    promises.shown_to_a_person += was_shown(claim)


def was_shown(claim: Claim) -> bool:
    """Whether a person had it, or it was refused its unit for another claim."""
    if claim.state == ClaimState.DUPLICATE:
        return True
    moves = StateChange.objects.filter(subject=Subject.CLAIM, subject_id=claim.pk)
    return moves.filter(to_state=ClaimState.IN_REVIEW).exists()


def _paid_by_claim(effects: Mapping[str, int]) -> dict[int, int]:
    """How often anything was handed out under each claim's unit."""
    paid: dict[int, int] = {}
    rows = Claim.objects.filter(remedy__isnull=False).select_related("remedy")
    of_unit: dict[int, list[Remedy]] = {}
    for remedy in Remedy.objects.all():
        of_unit.setdefault(remedy.entitlement_id, []).append(remedy)
    for claim in rows:
        assert claim.remedy is not None  # as the query asks
        mine = of_unit[claim.remedy.entitlement_id]
        names = [name for each in mine for name in (str(each.pk), mark_of(each.pk))]
        paid[claim.pk] = sum(effects.get(name, 0) for name in names)
    return paid


def _moved(reason: Reason) -> int:
    rows = StateChange.objects.filter(subject=Subject.CLAIM, reason=reason)
    return rows.filter(to_state=ClaimState.APPROVED).values("subject_id").distinct().count()


def _ever_in_review() -> int:
    rows = StateChange.objects.filter(subject=Subject.CLAIM, to_state=ClaimState.IN_REVIEW)
    return rows.values("subject_id").distinct().count()


def _days(claims: Iterable[Claim]) -> Iterable[float]:
    """From filing to the moment at which the claim was settled, on the drill's clock."""
    filed = {claim.pk: claim.filing.filed_at for claim in claims}
    rows = StateChange.objects.filter(subject=Subject.CLAIM, to_state__in=DONE).order_by("pk")
    first: dict[int, float] = {}
    for number, at in rows.values_list("subject_id", "at"):
        since = filed.get(number)
        if since is not None and number not in first:
            first[number] = (at - since).total_seconds() / A_DAY
    return first.values()
