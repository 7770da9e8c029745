"""`recalldesk mail check`: whether the domains that send mail have the records that it needs."""

from collections.abc import Iterable
from typing import Annotated

import typer
from django.conf import settings

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.screen import say
from recalldesk.mailing.domains.rules import Finding, Weight
from recalldesk.operating.mail_domains import Sender, domains_of, senders_of
from recalldesk.recalls.reads import document_of, live_recalls, live_version, newest_version

SIGNS = {
    Weight.FINE: "good   ",
    Weight.REMARK: "remark ",
    Weight.FAULT: "FAULT  ",
    Weight.UNKNOWN: "unknown",
}
NOT_WELL = (Weight.FAULT, Weight.UNKNOWN)


def add_to(app: typer.Typer) -> None:
    """Adds the command to its group."""
    app.command("check")(check)


def check(
    recall: Annotated[
        str | None,
        typer.Argument(help="The recall whose brands' senders are looked at; all where none is."),
    ] = None,
) -> None:
    """Look up SPF, DKIM, DMARC and MX of each domain that mail is sent from.

    Ends with 1 where one of them would keep mail from arriving, or could not be asked for.
    """
    from recalldesk.mailing.domains.asking import Records
    from recalldesk.mailing.domains.checking import check_domain

    environment = settings.ENVIRONMENT
    records = Records(_listed(environment.name_servers))
    is_well = True
    for domain, whose in domains_of(_senders(recall)).items():
        say(f"{domain}  ({', '.join(whose)})")
        for found in check_domain(
            domain, selectors=_listed(environment.dkim_selectors), records=records
        ):
            _show(found)
            is_well = is_well and found.weight not in NOT_WELL
        say()
    if not is_well:
        raise typer.Exit(1)


def _show(found: Finding) -> None:
    say(f"  {SIGNS[found.weight]} {found.about:5}  {found.said}")
    if found.record:
        say(f"                 {found.record}")


def _senders(slug: str | None) -> Iterable[Sender]:
    if slug is None:
        return senders_of(*(live.document for live in live_recalls()))
    recall = recall_or_refuse(slug)
    version = live_version(recall) or newest_version(recall)
    return senders_of(*([] if version is None else [document_of(version)]))


def _listed(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]
