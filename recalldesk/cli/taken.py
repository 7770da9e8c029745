"""`recalldesk taken`: what was taken over is looked at, settled, and let go on."""

from pathlib import Path
from typing import Annotated

import typer

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, say
from recalldesk.cli.sent_back import REJECT_HEADS, write_private
from recalldesk.cli.serials import place_for_rejects
from recalldesk.foundation.sheets import Cell, csv_parts
from recalldesk.recalls.models import Recall
from recalldesk.takeover.going_on import Standing, let_go_on, standing_of
from recalldesk.takeover.reads import rejects_of, taken_files
from recalldesk.takeover.settling import settle
from recalldesk.takeover.states import FileOf

app = typer.Typer(no_args_is_help=True)
Reason = Annotated[str, typer.Option(help="Why; it stands sealed in the log.")]


@app.callback()
def _taken() -> None:
    """What a system before this one ran, and how it goes on here."""


@app.command("files")
def files(slug: Slug, as_: As) -> None:
    """List the files that were taken over, and how the takeover stands."""
    recall = recall_or_refuse(slug)
    for each in taken_files(recall, by=proved(as_)):
        say(
            f"file {each.pk}: {FileOf(each.kind).label.lower()} of {each.system}, "
            f"{each.at:%Y-%m-%d %H:%M}: {each.lines:,} lines = {each.heading:,} heading + "
            f"{each.accepted:,} accepted + {each.rejected:,} rejected + {each.duplicate:,} "
            f"duplicate + {each.blank:,} blank + {each.continued:,} continued"
        )
    say_standing(recall, standing_of(recall))


@app.command("rejects")
def rejects(
    slug: Slug,
    number: Annotated[int, typer.Argument(metavar="FILE_NO", help="A number of `files`.")],
    as_: As,
    to: Annotated[Path, typer.Option(help="A new file for the lines, to be sent back.")],
) -> None:
    """Write the lines of a file that were not taken; it stands in the log."""
    place = place_for_rejects(to, to)
    found = rejects_of(recall_or_refuse(slug), number, by=proved(as_))
    rows: list[list[Cell]] = [
        [str(each.number), f"This line {each.why}.", each.row] for each in found
    ]
    if not rows:
        say("Every line of that file was taken: there is nothing to write.")
        return
    write_private(place, csv_parts(REJECT_HEADS, rows))
    say(counted(len(rows), "line stands", "lines stand") + f" in {place}.")


@app.command("settle")
def settle_(
    slug: Slug,
    reference: Annotated[str, typer.Argument(metavar="REFERENCE", help="Ours or the former one.")],
    as_: As,
    reason: Reason,
    was_sent: Annotated[
        bool, typer.Option("--was-sent/--was-not-sent", help="What you found out.")
    ],
    unit: Annotated[int, typer.Option(help="Of several units of the claim: which.")] = 1,
) -> None:
    """Say whether a remedy was sent of which the system before did not know."""
    claim = settle(
        recall=recall_or_refuse(slug),
        reference=reference,
        position=unit,
        was_sent=was_sent,
        by=proved(as_),
        reason=reason,
    )
    said = "was sent, and is never ordered" if was_sent else "was not sent, and is owed"
    say(f"The remedy of {claim.filing.reference} ({claim.position}) {said}.")


@app.command("go-on")
def go_on(
    slug: Slug,
    as_: As,
    reason: Reason,
    although: Annotated[
        bool, typer.Option("--although", help="Though there are questions; the reason says why.")
    ] = False,
) -> None:
    """Let what the system before still owed be ordered here, each once."""
    recall, person = recall_or_refuse(slug), proved(as_)
    gone, left = let_go_on(recall=recall, by=person, reason=reason, is_meant=although)
    say(counted(gone, "remedy goes on", "remedies go on") + ", and will be ordered.")
    if left:
        say(counted(left, "claim lacks", "claims lack") + " something, and waits for a person.")


def say_standing(recall: Recall, standing: Standing) -> None:
    """How the takeover stands, and what comes next."""
    say(
        f"Of {recall.slug} {counted(standing.claims, 'claim was', 'claims were')} taken over; "
        f"{counted(standing.owed, 'remedy is', 'remedies are')} still owed, and held."
    )
    if standing.maybe_sent:
        say(
            counted(standing.maybe_sent, "remedy", "remedies")
            + " may have been sent: `recalldesk taken settle` says of each what is so."
        )
    for each in standing.questions:
        say(f"To be looked at: {each}.")
    if standing.owed:
        say(f"`recalldesk taken go-on {recall.slug}` has them ordered.")
