"""`recalldesk sms`: what somebody answers to a text message, where no gateway tells of it."""

from typing import Annotated

import typer

from recalldesk.cli.screen import say

app = typer.Typer(no_args_is_help=True)


@app.callback()
def _sms() -> None:
    """Answers to text messages."""


@app.command("received")
def received(
    sender: Annotated[str, typer.Argument(metavar="FROM", help="The number that wrote.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What it wrote, as STOP.")],
) -> None:
    """Take an answer to a text message, as the gateway would bring it, and answer it."""
    from uuid import uuid4

    from recalldesk.mailing.content import Content
    from recalldesk.mailing.texts import are_texts_sent, send_text
    from recalldesk.outreach.texting import text_received

    answer = text_received(sender=sender, text=text)
    if not answer:
        say("Written down. Nothing is answered.")
        return
    if are_texts_sent():
        send_text(random_id=uuid4(), to=sender, content=Content(text=answer))
    say(answer)
