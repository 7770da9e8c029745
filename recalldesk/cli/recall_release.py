"""`recalldesk recall approve|publish|close`: what needs a person who answers for it."""

from enum import StrEnum
from typing import Annotated

import typer

from recalldesk.audit.states import Reason
from recalldesk.cli.named import recall_or_refuse, version_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug, Version, say_findings
from recalldesk.cli.recall_lint import paired
from recalldesk.cli.screen import say, working
from recalldesk.recalls.actions import close_recall
from recalldesk.recalls.linting import notice_findings_of
from recalldesk.recalls.states import VersionState
from recalldesk.units.actions import (
    approve_for_publication,
    override_finding,
    publish_version,
)
from recalldesk.units.errors import PublicationRefused
from recalldesk.units.live import join_lists
from recalldesk.units.publication import standing_findings


class Overridable(StrEnum):
    """What two people may publish in spite of."""

    REJECTS_OPEN = Reason.REJECTS_OPEN.value
    COUNT_DIFFERS = Reason.COUNT_DIFFERS.value
    SERIALS_DROPPED = Reason.SERIALS_DROPPED.value


Why = Annotated[str, typer.Option("--reason", help="Why; it stands in the log, sealed.")]


def approve(
    slug: Slug,
    as_: As,
    version: Version = None,
    override: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE", help="What `recall lint` finds and you override: a rule, or RULE:FIELD."
        ),
    ] = None,
    reason: Annotated[
        list[str] | None,
        typer.Option(
            "--reason",
            help="Why; it stands in the log, sealed. One for all overrides, or one for each.",
        ),
    ] = None,
    seen: Annotated[
        str,
        typer.Option(
            metavar="STAMP",
            help="The stamp that `recall show` said: another draft than that is not approved.",
        ),
    ] = "",
) -> None:
    """Approve a draft that somebody else wrote. From then on it cannot change."""
    found = version_or_refuse(recall_or_refuse(slug), version)
    overrides = paired(override or [], reason or [])
    person = proved(as_)
    say_findings(standing_findings(found), notice_findings_of(found))
    note = "" if overrides else " ".join(reason or [])
    approved = approve_for_publication(
        version=found, by=person, note=note, overrides=overrides, stamp=seen.strip()
    )
    say(f"{slug} version {approved.number} is approved.")


def publish(
    slug: Slug,
    as_: As,
    version: Version = None,
    override: Annotated[
        list[Overridable] | None,
        typer.Option(help="A finding to override; two people must, each with --reason."),
    ] = None,
    reason: Why = "",
) -> None:
    """Make an approved version live."""
    found = version_or_refuse(recall_or_refuse(slug), version)
    person = proved(as_)
    if found.state == VersionState.LIVE:
        say(f"{slug} version {found.number} is live already.")
        return
    for name in override or []:
        finding = Reason(name.value)
        standing = next((s for s in standing_findings(found) if s.finding.reason is finding), None)
        if standing is None:
            raise PublicationRefused(
                f"{name.value} does not hold version {found.number} back.",
                "Leave that override out.",
            )
        override_finding(version=found, finding=standing.finding, by=person, note=reason)
        say(f"Your override of {name.value} counts.")
    with working("Building the index; a million serials take about a minute …"):
        live = publish_version(version=found, by=person)
        join_lists()
    say(f"{slug} version {live.number} is live.")


def close(slug: Slug, as_: As, reason: Why = "") -> None:
    """Close a recall. Its units go on being answered as affected."""
    recall = close_recall(recall=recall_or_refuse(slug), by=proved(as_), note=reason)
    say(f"{recall.slug} is closed. Checks go on; an affected unit stays affected.")


def add_to(app: typer.Typer) -> None:
    """Adds these commands to `recalldesk recall`."""
    app.command("approve")(approve)
    app.command("publish")(publish)
    app.command("close")(close)
