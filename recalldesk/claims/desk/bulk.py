"""Many claims decided alike at once, where the same reasons made them wait.

Guarantees: the preview decides nothing and says of each claim whether it would go, and why not;
each claim is a decision of its own, so that one that fails keeps no other back; nothing that takes
a second person, or a word of its own, is decided in bulk.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk.cases import person_of
from recalldesk.claims.desk.deciding import approve_claim, ask_owner
from recalldesk.claims.desk.many import Many, gather
from recalldesk.claims.desk.second_rule import is_barred, waits_for_second
from recalldesk.claims.desk.templates import filled_template
from recalldesk.claims.models import Claim
from recalldesk.claims.states import ClaimState, DecisionKind
from recalldesk.foundation.problem import Problem

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Foreseen:
    """One claim of a preview. `seen`: its stamp, to be handed back; `why_not`: empty where it
    would go; `tags`: why it waits."""

    claim_id: int
    reference: str
    seen: int
    why_not: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of one claim; `why_not` is empty where it was decided."""

    claim_id: int
    why_not: str


def foresee(*, claim_ids: Sequence[int], kind: DecisionKind, by: Staff) -> tuple[Foreseen, ...]:
    """What a decision of this kind would do to each. The tags that most of them have are those of
    all, of as many the first's. It takes so many questions to the database however many they are.

    Raises NotPermitted.
    """
    require(by, Permission.DECIDE_CLAIM)
    rows = Claim.objects.select_related("filing__version", "filing__recall")
    found = rows.in_bulk(list(claim_ids)[:MOST_AT_ONCE])
    claims = [found[claim_id] for claim_id in claim_ids if claim_id in found]
    tags = _most_common([frozenset(claim.tags) for claim in claims])
    many = gather(claims)
    return tuple(
        Foreseen(
            claim.pk,
            claim.filing.reference,
            many.stamps[claim.pk],
            _why_not(claim, kind, by, many, is_alike={*claim.tags} == tags),
            tuple(claim.tags),
        )
        for claim in claims
    )


def _most_common(tags: Sequence[frozenset[str]]) -> frozenset[str]:
    return max(tags, key=tags.count, default=frozenset())


def approve_many(*, seen: Mapping[int, int], by: Staff) -> tuple[Outcome, ...]:
    """Approves claims, each by its stamp. Raises NotPermitted."""
    return _each(
        seen,
        DecisionKind.APPROVE,
        by,
        lambda claim: approve_claim(claim_id=claim.pk, by=by, seen=seen[claim.pk]),
    )


def ask_many(*, seen: Mapping[int, int], by: Staff, template: str) -> tuple[Outcome, ...]:
    """Asks the owners of claims for the same, each in their language. Raises NotPermitted."""

    def ask(claim: Claim) -> object:
        words = filled_template(template, claim.filing)
        return ask_owner(claim_id=claim.pk, by=by, seen=seen[claim.pk], words=words, about=template)

    return _each(seen, DecisionKind.ASK_OWNER, by, ask)


def _each(
    seen: Mapping[int, int], kind: DecisionKind, by: Staff, act: Callable[[Claim], object]
) -> tuple[Outcome, ...]:
    require(by, Permission.DECIDE_CLAIM)
    outcomes: list[Outcome] = []
    for claim_id in list(seen)[:MOST_AT_ONCE]:
        rows = Claim.objects.select_related("filing__version", "filing__recall")
        claim = rows.filter(pk=claim_id).first()
        outcomes.append(Outcome(claim_id, _tried(claim, kind, by, act)))
    return tuple(outcomes)


def _tried(
    claim: Claim | None, kind: DecisionKind, by: Staff, act: Callable[[Claim], object]
) -> str:
    if claim is None:
        return "There is no such claim."
    # A claim that this form decided before is decided: the verb itself says so.
    if claim.state == ClaimState.IN_REVIEW:
        why_not = _why_not(claim, kind, by, gather([claim]))
        if why_not:
            return why_not
    try:
        act(claim)
    except Problem as problem:
        return str(problem)
    return ""


def _why_not(
    claim: Claim, kind: DecisionKind, by: Staff, many: Many, *, is_alike: bool = True
) -> str:
    if claim.state != ClaimState.IN_REVIEW:
        return f"It does not wait for a decision: {ClaimState(claim.state).label.lower()}."
    if not is_alike:
        return "Other reasons made it wait."
    if claim.filing.is_dangerous:
        return "Its owner told of danger: it is decided by itself."
    if claim.pk in many.proposed:
        return "A decision waits for a second person."
    if claim.filing.owner_wrote_at is not None:
        return "Its owner wrote: read that first."
    case, person = many.case(claim, kind), person_of(by)
    if is_barred(case, person) or waits_for_second(case, person):
        return "It takes another person: it is decided by itself."
    return many.why_not_payable(claim) if kind is DecisionKind.APPROVE else ""
