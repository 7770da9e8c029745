"""`recalldesk remedies reconcile` and `settle`: what providers did against what the rows say.

Guarantee: the exit code of `reconcile` is 0 only where nothing is open and nothing is held.
"""

import json
from datetime import UTC, datetime
from typing import Annotated

import typer

from recalldesk.cli.person import As, proved
from recalldesk.cli.screen import complain, counted, out, say, warn, working
from recalldesk.config.database import refuse_unprepared
from recalldesk.foundation.problem import Problem
from recalldesk.remedies.models import Finding
from recalldesk.remedies.reconciling.findings import settle_finding
from recalldesk.remedies.reconciling.reconciling import NOT_CONFIGURED, OfProvider, Reconciled
from recalldesk.remedies.reconciling.reconciling import reconcile as reconcile_
from recalldesk.remedies.reconciling.releasing import let_ordering_go_on
from recalldesk.remedies.reconciling.to_do import TO_DO
from recalldesk.remedies.states import Differs

NAMED = 30
NOT_HERE = (
    "Not configured means: not in the environment of this shell. A command needs the settings with "
    "which `recalldesk serve` and `work` run; beside a demo it finds the made-up services for as "
    "long as they run."
)


def reconcile(
    since: Annotated[
        str, typer.Option(help="Only what was done since: 2026-03-01. It lets no hold go.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Compare what each provider did with the rows, both ways.

    After a restore, ordering goes on once nothing is open that could pay somebody twice. Ends
    with 1 where anything is open, or ordering is held.
    """
    refuse_unprepared()
    with working("asking the providers"):
        done = reconcile_(_day_in(since))
    if as_json:
        out.print_json(json.dumps(_as_json(done)))
    else:
        _say(done)
    if done.open_findings or done.is_held:
        raise typer.Exit(1)


def settle(
    finding: Annotated[int, typer.Argument(help="The number of an open finding.")],
    as_: As,
    reason: Annotated[str, typer.Option("--reason", help="Why; it stands in the log.")],
) -> None:
    """Close a finding that you looked into. It comes back if anything about it changes."""
    settle_finding(finding_id=finding, by=proved(as_), reason=reason)
    say(f"Finding {finding} is closed.")


def go_on(
    as_: As,
    reason: Annotated[str, typer.Option("--reason", help="Why; it stands in the log.")],
) -> None:
    """Let ordering go on, whatever holds it. First make sure that nobody is paid twice."""
    lifted = let_ordering_go_on(by=proved(as_), reason=reason)
    say("Ordering goes on." if lifted else "Nothing was held.")


def _say(done: Reconciled) -> None:
    for name, each in done.providers.items():
        laid = each.laid
        if each.is_silent:
            say(f"{name}: does not say what it did: {each.why.rstrip('.')}.")
            continue
        say(
            f"{name}: {counted(laid.effects, 'effect', 'effects')}, "
            f"{counted(each.orders, 'order', 'orders')}; {laid.moved:,} moved, "
            f"{laid.adopted:,} adopted, {laid.kept:,} kept until granted again."
        )
    if not done.providers:
        say("No provider is configured, and no order names one.")
    say(f"{done.opened:,} opened, {done.closed:,} closed, {len(done.open_findings):,} open.")
    for finding in done.open_findings[:NAMED]:
        complain(_words(finding))
    for kind in dict.fromkeys(Differs(each.kind) for each in done.open_findings):
        warn(f"{kind.label}: {TO_DO[kind]}")
    if any(each.why == NOT_CONFIGURED for each in done.providers.values()):
        warn(NOT_HERE)
    if done.lifted and not done.is_held:
        say("Ordering goes on.")
    if done.is_held:
        warn(
            "Nothing is ordered: mend, or look into and settle, what could pay somebody twice, "
            "and reconcile again without --since. `recalldesk doctor` says what else holds."
        )


def _words(finding: Finding) -> str:
    named = f"remedy {finding.remedy_id}" if finding.remedy_id else "no id of ours"
    says = f"row {finding.row_says or '-'}, provider {finding.provider_says or '-'}"
    risk = " It could pay somebody twice." if finding.could_double else ""
    what = Differs(finding.kind).label
    where = f"{named}, reference {finding.reference or '-'}"
    return f"{finding.pk}  {finding.provider}: {what} ({where}; {says}).{risk}"


def _as_json(done: Reconciled) -> dict[str, object]:
    return {
        "since": done.since.isoformat(),
        "providers": {name: _provider(each) for name, each in done.providers.items()},
        "opened": done.opened,
        "closed": done.closed,
        "is_held": done.is_held,
        "lifted": done.lifted,
        "open": [
            {
                "finding": each.pk,
                "provider": each.provider,
                "kind": each.kind,
                "remedy": str(each.remedy_id or ""),
                "reference": each.reference,
                "row_says": each.row_says,
                "provider_says": each.provider_says,
                "could_double": each.could_double,
                "since": each.opened_at.isoformat(),
            }
            for each in done.open_findings
        ],
    }


def _provider(each: OfProvider) -> dict[str, object]:
    laid = each.laid
    return {
        "silent": each.is_silent,
        "why": each.why,
        "effects": laid.effects,
        "orders": each.orders,
        "moved": laid.moved,
        "adopted": laid.adopted,
        "kept": laid.kept,
    }


def _day_in(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Problem(f"{text!r} is no day.", "Write it as 2026-03-01.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
