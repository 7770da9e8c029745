"""`recalldesk publicity`: the home page, posts and auction sites, entered and shown."""

from datetime import UTC, datetime
from enum import StrEnum
from secrets import token_hex
from typing import Annotated

import typer
from rich.table import Table

from recalldesk.cli.named import recall_or_refuse
from recalldesk.cli.person import As, proved
from recalldesk.cli.recall import Slug
from recalldesk.cli.screen import counted, say, show_table
from recalldesk.foundation import clock
from recalldesk.publicity.auctions import Found, enter_check, sites_of, take_back_check
from recalldesk.publicity.errors import PublicityRefused
from recalldesk.publicity.home_page import Link, answer_home_page
from recalldesk.publicity.reads import home_page_at, posts_of
from recalldesk.publicity.reminding import asks_of
from recalldesk.publicity.social import (
    Shown,
    enter_post,
    read_post,
    take_back_post,
    take_back_reading,
)
from recalldesk.publicity.states import Action, LinkPlace, Network, Outcome, PostKind
from recalldesk.recalls.models import Recall

app = typer.Typer(no_args_is_help=True)
NONCE_BYTES = 16
Count = Annotated[int | None, typer.Option(help="So many, in all since it was posted.")]


class Entered(StrEnum):
    """What can be taken back."""

    POST = "post"
    READING = "reading"
    LOOK = "look"


@app.callback()
def _publicity() -> None:
    """What the firm does in public: home page, posts, auction sites."""


@app.command("show")
def show(slug: Slug) -> None:
    """Print what stands now, and what is due."""
    recall, now = recall_or_refuse(slug), clock.now()
    page = home_page_at(recall, now)
    if page is None:
        say("Home page: nobody has answered yet.")
    elif page.is_linked:
        since = f"since {page.since}, until {page.until} or the end of the recall"
        say(f"Home page: “{page.link_text}” on {page.page}, {since}.")
    else:
        say(f"Home page: no link, since: {page.why_not}")
    for ask in asks_of(recall, now):
        say(f"To do: {ask.words}")
    _show_posts(recall, now)
    for site in sites_of(recall):
        listed = counted(site.listed, "listing", "listings") if site.listed else "nothing"
        say(f"{site.site}: {listed} on {site.checked_on}, due again on {site.due_on}.")


def _show_posts(recall: Recall, now: datetime) -> None:
    table = Table("post", "network", "posted", "reactions", "comments", "shares", "views", "on")
    posts = posts_of(recall, now.date())
    for each in posts:
        figures = (each.reactions, each.comments, each.shares, each.views)
        table.add_row(
            str(each.number),
            each.network.label,
            each.posted_at.date().isoformat(),
            *("" if figure is None else f"{figure:,}" for figure in figures),
            each.read_on.isoformat() if each.read_on else "never read",
        )
    if posts:
        show_table(table)


@app.command("home-page")
def home_page(
    slug: Slug,
    as_: As,
    page: Annotated[str, typer.Option(help="The page that leads to the recall.")] = "",
    text: Annotated[str, typer.Option(help="What the link says.")] = "",
    place: Annotated[LinkPlace, typer.Option(help="Where it stands.")] = LinkPlace.TOP_THIRD,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Its day.")] = None,
    why_not: Annotated[str, typer.Option(help="Why there is no link, where there is none.")] = "",
) -> None:
    """Answer whether the firm's home page leads to the recall; the newest answer counts."""
    link = None
    if page or text:
        link = Link(page, text, place, (since or clock.now()).date())
    row = answer_home_page(
        recall=recall_or_refuse(slug),
        link=link,
        why_not=why_not,
        by=proved(as_),
        nonce=token_hex(NONCE_BYTES),
    )
    say(f"Answer {row.pk} is kept and counts from now on.")


@app.command("post")
def post(
    slug: Slug,
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="Where the post stands.")],
    as_: As,
    network: Annotated[Network, typer.Option(help="On which network.")],
    kind: Annotated[PostKind, typer.Option(help="What it says.")] = PostKind.FIRST,
    posted: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%dT%H:%M"], help="In UTC; else now.")
    ] = None,
) -> None:
    """Enter a post on a social network."""
    row = enter_post(
        recall=recall_or_refuse(slug),
        network=network,
        at_address=address,
        kind=kind,
        posted_at=posted.replace(tzinfo=UTC) if posted else clock.now(),
        by=proved(as_),
        nonce=token_hex(NONCE_BYTES),
    )
    say(f"Post {row.pk} is kept.")


@app.command("read")
def read(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="A post's number.")],
    as_: As,
    reactions: Count = None,
    comments: Count = None,
    shares: Count = None,
    views: Count = None,
) -> None:
    """Enter what a network shows of a post today."""
    reading = read_post(
        post_number=number,
        shown=Shown(reactions, comments, shares, views),
        read_on=clock.now().date(),
        by=proved(as_),
        nonce=token_hex(NONCE_BYTES),
    )
    say(f"Reading {reading.pk} is kept.")


@app.command("look")
def look(
    slug: Slug,
    site: Annotated[str, typer.Argument(metavar="SITE", help="The auction site's name.")],
    as_: As,
    words: Annotated[str, typer.Option(help="What was searched for.")],
    listings: Annotated[int, typer.Option(help="How many were found.")] = 0,
    link: Annotated[list[str] | None, typer.Option(help="A listing; as often as needed.")] = None,
    action: Annotated[Action, typer.Option(help="What was done.")] = Action.NONE,
    outcome: Annotated[Outcome, typer.Option(help="What came of it.")] = Outcome.LISTED,
    note: Annotated[str, typer.Option(help="More of it; stands sealed.")] = "",
    follows: Annotated[int | None, typer.Option(help="The look that it follows up.")] = None,
) -> None:
    """Enter a look at an auction site; without listings the product was not found."""
    found = Found(listings, link or (), action, outcome, note) if listings else None
    if found is None and (link or note or action is not Action.NONE):
        raise PublicityRefused("How many listings were found?", "Say it by --listings.")
    row = enter_check(
        recall=recall_or_refuse(slug),
        site=site,
        checked_on=clock.now().date(),
        search_words=words,
        found=found,
        follows=follows,
        are_gone=found is None and follows is not None,
        by=proved(as_),
        nonce=token_hex(NONCE_BYTES),
    )
    say(f"Look {row.pk} is kept.")


@app.command("take-back")
def take_back(
    what: Annotated[Entered, typer.Argument(metavar="WHAT", help="post, reading or look.")],
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Its number.")],
    as_: As,
    note: Annotated[str, typer.Option(help="Why; it stands sealed in the log.")],
) -> None:
    """Take back what was entered by mistake: it stays, and counts no more from now on."""
    verbs = {
        Entered.POST: take_back_post,
        Entered.READING: take_back_reading,
        Entered.LOOK: take_back_check,
    }
    verbs[what](number=number, by=proved(as_), note=note)
    say(f"{what.value.capitalize()} {number} is taken back.")
