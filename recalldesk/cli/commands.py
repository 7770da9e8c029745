"""Which commands there are, and the module of each: loaded when its words are given.

Guarantee: a program that runs one command loads no other; help, and a word that is no command, know
them all.
"""

import importlib.metadata
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup


@dataclass(frozen=True)
class _Group:
    """Commands of one first word: those of `module`, and what each of `more` adds to them."""

    module: str
    help: str
    more: tuple[str, ...] = ()


GROUPS = {
    "recall": _Group(
        "recall",
        "Define, approve and publish recalls.",
        ("recall_lint", "recall_approval", "recall_release", "recall_pictures"),
    ),
    "notice": _Group("notice", "See what the public reads.", ("notice_export",)),
    "serials": _Group("serials", "Import serial numbers.", ("rejects",)),
    "staff": _Group("staff", "Add and list staff."),
    "apikey": _Group("apikey", "Give partners keys to the API, and revoke them."),
    "feeds": _Group("feeds", "Read the recalls of others, and search them."),
    "claim": _Group("claim", "Look at owners' claims, and answer them."),
    "corrections": _Group("corrections", "Count what others corrected."),
    "sites": _Group("sites", "Where owners can take recalled units."),
    "incidents": _Group("incidents", "Bring in incident reports, count them."),
    "purchasers": _Group("purchasers", "Find who bought affected units.", ("purchasers_shops",)),
    "waves": _Group("waves", "Write to purchasers, in waves.", ("wave_letters",)),
    "taken": _Group("taken", "What was taken over: settle it, let it go on."),
    "remedies": _Group("remedies", "Look after what hands remedies out."),
    "wishes": _Group("wishes", "Who asked to be told when a recall grows."),
    "seats": _Group("seats", "Which authority sees which recall."),
    "questions": _Group("questions", "What authorities ask; answer it."),
    "report": _Group("report", "Count and file what authorities are told.", ("effectiveness",)),
    "partners": _Group("partners", "Have partners stop selling."),
    "stock": _Group("stock", "See what partners have, and what became of it."),
    "publicity": _Group("publicity", "Enter what is done in public."),
    "hits": _Group("hits", "Count hits on a recall's public pages."),
    "mail": _Group("mail", "Check how mail leaves; take news of it.", ("mail_check",)),
    "sms": _Group("sms", "Take answers to text messages."),
    "photos": _Group("photos", "See what is read in photos."),
    "audit": _Group("audit", "Verify the log, sign its head, export claims."),
    "keeping": _Group("keeping", "How long what is kept; holds, and erasures before their day."),
    "keys": _Group("keys", "Make keys, and rotate those that seal."),
    "database": _Group("database", "Prepare and look after the database."),
}
SINGLE = {
    "backup": "backup",
    "restore": "backup",
    "upgrade": "upkeep",
    "doctor": "upkeep",
    "metrics": "metrics",
    "deploy": "deploy",
    "check": "check",
    "serve": "serve",
    "takeover": "takeover",
    "leave": "leave",
    "work": "work",
    "demo": "demo",
    "drill": "drill",
}
"""Commands of one word, by the module that has a function of its name."""
VERSION = "--version"


IN_PLAIN_WORDS = {
    "Input should be a valid integer, unable to parse string as an integer": "It is no whole "
    "number.",
    "Input should be a valid number, unable to parse string as a number": "It is no number.",
}
NO_DAY = "does not match the formats '%Y-%m-%d'."
"""How what is no day is told by the library, after what was written."""


class InPlainWords(TyperGroup):
    """Says what is wrong with a word, without the name of the library's error before it."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]  # typer's own is private
        """The command of the words. Raises typer.BadParameter."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as wrong:
            said = wrong.message.removeprefix("Value error, ")
            said = said.replace(NO_DAY, "is no day. Write it as 2026-03-01.")
            wrong.message = IN_PLAIN_WORDS.get(said, said)
            raise


def app_for(word: str) -> typer.Typer:
    """The commands that begin with this word; all of them if none does."""
    return _app(word if word in GROUPS or word in SINGLE or word == VERSION else "")


@cache
def _app(word: str) -> typer.Typer:
    app = typer.Typer(
        cls=InPlainWords,
        no_args_is_help=True,
        help="Runs a product recall end to end on your own server.",
        pretty_exceptions_enable=False,
    )
    # A lone command would take the first word's place.
    app.callback()(_nothing)
    for name, group in GROUPS.items():
        if word in ("", name):
            app.add_typer(_group(name), name=name, help=group.help)
    for name, module in SINGLE.items():
        if word in ("", name):
            app.command(name)(getattr(_module(module), name))
    return app


@cache
def _group(name: str) -> typer.Typer:
    """Put together once: the module keeps what was added to its commands."""
    group = GROUPS[name]
    app: typer.Typer = _module(group.module).app
    for more in group.more:
        _module(more).add_to(app)
    return app


def _module(name: str) -> Any:
    return import_module(f"recalldesk.cli.{name}")


def _say_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"recalldesk {importlib.metadata.version('recalldesk')}")
        raise typer.Exit


def _nothing(
    version: Annotated[
        bool,
        typer.Option(
            VERSION, is_eager=True, callback=_say_version, help="Say which version it is."
        ),
    ] = False,
) -> None:
    """What typer runs before any command."""
