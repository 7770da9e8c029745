"""`recalldesk partners`: firms with stock, entered, told to stop selling, and ended."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table

from recalldesk.accounts.models import Partner
from recalldesk.accounts.permissions import PartnerLevel
from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, say, show_table
from recalldesk.stock.errors import PartnerRefused
from recalldesk.stock.models import StopSale
from recalldesk.stock.partners.access import mail_new_link
from recalldesk.stock.partners.managing import (
    PartnerSaid,
    add_partner,
    change_partner,
    end_partner,
    said_of,
)
from recalldesk.stock.reads.notices import (
    NoticeStanding,
    active_partners,
    partner_named,
    standings_of,
)
from recalldesk.stock.telling import tell_partner

app = typer.Typer(no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="NAME", help="The partner's name, as listed.")]
Text = Annotated[str | None, typer.Option(help="Another one; as it was without it.")]


@app.callback()
def _partners() -> None:
    """Shops, distributors and manufacturers with stock: whom the firm has stop selling."""


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The firm, and its branch.")],
    as_: As,
    email: Annotated[str, typer.Option(help="Where its notices go; stands sealed.")],
    level: Annotated[PartnerLevel, typer.Option(help="Where its stock is in the chain of sale.")],
    country: Annotated[str, typer.Option(help="The code of its country.")] = "US",
    language: Annotated[str, typer.Option(help="In which it is written to.")] = "en",
    person: Annotated[str, typer.Option(help="Whom we write to there; stands sealed.")] = "",
    phone: Annotated[str, typer.Option(help="Its phone; stands sealed.")] = "",
    key: Annotated[str, typer.Option(help="Its key in recall files, where one names it.")] = "",
) -> None:
    """Enter a partner. Nothing is mailed yet."""
    said = PartnerSaid(name, level, country, language, email, person, phone, key)
    partner = add_partner(said=said, by=proved(as_))
    say(f"Partner {partner.pk} is entered: {partner.name}. `recalldesk partners tell` tells it.")


@app.command("list")
def list_(
    recall: Annotated[
        str, typer.Argument(metavar="[RECALL]", help="Where each stands with this recall.")
    ] = "",
) -> None:
    """List the partners; of a recall, who was told, who answered and who is late."""
    if not recall:
        _show_partners(list(active_partners()))
        return
    standings = standings_of(recall_or_refuse(recall))
    table = Table("partner", "name", "stands", "told", "answer by", "answered", "asked again")
    for each in standings:
        table.add_row(str(each.partner.pk), each.partner.name, _words(each), *_days(each.notice))
    show_table(table)
    late = sum(each.is_late for each in standings)
    say(f"{counted(late, 'partner is', 'partners are')} late.")


def _show_partners(partners: list[Partner]) -> None:
    if not partners:
        say("There is no partner yet.")
        return
    table = Table("partner", "name", "level", "country", "language", "key")
    for each in partners:
        level = PartnerLevel(each.level).label
        key = each.company_key
        table.add_row(str(each.pk), each.name, level, each.country, each.language, key)
    show_table(table)


def _words(standing: NoticeStanding) -> str:
    failed = "; the letter came back" if standing.failed else ""
    return f"{standing.standing.label}{failed}"


def _days(notice: StopSale | None) -> tuple[str, str, str, str]:
    if notice is None:
        return "", "", "", ""
    answered = notice.acknowledged_at
    return (
        notice.told_at.date().isoformat(),
        notice.answer_by.isoformat(),
        answered.date().isoformat() if answered else "",
        str(notice.reminders or ""),
    )


@app.command("change")
def change(
    name: Name,
    as_: As,
    new_name: Text = None,
    email: Text = None,
    level: Annotated[PartnerLevel | None, typer.Option(help="Another level.")] = None,
    country: Text = None,
    language: Text = None,
    person: Text = None,
    phone: Text = None,
    key: Text = None,
) -> None:
    """Change what is said of a partner. With another address its old links open nothing."""
    by, partner = proved(as_), _partner(name)
    asked = {
        "name": new_name,
        "email": email,
        "level": level,
        "country": country,
        "language": language,
        "person": person,
        "phone": phone,
        "company_key": key,
    }
    given = {field: value for field, value in asked.items() if value is not None}
    if not given:
        raise PartnerRefused("Nothing is to be changed.", "Name what is, such as --email.")
    changed: PartnerSaid = replace(said_of(partner), **given)  # type: ignore[arg-type]  # by name
    say(f"{change_partner(partner=partner, said=changed, by=by).name} is changed.")


@app.command("end")
def end(
    name: Name,
    as_: As,
    note: Annotated[str, typer.Option(help="Why; it stands sealed in the log.")],
) -> None:
    """End a partner: its page, links and keys open nothing. What it told stays."""
    ended = end_partner(partner=_partner(name), by=proved(as_), note=note)
    say(f"{ended.name} is no partner any more.")


@app.command("tell")
def tell(
    slug: Slug,
    as_: As,
    answer_by: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="The last day to answer in time.")
    ],
    only: Annotated[
        list[str] | None, typer.Option(help="Only this partner; as often as needed.")
    ] = None,
) -> None:
    """Have partners stop selling: all that were not told yet, or are to be told anew."""
    recall, by = recall_or_refuse(slug), proved(as_)
    partners = [_partner(name) for name in only] if only else None
    due = [each.partner for each in standings_of(recall, partners or ()) if each.needs_notice]
    for partner in due:
        tell_partner(recall=recall, partner=partner, answer_by=answer_by.date(), by=by)
        say(f"{partner.name} is told.")
    told = counted(len(due), "partner is", "partners are")
    say(f"{told} told, to answer by {answer_by.date()}.")


@app.command("link")
def link(name: Name, as_: As) -> None:
    """Mail a partner a new link to its page."""
    partner = _partner(name)
    if not mail_new_link(partner=partner, by=proved(as_)):
        raise PartnerRefused(
            "Nothing is mailed: one went out a moment ago, or many today.",
            "One goes out every two minutes, and ten a day.",
        )
    say(f"A link is on its way to {partner.name}.")


def _partner(name: str) -> Partner:
    partner = partner_named(name)
    if partner is None:
        raise PartnerRefused(
            f"There is no partner {name!r}.", "`recalldesk partners list` shows them all."
        )
    return partner
