"""The desk's people, and the clockwork that a jump of the clock brings about."""

import uuid

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from chaos.installation import Installation
from chaos.plan import Target
from recalldesk.accounts.models import Staff
from recalldesk.claims.models import Claim
from recalldesk.claims.remedying.bounced import change_email, send_bounced
from recalldesk.claims.states import Channel, ClaimState
from recalldesk.foundation import clock
from recalldesk.remedies.batches.states import BatchState, LineState
from recalldesk.remedies.models import BatchLine, DayBudget, Order, Remedy
from recalldesk.remedies.placing import budgets, dead_letters, holds
from recalldesk.remedies.reconciling.reconciling import reconcile
from recalldesk.remedies.states import RemedyState, Stopped

PERIODIC = (
    "claims.order_due",
    "remedies.place_due",
    "remedies.look_again",
    "remedies.freeze_files",
)
"""What comes by the clock each minute or quarter; in a run hours pass in seconds."""
SENT_ON = (Stopped.NO_ANSWER, Stopped.REFUSED)
NEWS = ("claims.remedy_news", "remedies.look_at", "remedies.follow_hint")
WHY = "a made-up person of a drill"


def person(name: str) -> Staff:
    """One of the cast."""
    return Staff.objects.get(email=f"{name}@desk.example")


def do_what_is_due() -> int:
    """Has come what the clock would bring; what waits already is enough."""
    begun = 0
    for name in PERIODIC:
        task = app.tasks[name]
        try:
            app.configure_task(name, queue=task.queue, queueing_lock=task.queueing_lock).defer(
                timestamp=0
            )
            begun += 1
        except AlreadyEnqueued:
            continue
    return begun


def release_budgets() -> int:
    """Two people agree to what a day's budget holds back."""
    held = DayBudget.objects.filter(held_since__isnull=False, released_at__isnull=True)
    rows = list(held.filter(day=clock.now().date()))
    for row in rows:
        if row.agreed_by_id is None:
            budgets.agree(budget_id=row.pk, by=person("author"), note=WHY)
        budgets.agree(budget_id=row.pk, by=person("approver"), note=WHY)
    return len(rows)


def send_on() -> int:
    """Has tried again what stopped; of what bounced, every second one gets another address."""
    by, done = person("author"), 0
    for order in Order.objects.filter(stopped__in=SENT_ON):
        done += bool(dead_letters.send_on(order_id=order.pk, by=by, note=WHY))
    bounced = Order.objects.filter(stopped=Stopped.BOUNCED).order_by("frozen_at")
    claims = Claim.objects.filter(remedy__in=bounced.values("remedy")).select_related("filing")
    for claim in claims:
        if claim.unit_digest[0] % 2:
            email = f"other-{uuid.uuid4().hex[:8]}@home.example"
            change_email(
                filing_id=claim.filing_id,
                email=email,
                by=by,
                note=WHY,
                channel=Channel.PHONE,
                nonce=uuid.uuid4().hex,
            )
            done += send_bounced(claim_id=claim.pk, by=by, note=WHY)
    return done


def reconcile_while_held() -> int:
    """After a restore: compares until ordering goes on."""
    if not holds.is_held():
        return 0
    return int(reconcile().lifted)


def left_to_do(installation: Installation) -> dict[str, int]:
    """What must still come to its end before anybody can be judged."""
    orders = Order.objects.filter(remedy__state=RemedyState.ORDERING, stopped="")
    trays = [
        path
        for target in (Target.WAREHOUSE, Target.BANK)
        for tray in ("incoming", "outgoing")
        for path in (installation.trays(target) / tray).glob("*")
    ]
    waiting = ProcrastinateJob.objects.filter(task_name__in=NEWS, status__in=("todo", "doing"))
    return {
        "claims": Claim.objects.count(),
        "waiting": Remedy.objects.filter(state=RemedyState.WAITING).count(),
        "ordering": orders.count(),
        "news": waiting.count(),
        "not yet moved": Claim.objects.filter(
            state=ClaimState.APPROVED,
            remedy__state__in=(RemedyState.ORDERED, RemedyState.SENT),
            remedy__order__stopped="",
        ).count(),
        "to be listed": BatchLine.objects.filter(
            batch__state=BatchState.OPEN, state=LineState.LISTED, left_in=""
        ).count(),
        "in trays": len(trays),
        "held": int(holds.is_held()),
    }
