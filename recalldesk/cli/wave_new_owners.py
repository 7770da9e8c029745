"""`recalldesk waves new-owners`: whom owners named, and no machine could write to."""

from datetime import datetime
from typing import Annotated

import typer

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, say
from recalldesk.foundation import clock
from recalldesk.outreach.answering.told_by_hand import mark_told, new_owners_to_tell
from recalldesk.outreach.reads.recipients import masked_recipient
from recalldesk.outreach.states import ByHand

new_owners = typer.Typer(no_args_is_help=True)


@new_owners.callback()
def _new_owners() -> None:
    """New owners whom a person has to tell."""


@new_owners.command("list")
def list_(slug: Slug, as_: As) -> None:
    """List new owners who are left to tell, masked; the desk shows them in full, for a reason."""
    rows = new_owners_to_tell(recall_or_refuse(slug), by=proved(as_))
    for each in rows:
        named = each.passed_on_by
        assert named is not None  # a new owner is somebody whom an answer names
        on = f"{named.at:%Y-%m-%d}"
        say(f"{each.pk}: {masked_recipient(each)}, wave {each.wave.number}, named on {on}.")
    say(f"{counted(len(rows), 'new owner is', 'new owners are')} left to tell.")


@new_owners.command("told")
def told(
    notice: Annotated[int, typer.Argument(metavar="NOTICE", help="Their number in the list.")],
    as_: As,
    how: Annotated[ByHand, typer.Option(help="By what.")],
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today if not said.")
    ] = None,
    note: Annotated[str, typer.Option(help="What was said; it stands sealed.")] = "",
) -> None:
    """Say that a new owner was told by a person."""
    day = on.date() if on else clock.now().date()
    kept = mark_told(notice_id=notice, how=how, on=day, by=proved(as_), note=note)
    said = kept.get_how_display().lower()
    say(f"Notice {notice} counts as told on {kept.on}: {said}.")
