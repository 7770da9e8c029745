"""`recalldesk keeping`: how long what is kept, what is held, and what is erased before its day."""

from datetime import timedelta
from typing import Annotated

import typer
from rich.table import Table

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.screen import plain, say, show_table
from recalldesk.keeping import early, overview
from recalldesk.keeping.errors import ErasureRefused, HoldRefused, TermRefused
from recalldesk.keeping.holding import HoldAsked, lift_hold, place_hold
from recalldesk.keeping.kinds import Kind, days_in_words
from recalldesk.keeping.overview import names_of
from recalldesk.keeping.setting import set_term
from recalldesk.keeping.states import Thing
from recalldesk.keeping.terms import counts_from
from recalldesk.keeping.things import Found, thing_named
from recalldesk.recalls.models import Recall

app = typer.Typer(no_args_is_help=True)
term = typer.Typer(no_args_is_help=True, help="Set how long what is kept.")
hold = typer.Typer(no_args_is_help=True, help="Place and lift legal holds.")
erase = typer.Typer(no_args_is_help=True, help="Erase before the day; it takes two people.")
app.add_typer(term, name="term")
app.add_typer(hold, name="hold")
app.add_typer(erase, name="erase")

Slug = Annotated[str, typer.Argument(metavar="RECALL", help="The recall's name.")]
OfRecall = Annotated[str, typer.Option("--recall", help="A recall's name; every one without it.")]
Country = Annotated[str, typer.Option(help="A country's code; all of them without it.")]
Why = Annotated[str, typer.Option("--reason", help="Why; it stands sealed beside the log.")]
OfKind = Annotated[str, typer.Option("--kind", help="A kind of data; all of them without it.")]
OneFiling = Annotated[str, typer.Option("--claim", help="The reference of one claim.")]
OneIncident = Annotated[str, typer.Option("--incident", help="The number of one incident.")]
OnePurchaser = Annotated[str, typer.Option("--purchaser", help="The number of one purchaser.")]
OnePartner = Annotated[str, typer.Option("--partner", help="The name of one partner.")]


@app.callback()
def _keeping() -> None:
    """Terms, legal holds, and erasures before their day. Each change stands in the log."""


@app.command("show")
def show(slug: Slug, as_: As) -> None:
    """Show what counts for a recall: terms, what comes due, holds, and what waits for somebody."""
    person, recall = proved(as_), recall_or_refuse(slug)
    terms = Table("Kind", "Country", "Kept for", "Runs from", "Set by")
    for each in overview.terms_in_force(by=person, recall=recall):
        of = f"{each.recall.slug} " if each.recall else ""
        terms.add_row(
            each.bounds.kind,
            f"{of}{each.country}".strip() or "all",
            days_in_words(each.days)
            + (f", from {each.counts_from:%Y-%m-%d}" if each.counts_from else ""),
            each.bounds.from_when,
            f"{each.set_by}, {each.set_at:%Y-%m-%d}" if each.set_at else "usual",
        )
    show_table(terms)
    _say_due(overview.comes_due(by=person, recall=recall))
    _say_holds(overview.holds_seen(by=person, recall=recall))
    for early_one in overview.early_seen(by=person):
        say(
            f"Early erasure {early_one.early.pk}: {early_one.names}, asked by "
            f"{early_one.early.asked_by.name}, waits for a second person."
        )


@app.command("due")
def due(
    as_: As,
    recall: OfRecall = "",
    days: Annotated[int, typer.Option(min=0, max=3650, help="How far to look ahead.")] = 30,
) -> None:
    """Show what would be erased by now and within some days. Nothing is erased."""
    of = recall_or_refuse(recall) if recall else None
    _say_due(overview.comes_due(by=proved(as_), recall=of, within=timedelta(days=days)))


@term.command("set")
def term_set(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="A kind of data.")],
    days: Annotated[
        str, typer.Argument(metavar="DAYS", help="How many days; `usual` takes it back.")
    ],
    reason: Why,
    as_: As,
    recall: OfRecall = "",
    country: Country = "",
) -> None:
    """Keep a kind shorter or longer: for all, for a recall, a country, or both."""
    found = set_term(
        kind=_kind(kind) or _no_kind(kind),
        days=_days(days),
        reason=reason,
        by=proved(as_),
        recall=recall_or_refuse(recall) if recall else None,
        country=country,
    )
    kept = "as usual" if found.days is None else days_in_words(found.days)
    of = [f"in {found.country}"] if found.country else []
    of += [f"of {recall}"] if recall else []
    when = counts_from(found)
    later = f", from {when:%Y-%m-%d} on; till then as before" if when else ""
    say(f"{' '.join([Kind(found.kind).label, *of])}: kept {kept}{later}.")


