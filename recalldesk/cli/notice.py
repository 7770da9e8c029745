"""`recalldesk notice`: what the public reads, at a terminal."""

import json
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import say
from recalldesk.notices.addresses import page_address
from recalldesk.notices.lines import as_text
from recalldesk.notices.notice import Notice
from recalldesk.notices.published import Published, versions_published
from recalldesk.notices.social import SocialText, social_texts
from recalldesk.notices.writing import notice_of
from recalldesk.recalls.document.parts import LANGUAGES
from recalldesk.recalls.errors import RecallProblem

app = typer.Typer(no_args_is_help=True)


class Form(StrEnum):
    """How a notice is shown."""

    TEXT = "text"
    JSON = "json"
    SOCIAL = "social"


@app.callback()
def _group() -> None:
    """What the public reads."""


@app.command("show")
def show(
    slug: Slug,
    language: Annotated[
        str, typer.Option(help=f"The language: {' or '.join(LANGUAGES)}; else the first it has.")
    ] = "",
    version: Annotated[
        int | None, typer.Option(help="A version that was published; else the live one.")
    ] = None,
    as_: Annotated[
        Form, typer.Option("--as", help="As text, as JSON, or the texts for networks.")
    ] = Form.TEXT,
) -> None:
    """Show the notice of a recall: what its page, feed and texts for networks say."""
    published = _published(slug, version)
    notice = notice_of(published, _language(published, language))
    if as_ is Form.JSON:
        say(json.dumps(asdict(notice), ensure_ascii=False, indent=2, default=str))
    elif as_ is Form.SOCIAL:
        for text in social_texts(notice, link=page_address(published, notice.language)):
            _say_social(text)
    else:
        say(_told(notice, published))


def _published(slug: str, number: int | None) -> Published:
    """The version meant. Raises RecallProblem where it was never published."""
    recall_or_refuse(slug)
    found = versions_published(slug)
    meant = [each for each in found if (each.is_live if number is None else each.number == number)]
    if not meant:
        numbers = ", ".join(str(each.number) for each in found) or "none yet"
        raise RecallProblem(
            f"{slug} has no such notice: only what was published has one.",
            f"Published versions: {numbers}.",
        )
    return meant[0]


def _language(published: Published, asked: str) -> str:
    spoken = published.document.languages
    if asked and asked not in spoken:
        raise RecallProblem(
            f"{published.slug} does not speak {asked!r}.", f"It speaks {', '.join(spoken)}."
        )
    return asked or spoken[0]


def _told(notice: Notice, published: Published) -> str:
    state = "live" if published.is_live else "an old version"
    return f"{notice.recall} version {notice.version}, {state}\n\n{as_text(notice)}"


def _say_social(text: SocialText) -> None:
    network = text.network
    if text.why_not:
        say(f"{network.name}: no text, for {text.why_not}.\n")
    else:
        say(f"{network.name} ({text.length} of {network.longest}):\n{text.text}\n")
