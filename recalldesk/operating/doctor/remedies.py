"""What keeps remedies from being ordered, and what waits for a person."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef

from recalldesk.foundation import clock
from recalldesk.operating.doctor.findings import Finding, Level
from recalldesk.remedies.batches.effects import IN_JOURNAL
from recalldesk.remedies.batches.freezing import last_moment
from recalldesk.remedies.batches.left import left_in_files
from recalldesk.remedies.batches.states import BatchKind, BatchState, LineState
from recalldesk.remedies.models import Batch, BatchLine, Order, PlacingHold
from recalldesk.remedies.models import Finding as Differing
from recalldesk.remedies.placing import circuits, holds
from recalldesk.remedies.placing.unconnected import unconnected
from recalldesk.remedies.providers.codes.stock import stock
from recalldesk.remedies.reads import remedies_to_order
from recalldesk.remedies.reconciling.reconciling import last_run_at
from recalldesk.remedies.states import Stopped

RECONCILED_AT_LEAST = timedelta(days=2)
MOST_NAMED = 5
ORDERED_WITHIN, FROZEN_WITHIN, TAKEN_WITHIN, HEARD_OF_WITHIN = (
    timedelta(days=1),
    timedelta(hours=1),
    timedelta(days=2),
    timedelta(days=30),
)
LIFTED_BY = {
    holds.RESTORED: "Run `recalldesk remedies reconcile`: it lets ordering go on where rows and "
    "providers agree."
}
BY_A_PERSON = "Once it is sure that nobody is paid twice, run `recalldesk remedies go-on`."


def ordering_held() -> Iterator[Finding]:
    """Whether nothing is ordered at all."""
    for held in PlacingHold.objects.filter(lifted_at__isnull=True):
        yield Finding(
            "rd.D050",
            f"Nothing is ordered since {held.since:%Y-%m-%d %H:%M} UTC ({held.reason}).",
            LIFTED_BY.get(held.reason, BY_A_PERSON),
        )


def codes_low() -> Iterator[Finding]:
    """Pools of the firm's own gift codes that run out."""
    for pool in stock():
        if pool.is_low and not pool.is_over:
            yield Finding(
                "rd.D055",
                f"{pool.left:,} codes are left in the pool {pool.name} of {pool.recall}.",
                "Bring more in by `recalldesk remedies codes import`.",
                Level.WATCH if pool.left else Level.WRONG,
            )


def providers_failing() -> Iterator[Finding]:
    """Providers that failed several times in a row."""
    for circuit in circuits.failing():
        yield Finding(
            "rd.D051",
            f"{circuit.provider} failed {circuit.failures:,} times in a row: {circuit.problem}.",
            "It is tried again by itself. Are its key and its account in order?",
        )


def providers_unconnected() -> Iterator[Finding]:
    """Providers that orders wait for, and that no setting connects."""
    for each in unconnected():
        yield Finding(
            "rd.D056",
            f"{each.provider} is not connected: {each.orders:,} orders wait for it since "
            f"{each.since:%Y-%m-%d}.",
            "Set what it needs (docs/remedies.md) and start again: they go on by themselves.",
        )


def orders_stopped() -> Iterator[Finding]:
    """Orders that wait for a person, by why."""
    rows = Order.objects.exclude(stopped="").values("provider", "stopped")
    for row in rows.annotate(count=Count("pk"), since=Min("stopped_at")).order_by("provider"):
        yield Finding(
            "rd.D052",
            f"{row['count']:,} orders of {row['provider']} wait for a person since "
            f"{row['since']:%Y-%m-%d}: {Stopped(row['stopped']).label.lower()}.",
            "Send on, cancel or switch them at the desk; docs/remedies.md says which.",
            Level.WATCH,
        )


