"""`recalldesk recall send|send-back`: a draft goes to those who may approve it, and back."""

from typing import Annotated

import typer

from recalldesk.cli.named import recall_or_refuse, version_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug, Version
from recalldesk.cli.screen import say
from recalldesk.recalls.approval import approvers_of, send_back, send_for_approval


def send(
    slug: Slug,
    as_: As,
    version: Version = None,
    word: Annotated[
        str, typer.Option(help="A word for whoever looks at it; it stands in the log, sealed.")
    ] = "",
) -> None:
    """Send a draft to those who may approve it. They get a mail."""
    found = version_or_refuse(recall_or_refuse(slug), version)
    send_for_approval(version=found, by=proved(as_), word=word)
    people = [person.name for person in approvers_of(found)]
    say(f"{slug} version {found.number} waits for approval by {_or(people)}.")
    if not people:
        say("Nobody who may approve wrote nothing at it: an administrator invites somebody.")


def _or(people: list[str]) -> str:
    return " or ".join(filter(None, [", ".join(people[:-1]), *people[-1:]])) or "nobody"


def send_it_back(
    slug: Slug,
    as_: As,
    reason: Annotated[
        str, typer.Option("--reason", help="Why; whoever sent it reads it on its page.")
    ],
    version: Version = None,
) -> None:
    """Send a draft back to whoever sent it, with a reason. They get a mail."""
    found = version_or_refuse(recall_or_refuse(slug), version)
    send_back(version=found, by=proved(as_), reason=reason)
    say(f"{slug} version {found.number} is sent back. Once it is mended it can be sent again.")


def add_to(app: typer.Typer) -> None:
    """Adds these commands to `recalldesk recall`."""
    app.command("send")(send)
    app.command("send-back")(send_it_back)
