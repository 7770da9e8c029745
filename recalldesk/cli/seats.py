"""`recalldesk seats`: which authority sees which recall."""

from datetime import date, datetime
from typing import Annotated

import typer
from rich.table import Table

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.screen import say, show_table
from recalldesk.inquiries.giving import SeatAsked, end_seat, give_seat
from recalldesk.inquiries.reads import seats_listed, standing_of

app = typer.Typer(no_args_is_help=True)


@app.callback()
def _seats() -> None:
    """Whoever has a seat at a recall reads what is reported of it, masked, and asks the firm."""


@app.command("give")
def give(
    slug: Annotated[str, typer.Argument(metavar="RECALL", help="The name of the recall.")],
    email: Annotated[str, typer.Argument(help="The address with which the person signs in.")],
    authority: Annotated[str, typer.Option(help="For whom they sit, such as CPSC.")],
    as_: As,
    name: Annotated[
        str, typer.Option(help="For somebody who is not at the desk yet: they are invited.")
    ] = "",
    begins_on: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="Its first day; today without it."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Its last day; open until ended without it."),
    ] = None,
) -> None:
    """Give somebody of an authority a seat at a recall."""
    asked = SeatAsked(recall_or_refuse(slug), authority, _day(begins_on), _day(until))
    seat = give_seat(email=email, name=name, asked=asked, by=proved(as_))
    told = "a mail tells them" if seat.person.is_active else "they are invited by mail"
    say(f"Seat {seat.pk}: {seat.person.name}, {seat.authority}, at {slug}; {told}.")


@app.command("end")
def end(number: Annotated[int, typer.Argument(help="The number of the seat.")], as_: As) -> None:
    """End a seat at once. What was asked from it stays."""
    seat = end_seat(number=number, by=proved(as_))
    say(f"The seat of {seat.person.name} at {seat.recall.slug} is ended.")


@app.command("list")
def list_(as_: As) -> None:
    """List every seat that was ever given."""
    rows = seats_listed(by=proved(as_))
    if not rows:
        say("Nobody has a seat yet.")
        return
    table = Table("Seat", "Person", "Address", "Authority", "Recall", "From", "Until", "Stands")
    for seat in rows:
        ends = seat.ended_at.date() if seat.ended_at else seat.until
        table.add_row(
            str(seat.pk),
            seat.person.name,
            seat.person.email,
            seat.authority,
            seat.recall.slug,
            str(seat.begins_on),
            str(ends or ""),
            standing_of(seat),
        )
    show_table(table)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