def rows_differ() -> Iterator[Finding]:
    """What the last reconciliation left open, and whether there was one lately."""
    count = Differing.objects.filter(closed_at__isnull=True).count()
    if count:
        yield Finding(
            "rd.D053",
            f"Providers and rows differ in {count:,} places.",
            "`recalldesk remedies reconcile` names them.",
        )
    last = last_run_at()
    if Order.objects.exists() and (last is None or last < clock.now() - RECONCILED_AT_LEAST):
        yield Finding(
            "rd.D054",
            "Providers and rows were not compared for two days.",
            "Is a worker running? `recalldesk remedies reconcile` does it now.",
        )


def remedies_left() -> Iterator[Finding]:
    """Remedies whose time came, and that nobody orders."""
    left = remedies_to_order(now=clock.now() - ORDERED_WITHIN)
    count = left.count()
    if count:
        yield Finding(
            "rd.D057",
            f"{count:,} remedies could have been ordered for more than a day, and were not.",
            "Is a day's budget used up, or ordering held? The desk's page of remedies says so; "
            "otherwise the worker's log says why each is left (`remedy_left_for_next_time`).",
            Level.WATCH,
        )


def files_left() -> Iterator[Finding]:
    """Files that cannot be made, and files that nobody takes: their owners wait."""
    now = clock.now()
    lines = BatchLine.objects.filter(batch=OuterRef("pk"), left_in="")
    has_lines = Exists(lines.exclude(state=LineState.CANCELLED))
    late = Batch.objects.filter(has_lines, state=BatchState.OPEN)
    for file in late.filter(opened_at__lt=last_moment(now - FROZEN_WITHIN)).order_by("pk"):
        yield Finding(
            "rd.D058",
            f"File {file.pk} ({file.get_kind_display().lower()}) was to be frozen, and was not.",
            "Is a worker running? Its log names what keeps it (`file_left_for_next_time`).",
        )
    yield from _files_only_journalled(now)
    taken_late = Batch.objects.filter(state=BatchState.FROZEN, handed_out_at__isnull=True)
    count = taken_late.filter(frozen_at__lt=now - TAKEN_WITHIN).count()
    if count:
        yield Finding(
            "rd.D059",
            f"{count:,} files for warehouse or bank are ready, and nobody took them for two days.",
            "Take them at the desk, under Files.",
            Level.WATCH,
        )


def lines_unheard() -> Iterator[Finding]:
    """Parcels and payments that left in a file, and of which nobody said what became of them. A US
    bank is silent of what went well, and that is taken for paid."""
    open_ones = BatchLine.objects.filter(
        state__in=(LineState.LISTED, LineState.SENT),
        batch__handed_out_at__lt=clock.now() - HEARD_OF_WITHIN,
        left_in="",
    ).exclude(batch__kind=BatchKind.US_ACCOUNT)
    count = open_ones.count()
    if count:
        yield Finding(
            "rd.D061",
            f"{count:,} parcels or payments left in a file more than a month ago, and nobody said "
            "that they arrived.",
            "Read back what warehouse or bank say (docs/remedy-files.md). Until then their claims "
            "are not settled, and their units do not count as corrected.",
            Level.WATCH,
        )


def _files_only_journalled(now: datetime) -> Iterator[Finding]:
    """After a restore: whether warehouse or bank ever had these lines, only they can say."""
    orders = Order.objects.filter(
        line__isnull=True, provider_status=IN_JOURNAL, ordered_at__lt=now - TAKEN_WITHIN
    )
    remedies = {str(each) for each in orders.values_list("remedy_id", flat=True)}
    files = sorted(set(left_in_files(remedies).values()))
    if files:
        yield Finding(
            "rd.D060",
            f"{len(remedies):,} remedies left, as the journal says, in files that a restore "
            "forgot, and nobody said since what became of them: "
            f"{', '.join(files[:MOST_NAMED])}.",
            "Ask the warehouse or bank whether it had them. Of lines that never came to it read "
            "back a file that says `refused` of each; then order them anew at the desk.",
            Level.WATCH,
        )
