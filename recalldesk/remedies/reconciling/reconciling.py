"""Compares what each provider did with the rows, both ways, and keeps what differs.

Guarantees: a provider that cannot be asked, or does not answer, stands as a difference, and nothing
is concluded from its silence; what a restore holds is let go only by a run that covered all the
time and left nothing open that could pay somebody twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.foundation import clock
from recalldesk.remedies.errors import ProviderSilent
from recalldesk.remedies.models import Finding, Order, PlacingHold, ReconcilingRun
from recalldesk.remedies.ordering import place_soon
from recalldesk.remedies.placing import holds
from recalldesk.remedies.providers.interface import Provider
from recalldesk.remedies.providers.registry import configured
from recalldesk.remedies.reconciling.effects import Laid, lay_beside
from recalldesk.remedies.reconciling.findings import Differences, keep_findings
from recalldesk.remedies.reconciling.rules import Difference
from recalldesk.remedies.states import AT_PROVIDER, ELSEWHERE, Differs, RemedyState

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
USUALLY_SINCE = timedelta(days=120)
DAILY = timedelta(hours=23, minutes=30)
ONE_AT_A_TIME = 0x5265_636C_4C6F_6702
RECONCILED = "reconciled"
NOT_CONFIGURED = "not configured"

log = structlog.get_logger()


@dataclass
class OfProvider:
    """What one provider's effects came to. `why`: what kept it from saying what it did."""

    orders: int = 0
    laid: Laid = field(default_factory=Laid)
    is_silent: bool = False
    why: str = ""


@dataclass(frozen=True)
class Reconciled:
    """A run. `lifted`: it let go what a restore had held."""

    since: datetime
    providers: Mapping[str, OfProvider]
    opened: int
    closed: int
    open_findings: tuple[Finding, ...]
    is_held: bool
    lifted: bool


def reconcile(since: datetime | None = None) -> Reconciled:
    """Compares all that was done since then; after a restore, all that was ever done."""
    begun_at, was_held = clock.now(), holds.is_held()
    covers_all = since is None
    if since is None:
        since = BEGINNING if was_held else begun_at - USUALLY_SINCE
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
    try:
        providers, found = dict[str, OfProvider](), Differences()
        for name, provider in _all_providers().items():
            providers[name] = _of_provider(name, provider, since, begun_at, found)
        silent = {name for name, each in providers.items() if each.is_silent}
        kept = keep_findings(found, silent=silent, since=since)
        lifted = was_held and covers_all and _lift_if_safe()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
    still_open = tuple(Finding.objects.filter(closed_at__isnull=True).order_by("pk"))
    _note_run(providers, still_open, begun_at=begun_at, since=since)
    return Reconciled(
        since, providers, kept.opened, kept.closed, still_open, holds.is_held(), lifted
    )


def reconcile_if_due() -> Reconciled | None:
    """A run a day, and one each time while a restore holds."""
    last = last_run_at()
    is_due = last is None or last < clock.now() - DAILY
    return reconcile() if is_due or holds.is_held() else None


def last_run_at() -> datetime | None:
    """When a run last came to its end."""
    rows = StateChange.objects.filter(subject=Subject.PLACING, to_state=RECONCILED)
    return rows.order_by("-pk").values_list("at", flat=True).first()


@transaction.atomic
def _note_run(
    providers: Mapping[str, OfProvider],
    still_open: Sequence[Finding],
    *,
    begun_at: datetime,
    since: datetime,
) -> None:
    ReconcilingRun.objects.bulk_create(
        ReconcilingRun(
            provider=name,
            begun_at=begun_at,
            since=since,
            is_silent=each.is_silent,
            orders=each.orders,
            effects=each.laid.effects,
            moved=each.laid.moved,
            adopted=each.laid.adopted,
            kept=each.laid.kept,
            still_open=sum(finding.provider == name for finding in still_open),
        )
        for name, each in providers.items()
    )
    record_change(
        subject=Subject.PLACING,
        subject_id=len(still_open),
        to_state=RECONCILED,
        actor=Actor.MACHINE,
    )


def _all_providers() -> dict[str, Provider | None]:
    """Those that are configured, and those that orders name all the same."""
    orders = Order.objects.filter(remedy__state__in=AT_PROVIDER).exclude(provider=ELSEWHERE)
    named = orders.values_list("provider", flat=True)
    providers: dict[str, Provider | None] = dict.fromkeys(sorted(set(named.distinct())))
    return providers | dict(configured())


def _of_provider(
    name: str, provider: Provider | None, since: datetime, begun_at: datetime, found: Differences
) -> OfProvider:
    done = OfProvider()
    try:
        if provider is None:
            raise ProviderSilent(NOT_CONFIGURED)
        done.laid = lay_beside(name, list(provider.effects(since)))
    except (OperationalError, InterfaceError):
        raise  # The database is not there: nothing is known of any.
    except Exception as error:
        # Whatever it is, what the provider did is not known; the others are asked all the same.
        log.warning("provider_not_reconciled", provider=name, error=type(error).__name__)
        said = error.message if isinstance(error, ProviderSilent) else type(error).__name__
        found.add(name, None, Difference(Differs.SILENT, "", said[:120], could_double=True))
        done.is_silent, done.why = True, said
        return done
    for remedy_id, difference in done.laid.differing:
        found.add(name, remedy_id, difference)
    rows = Order.objects.filter(
        provider=name, ordered_at__gte=since, ordered_at__lt=begun_at
    ).select_related("remedy")
    for order in rows.iterator():
        done.orders += 1
        is_said = order.remedy.state in (
            RemedyState.ORDERED,
            RemedyState.SENT,
            RemedyState.DELIVERED,
        )
        if is_said and order.remedy_id not in done.laid.seen:
            missing = Difference(Differs.MISSING, order.remedy.state, "", order.reference)
            found.add(name, order.remedy_id, missing)
    return done


@transaction.atomic
def _lift_if_safe() -> bool:
    could_double = Finding.objects.filter(closed_at__isnull=True, could_double=True)
    held = PlacingHold.objects.filter(lifted_at__isnull=True, reason=holds.RESTORED).first()
    if held is None or could_double.exists():
        return False
    holds.lift(holds.RESTORED)
    record_change(
        subject=Subject.PLACING,
        subject_id=held.pk,
        from_state="held",
        to_state="lifted",
        reason=Reason.RECONCILED,
        actor=Actor.MACHINE,
    )
    place_soon()
    return True
