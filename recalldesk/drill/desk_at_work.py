"""The desk of a drill: made-up reviewers decide at their speed, and days pass until all is done.

Guarantee: every decision goes through the desk's own actions, two people where it asks for two.
Reviewers decide rightly of what they are shown: what is tried is whether it is shown to them.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db.models import Min

from recalldesk.accounts.models import Staff
from recalldesk.claims.deciding.leading import newer_of
from recalldesk.claims.desk.deciding import approve_claim, ask_owner, decline_claim
from recalldesk.claims.desk.disposing import accept_proof, proofs_waiting
from recalldesk.claims.desk.opening import take_next
from recalldesk.claims.desk.recall_asks import decline_reasons
from recalldesk.claims.desk.second import confirm_decision
from recalldesk.claims.desk.stamps import stamp_of
from recalldesk.claims.desk.templates import Template, filled_template
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.states import ClaimState, DecisionState, DeskList
from recalldesk.claims.untold import untold
from recalldesk.drill.answers_sent import Answering
from recalldesk.drill.carriers import Carriers
from recalldesk.drill.clock_ahead import ClockAhead
from recalldesk.drill.clockwork import bring_what_is_due, wait_until_quiet
from recalldesk.drill.codes_seen import open_codes
from recalldesk.drill.got_rid import GettingRid
from recalldesk.drill.owners import Kind, MadeUpOwner
from recalldesk.drill.staff import DrillStaff
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.recalls.reads import document_of
from recalldesk.remedies.models import DayBudget, Order, Remedy
from recalldesk.remedies.placing import budgets, dead_letters
from recalldesk.remedies.states import RemedyState, Stopped

LISTS = (DeskList.DANGER, DeskList.REVIEW, DeskList.ANSWERED, DeskList.LED, DeskList.APPEAL)
WORKING_DAY, NIGHT = timedelta(hours=8), timedelta(hours=16)
LEAST_JUMP = timedelta(minutes=30)
"""What comes within it comes together: days are counted, not minutes."""
ASKED_AGAIN, MOST_ASKED_AGAIN = timedelta(hours=6), 12
MOST_TURNS, LONGEST = 300, 900.0
WHY = "A drill."


class DeskAtWork:
    """`owners`: by the reference of their claims, as only the drill knows them."""

    def __init__(
        self,
        *,
        site: str,
        ahead: ClockAhead,
        carriers: Carriers,
        staff: DrillStaff,
        seconds_a_case: int,
        owners: Mapping[str, MadeUpOwner],
        answering: Answering,
        getting_rid: GettingRid,
        told: Callable[[str], None],
    ) -> None:
        self._site, self._ahead, self._carriers, self._staff = site, ahead, carriers, staff
        self._a_case = timedelta(seconds=seconds_a_case)
        self._owners, self._answering, self._told = owners, answering, told
        self._getting_rid = getting_rid
        self._put_aside: set[int] = set()
        self._asked: set[int] = set()
        self._worked, self._asked_again = timedelta(), 0
        self.done: Counter[str] = Counter()
        self.problems: Counter[str] = Counter()

    def decide_all(self) -> None:
        """Until nobody has anything left to take."""
        while True:
            taken = [self._decided_next(person) for person in self._staff.reviewers]
            if not any(taken):
                break
            self._pass_time(self._a_case)
        for decision in Decision.objects.filter(state=DecisionState.PROPOSED).order_by("pk"):
            self._confirmed(decision)
        reviewer = self._staff.reviewers[0]
        for proof in proofs_waiting(by=reviewer):
            accept_proof(claim_id=proof.claim_id, by=reviewer, note=WHY)
            self.done["photos of disposal accepted"] += 1

    def let_days_pass(self) -> None:
        """Until every remedy is delivered or waits for somebody, or nothing moves any more; at most
        for LONGEST seconds, and as many more as there are owners."""
        until = time.monotonic() + LONGEST + len(self._owners)
        for _ in range(MOST_TURNS):
            if time.monotonic() > until:
                return
            bring_what_is_due()
            wait_until_quiet()
            moved = self._carriers.go_on() + open_codes(self._site) + self._let_go_on()
            moved += self._answered() + self._getting_rid.tell()
            wait_until_quiet()
            self.decide_all()
            self._told(f"{_open_remedies()} remedies under way")
            if moved:
                continue
            jump = self._next_jump()
            if jump is None:
                return
            self._ahead.go_forward(jump.total_seconds())

    def _pass_time(self, span: timedelta) -> None:
        """Work takes time; after a working day comes the night."""
        self._worked += span
        if self._worked >= WORKING_DAY:
            span, self._worked = span + NIGHT, timedelta()
        self._ahead.go_forward(span.total_seconds())

    def _decided_next(self, person: Staff) -> bool:
        for desk in LISTS:
            number = take_next(by=person, desk=desk, but=self._put_aside)
            if number is not None:
                self._decide(number, person)
                return True
        return False

    def _decide(self, number: int, person: Staff) -> None:
        claim = Claim.objects.select_related("filing__version").get(pk=number)
        self._put_aside.add(number)  # what is not decided now is not taken again and again
        if claim.state != ClaimState.IN_REVIEW:
            self.done["looked at"] += 1
            return
        owner = self._owners.get(claim.filing.reference)
        try:
            if self._is_asked_for_more(claim, owner):
                words = filled_template(Template.LABEL_PHOTO, claim.filing)
                about = Template.LABEL_PHOTO.value
                decision = ask_owner(
                    claim_id=number, by=person, seen=stamp_of(claim), words=words, about=about
                )
                self.done["asked for another photo"] += 1
                self._put_aside.discard(number)
            elif owner is not None and owner.is_honest:
                seen, newer = stamp_of(claim), newer_of(claim)
                decision = approve_claim(
                    claim_id=number, by=person, seen=seen, known=newer.names, note=WHY
                )
                self.done["approved"] += 1
            else:
                reason = decline_reasons(document_of(claim.filing.version), "en")[0].key
                decision = decline_claim(
                    claim_id=number, by=person, seen=stamp_of(claim), reason=reason, note=WHY
                )
                self.done["declined"] += 1
            self._confirmed(decision)
        except Problem as problem:
            self.problems[f"{type(problem).__name__}: {problem.message}"] += 1

    def _is_asked_for_more(self, claim: Claim, owner: MadeUpOwner | None) -> bool:
        """Where photos show something else than the unit, a reviewer asks for others, once."""
        is_wrong = owner is not None and owner.kind is Kind.WRONG_THING
        if not is_wrong or claim.filing.is_dangerous or claim.pk in self._asked:
            return False
        self._asked.add(claim.pk)
        return True

    def _answered(self) -> int:
        answered = self._answering.answer()
        if answered:
            self.done["sent another photo"] += answered
        return answered

    def _confirmed(self, decision: Decision) -> None:
        """By a second person, where the desk asks for one."""
        if decision.state != DecisionState.PROPOSED:
            return
        claim = Claim.objects.get(pk=decision.claim_id)
        try:
            confirm_decision(
                decision_id=decision.pk,
                by=self._staff.senior,
                seen=stamp_of(claim),
                known=newer_of(claim).names,
                note=WHY,
            )
            self.done["confirmed"] += 1
        except Problem as problem:
            self.problems[f"{type(problem).__name__}: {problem.message}"] += 1

    def _let_go_on(self) -> int:
        """Two people release a day's budget; a person has tried again what stopped."""
        moved = 0
        held = DayBudget.objects.filter(held_since__isnull=False, released_at__isnull=True)
        for row in held.filter(day=clock.now().date()):
            for person in (self._staff.author, self._staff.approver):
                budgets.agree(budget_id=row.pk, by=person, note=WHY)
            moved += 1
        for order in Order.objects.filter(stopped__in=(Stopped.NO_ANSWER,)):
            moved += bool(dead_letters.send_on(order_id=order.pk, by=self._staff.author, note=WHY))
        return moved

    def _next_jump(self) -> timedelta | None:
        """To what is due next; where news of a provider got lost, to when it is asked again by
        itself. None where nothing comes any more."""
        upcoming = self._next_at()
        if upcoming is not None:
            self._asked_again = 0
            return max(upcoming - clock.now(), LEAST_JUMP)
        if not _open_remedies() or self._asked_again == MOST_ASKED_AGAIN:
            return None
        self._asked_again += 1
        return ASKED_AGAIN

    def _next_at(self) -> datetime | None:
        """When something is due next."""
        waiting = Remedy.objects.filter(state=RemedyState.WAITING, held="")
        moments = [
            waiting.aggregate(at=Min("orderable_at"))["at"],
            Order.objects.filter(stopped="").aggregate(at=Min("next_try_at"))["at"],
            untold()
            .filter(takes_effect_at__gt=clock.now())
            .aggregate(at=Min("takes_effect_at"))["at"],
            self._carriers.next_at(),
            self._getting_rid.next_at(),
        ]
        return min((each for each in moments if each is not None), default=None)


def _open_remedies() -> int:
    over = (RemedyState.DELIVERED, RemedyState.CANCELLED, RemedyState.FAILED, RemedyState.RETURNED)
    return Remedy.objects.exclude(state__in=over).exclude(order__stopped__gt="").count()