@hold.command("place")
def hold_place(
    reason: Why,
    as_: As,
    recall: OfRecall = "",
    country: Country = "",
    kind: OfKind = "",
    claim: OneFiling = "",
    incident: OneIncident = "",
    purchaser: OnePurchaser = "",
    partner: OnePartner = "",
    everything: Annotated[
        bool, typer.Option("--everything", help="Of every recall, where none is named.")
    ] = False,
) -> None:
    """Place a legal hold: nothing that it names is erased until somebody lifts it."""
    one = _one(claim, incident, purchaser, partner)
    if one is None and not recall and not everything:
        raise HoldRefused(
            "What is to be held is not named.",
            "Name --recall, --claim, --incident, --purchaser or --partner; or say --everything.",
        )
    if one is not None and recall:
        raise HoldRefused("One thing and a recall are both named.", "Place two holds.")
    asked = HoldAsked(
        recall=recall_or_refuse(recall) if recall else None,
        country=country,
        kind=_kind(kind),
        thing=one[0] if one else None,
        found=one[1] if one else None,
    )
    placed = place_hold(asked=asked, reason=reason, by=proved(as_))
    say(f"Hold {placed.pk} is in force: {names_of(placed)}.")


@hold.command("lift")
def hold_lift(
    number: Annotated[int, typer.Argument(help="The number of the hold.")], reason: Why, as_: As
) -> None:
    """Lift a hold. Whoever asked to be erased meanwhile is erased, unless another hold names it."""
    lifted = lift_hold(number=number, reason=reason, by=proved(as_))
    say(f"Hold {lifted.pk} is lifted. What waited for that is erased now.")


@hold.command("list")
def hold_list(
    as_: As, lifted: Annotated[bool, typer.Option(help="Those that were lifted.")] = False
) -> None:
    """List the holds in force, with their reasons."""
    _say_holds(overview.holds_seen(by=proved(as_), in_force=not lifted))


@erase.command("ask")
def erase_ask(
    reason: Why,
    as_: As,
    claim: OneFiling = "",
    incident: OneIncident = "",
    purchaser: OnePurchaser = "",
    partner: OnePartner = "",
) -> None:
    """Ask to have one thing erased before its day; another person decides."""
    one = _one(claim, incident, purchaser, partner)
    if one is None:
        raise ErasureRefused(
            "What is to be erased is not named.",
            "Name one of --claim, --incident, --purchaser, --partner.",
        )
    person = proved(as_)
    asked = early.ask_early(thing=one[0], found=one[1], reason=reason, by=person)
    seen = overview.one_early(asked.pk, by=person)
    say(f"Early erasure {asked.pk} waits for a second person.")
    if seen and seen.preview:
        say("Goes: " + "; ".join(seen.preview.goes) + ".")
        say("Stays: " + "; ".join(seen.preview.stays) + ".")


@erase.command("agree")
def erase_agree(
    number: Annotated[int, typer.Argument(help="The number of the early erasure.")],
    reason: Why,
    as_: As,
) -> None:
    """Agree to an early erasure that somebody else asked for: it is done at once."""
    early.agree(number=number, reason=reason, by=proved(as_))
    say(f"Early erasure {number} is done.")


@erase.command("refuse")
def erase_refuse(
    number: Annotated[int, typer.Argument(help="The number of the early erasure.")],
    reason: Why,
    as_: As,
) -> None:
    """Refuse an early erasure that somebody else asked for."""
    early.refuse(number=number, reason=reason, by=proved(as_))
    say(f"Early erasure {number} is refused. Nothing was erased.")


def _one(claim: str, incident: str, purchaser: str, partner: str) -> tuple[Thing, Found] | None:
    named = {
        Thing.FILING: claim,
        Thing.INCIDENT: incident,
        Thing.PURCHASER: purchaser,
        Thing.PARTNER: partner,
    }
    given = [(thing, text) for thing, text in named.items() if text]
    if len(given) > 1:
        raise HoldRefused("Several things are named.", "Name one at a time.")
    return (given[0][0], thing_named(*given[0])) if given else None


def _kind(text: str) -> Kind | None:
    if not text:
        return None
    return Kind(text) if text in Kind.values else _no_kind(text)


def _no_kind(text: str) -> Kind:
    raise TermRefused(f"{text!r} is no kind of data.", f"There are: {', '.join(Kind.values)}.")


def _days(text: str) -> int | None:
    if text == "usual":
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 7):
        raise TermRefused(f"{text!r} is no number of days.", "Give days, or `usual`.")
    return int(text)


def _say_due(found: list[overview.ComesDue]) -> None:
    if not found:
        say("Nothing comes due.")
        return
    slugs = dict(Recall.objects.values_list("pk", "slug"))
    table = Table("Kind", "Recall", "Country", "Due now", "Comes due", "Held")
    for each in found:
        slug = slugs.get(each.recall_id or 0, "")
        counts = (each.overdue, each.next, each.held)
        table.add_row(each.kind, slug, each.country, *(f"{count:,}" for count in counts))
    show_table(table)


def _say_holds(found: list[overview.HoldSeen]) -> None:
    if not found:
        say("No hold.")
        return
    table = Table("Hold", "Keeps", "Placed", "By", "Why")
    for each in found:
        by = each.hold.placed_by
        table.add_row(
            str(each.hold.pk),
            each.names,
            f"{each.hold.placed_at:%Y-%m-%d}",
            by.name if by else "a restore",
            plain(each.reason),
        )
    show_table(table)
